import { afterEach, describe, expect, it } from "vitest";
import type { FaultKind } from "../../../sandbox/conductorone/faults.ts";
import { type SandboxConductorOne, startConductorOne } from "../../../sandbox/conductorone/start.ts";
import { createConductorOneProvider } from "../../../src/providers/conductorone/provider.ts";
import type { Provider } from "../../../src/providers/provider.ts";
import { occurredAt, outcomeAt } from "../../../src/triage/model.ts";
import { contains, type Window, windowOf } from "../../../src/triage/window.ts";
import { all, failureOf, neverAborted } from "../clients.ts";
import { type VirtualClock, virtualClock } from "../virtual-clock.ts";

const HOUR = 60 * 60_000;

interface Seat {
  sandbox: SandboxConductorOne;
  provider: Provider;
  clock: VirtualClock;
  last(hours: number): Window;
}

const open: SandboxConductorOne[] = [];

async function sitDown(seed = 7): Promise<Seat> {
  const clock = virtualClock();
  const sandbox = await startConductorOne({ seed, now: clock.now });
  open.push(sandbox);
  const { url, clientId, clientSecret } = sandbox;
  const credentials = { kind: "client_credentials", clientId, clientSecret } as const;
  const provider = createConductorOneProvider({ baseUrl: url, credentials }, { clock, giveUpAfterMs: 5_000 });
  const last = (hours: number) => windowOf(clock.now().getTime() - hours * HOUR, clock.now().getTime());
  return { sandbox, provider, clock, last };
}

/** The ids of failed and pending invocations in the window, by webhook. */
async function readAll({ provider, clock }: Seat, window: Window): Promise<Map<string, Record<string, string[]>>> {
  const webhooks = await all(provider.listWebhooks(neverAborted()));
  const found = new Map<string, Record<string, string[]>>();
  await Promise.all(
    webhooks.map(async ({ id }) => {
      const pages = await all(provider.listInvocations({ webhookId: id, window }, neverAborted()));
      const rows = pages.flatMap(({ invocations }) => invocations).filter((row) => contains(window, occurredAt(row)));
      const idsOf = (outcome: string) =>
        rows
          .filter((row) => outcomeAt(row, clock.now()) === outcome)
          .map((row) => row.id)
          .sort();
      found.set(id, { failed: idsOf("failed"), pending: idsOf("pending"), succeeded: idsOf("succeeded") });
    }),
  );
  return found;
}

function truthIn({ sandbox }: Seat, window: Window): Map<string, Record<string, string[]>> {
  const { webhooks } = sandbox.truth(window);
  return new Map(
    [...webhooks].map(([id, { failed, pending, succeeded }]) => [
      id,
      { failed: failed.toSorted(), pending: pending.toSorted(), succeeded: succeeded.toSorted() },
    ]),
  );
}

