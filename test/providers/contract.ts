import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ProviderError } from "../../src/providers/errors.ts";
import type { InvocationPage, Provider } from "../../src/providers/provider.ts";
import { type Invocation, occurredAt, refKey, type Webhook } from "../../src/triage/model.ts";
import { contains, merge, type Window, windowOf } from "../../src/triage/window.ts";
import { all } from "./clients.ts";
import type { VirtualClock } from "./virtual-clock.ts";

/** An account that a provider can read, and what is true of it. */
export interface ProviderAccount {
  provider: Provider;
  /** By which the account is looked at, and lives. */
  clock: Pick<VirtualClock, "now" | "advance">;
  /** A window with more failures than fit on one page, and the webhook that has them. */
  window: Window;
  webhookId: string;
  /** Every failed invocation of that webhook in that window. */
  failedIds: string[];
  /** One with at least two attempts. */
  retriedId: string;
  /** Values that stand in the account and must not come out. */
  secrets: string[];
  close(): Promise<void>;
}

/** What every provider keeps, whatever it speaks to. */
export function describeProvider(name: string, openAccount: () => Promise<ProviderAccount>): void {
  describe(`${name} keeps the provider contract: it`, () => {
    let account: ProviderAccount;

    beforeAll(async () => {
      account = await openAccount();
    });
    afterAll(() => account.close());

    it("names itself and what it can do", () => {
      const { id, account: owner, capabilities } = account.provider;
      expect(id).toMatch(/^[a-z0-9]+$/);
      expect(owner).toMatch(/^https?:\/\/.*[^/]$/);
      expect(capabilities.retentionDays).toBeGreaterThan(0);
      expect(capabilities.retryPolicy).toMatch(/\.$/);
      expect(capabilities.testDelivery).toBe(account.provider.sendTest !== undefined);
    });

    it("lists webhooks, each once, under its own name", async () => {
      const webhooks = await webhooksOf(account);
      expect(webhooks.map(({ id }) => id)).toContain(account.webhookId);
      expect(new Set(webhooks.map(({ id }) => id)).size).toBe(webhooks.length);
      for (const webhook of webhooks)
        expect(webhook).toMatchObject({ provider: account.provider.id, name: expect.any(String) });
    });

    it("finds every failed invocation of a window and no other", async () => {
      const found = invocationsIn(await pagesOf(account), account.window);
      const failed = found.filter(({ outcome }) => outcome === "failed");
      expect(failed.map(({ id }) => id).sort()).toEqual([...account.failedIds].sort());
    });

    it("brings the newest first, page by page, and covers the whole window with the last page", async () => {
      const pages = await pagesOf(account);
      expect(pages.length).toBeGreaterThan(1);
      const times = pages.flatMap(({ invocations }) => invocations.map((row) => occurredAt(row).getTime()));
      expect(times).toEqual([...times].sort((a, b) => b - a));
      expect(merge(pages.flatMap(({ covered }) => covered ?? []))).toEqual([account.window]);
    });

    it("never calls a part covered whose invocations are still to come", async () => {
      const pages = await pagesOf(account);
      for (const [position, { covered }] of pages.entries()) {
        const later = pages.slice(position + 1).flatMap(({ invocations }) => invocations);
        const missed = covered ? later.filter((invocation) => contains(covered, occurredAt(invocation))) : [];
        expect(missed).toEqual([]);
      }
    });

    it("lists attempts oldest first, numbered from 0, of the invocation that was asked for", async () => {
      const { provider, webhookId, retriedId } = account;
      const attempts = await provider.listAttempts(
        { provider: provider.id, webhookId, id: retriedId },
        AbortSignal.timeout(5_000),
      );
      expect(attempts.length).toBeGreaterThan(1);
      expect(attempts.map(({ index }) => index)).toEqual(attempts.map((_, index) => index));
      expect(new Set(attempts.map(({ invocationId }) => invocationId))).toEqual(new Set([retriedId]));
      const times = attempts.map(({ completedAt, startedAt }) => (completedAt ?? startedAt)?.getTime() ?? Number.NaN);
      expect(times).toEqual([...times].sort((a, b) => a - b));
    });

    it("lets no secret out", async () => {
      const { provider, webhookId, retriedId, secrets } = account;
      const ref = { provider: provider.id, webhookId, id: retriedId };
      const attempts = await provider.listAttempts(ref, AbortSignal.timeout(5_000));
      const all = JSON.stringify([await webhooksOf(account), await pagesOf(account), attempts]);
      for (const secret of secrets) expect(all).not.toContain(secret);
    });

    it("counts the requests it sends", async () => {
      const before = account.provider.requestCount;
      await webhooksOf(account);
      expect(account.provider.requestCount).toBeGreaterThan(before);
    });

    it("throws its own error for what is not there", async () => {
      const ref = { provider: account.provider.id, webhookId: "no-such-webhook", id: "no-such-invocation" };
      const error = await account.provider
        .listAttempts(ref, AbortSignal.timeout(5_000))
        .catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ProviderError);
      expect(error).toMatchObject({ kind: "not_found", provider: account.provider.id });
    });

    it("throws the signal's reason when it is aborted", async () => {
      const signal = AbortSignal.abort(new Error("nobody waits any more"));
      await expect(all(account.provider.listWebhooks(signal))).rejects.toThrow("nobody waits any more");
    });

    it.each([31, 45, 59])(
      "covers two windows to their ends, of which one ends %i s after the other",
      async (seconds) => {
        const { clock, window } = account;
        for (const passedMs of [10 * 60_000, seconds * 1000]) {
          clock.advance(passedMs);
          const asked = windowOf(window.from.getTime(), clock.now().getTime());
          const pages = await pagesOf({ ...account, window: asked });
          expect(merge(pages.flatMap(({ covered }) => covered ?? []))).toEqual([asked]);
        }
      },
    );

    it("finds itself in order", async () => {
      expect(await account.provider.check(AbortSignal.timeout(5_000))).toMatchObject({
        ok: true,
        detail: expect.any(String),
      });
    });
  });
}

function webhooksOf({ provider }: ProviderAccount): Promise<Webhook[]> {
  return all(provider.listWebhooks(AbortSignal.timeout(5_000)));
}

function pagesOf({ provider, webhookId, window }: ProviderAccount): Promise<InvocationPage[]> {
  return all(provider.listInvocations({ webhookId, window }, AbortSignal.timeout(5_000)));
}

/** The latest row of each invocation, where it lies in the window. */
function invocationsIn(pages: readonly InvocationPage[], window: Window): Invocation[] {
  const latest = new Map<string, Invocation>();
  for (const invocation of pages.flatMap(({ invocations }) => invocations)) {
    const known = latest.get(refKey(invocation));
    if (!known || occurredAt(known) < occurredAt(invocation)) latest.set(refKey(invocation), invocation);
  }
  return [...latest.values()].filter((invocation) => contains(window, occurredAt(invocation)));
}