describe("a tenant in the sandbox", () => {
  afterEach(async () => {
    await Promise.all(open.splice(0).map((sandbox) => sandbox.close()));
  });

  it.each([
    [1, 7],
    [96, 8],
  ])("is read as it is over %i hours (seed %i)", async (hours, seed) => {
    const seat = await sitDown(seed);
    expect(await readAll(seat, seat.last(hours))).toEqual(truthIn(seat, seat.last(hours)));
  });

  it("is read once for all its webhooks, and only what is new is read again", async () => {
    const seat = await sitDown();
    const window = seat.last(24);
    await readAll(seat, window);
    const first = seat.provider.requestCount;
    await readAll(seat, window);
    // The list of webhooks.
    expect(seat.provider.requestCount - first).toBe(1);
    seat.clock.advance(10 * 60_000);
    const later = windowOf(window.to.getTime(), seat.clock.now().getTime());
    await readAll(seat, later);
    expect(seat.provider.requestCount - first).toBeLessThan(first / 3);
  });

  it("that goes on is read as it goes on", async () => {
    const seat = await sitDown();
    await readAll(seat, seat.last(24));
    for (const minutes of [2, 30, 240]) {
      seat.clock.advance(minutes * 60_000);
      expect(await readAll(seat, seat.last(24))).toEqual(truthIn(seat, seat.last(24)));
    }
  });

  it.each<FaultKind>(["audits-shuffled", "old-token"])("is read as it is in spite of %s", async (fault) => {
    const seat = await sitDown();
    seat.sandbox.fail(fault);
    expect(await readAll(seat, seat.last(24))).toEqual(truthIn(seat, seat.last(24)));
  });

  it.each<FaultKind>(["audits-endless", "unknown-state"])("shows no failure for want of an end (%s)", async (fault) => {
    const seat = await sitDown();
    seat.sandbox.fail(fault);
    const found = await readAll(seat, seat.last(1));
    const truth = truthIn(seat, windowOf(0, seat.clock.now().getTime()));
    for (const [id, { failed = [] }] of found) expect(truth.get(id)?.failed).toEqual(expect.arrayContaining(failed));
  });

  it("with gaps in its trails shows no failure that is none", async () => {
    const seat = await sitDown();
    seat.sandbox.fail("audits-gaps");
    const found = await readAll(seat, seat.last(24));
    const truth = truthIn(seat, windowOf(0, seat.clock.now().getTime()));
    for (const [id, { failed = [] }] of found) {
      const succeeded = truth.get(id)?.succeeded ?? [];
      expect(failed.filter((failedId) => succeeded.includes(failedId))).toEqual([]);
    }
  });

  it.each<[FaultKind, string, string]>([
    ["token-loop", "unexpected_answer", "repeats a page token"],
    ["html-200", "unexpected_answer", "not JSON"],
    ["half-json-200", "unexpected_answer", "not JSON"],
    ["redirect", "unexpected_answer", "redirect"],
    ["500", "unavailable", "user_id is required"],
    ["503", "unavailable", "503"],
    ["429", "rate_limited", "429"],
    ["cut", "unavailable", "cut the connection"],
    ["dpop", "authentication", "DPoP"],
    ["no-token", "unexpected_answer", "without an access_token"],
    ["bad-client", "authentication", "sp_disabled"],
  ])("that answers with %s ends in an error that names it, not in a hang", async (fault, kind, told) => {
    const { sandbox, provider, last } = await sitDown();
    sandbox.fail(fault);
    const read = all(
      provider.listInvocations({ webhookId: sandbox.webhooks[0]?.id ?? "", window: last(24) }, neverAborted()),
    );
    const error = await failureOf(read);
    expect(error.kind).toBe(kind);
    expect(error.message).toContain(told);
  });

  it("sends a test once, and never again", async () => {
    const { sandbox, provider } = await sitDown();
    const webhookId = sandbox.webhooks[0]?.id ?? "";
    expect(await provider.sendTest?.(webhookId, neverAborted())).toMatchObject({
      provider: "conductorone",
      webhookId,
      outcome: "pending",
      source: { kind: "test" },
    });
    sandbox.fail("503", { match: (path) => path.endsWith("/test") });
    await failureOf(provider.sendTest?.(webhookId, neverAborted()) ?? Promise.resolve());
    expect(sandbox.requests.filter(({ path }) => path.endsWith("/test"))).toHaveLength(2);
  });

  it("finds the attempts of an invocation that it has never listed", async () => {
    const seat = await sitDown();
    const window = seat.last(24);
    const [webhookId, { failed = [] } = {}] = [...truthIn(seat, window)].sort(
      ([, a], [, b]) => (b.failed?.length ?? 0) - (a.failed?.length ?? 0),
    )[0] ?? [""];
    const ref = { provider: "conductorone", webhookId, id: failed[0] ?? "" };
    const attempts = await seat.provider.listAttempts(ref, neverAborted());
    expect(attempts.length).toBeGreaterThan(1);
    expect(attempts.at(-1)).toMatchObject({ outcome: "failed", errorMessage: expect.any(String) });
  });
});
