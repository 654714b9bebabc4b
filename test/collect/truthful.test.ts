import { afterEach, describe, expect, it } from "vitest";
import { createCollector } from "../../src/collect/collector.ts";
import { askInvocation } from "../../src/collect/one-invocation.ts";
import { askFailures, askWebhooks } from "../../src/collect/questions.ts";
import { claimStore, StoreTakenOverError } from "../../src/collect/store-account.ts";
import { createLog } from "../../src/ops/log.ts";
import { createProviders } from "../../src/providers/registry.ts";
import { useAccounts } from "../../src/store/accounts.ts";
import { readProviderStates } from "../../src/store/provider-states.ts";
import { overallState } from "../../src/triage/coverage.ts";
import { windowOf } from "../../src/triage/window.ts";
import { DAY_MS, type Desk, HOUR_MS, noDeadline, openDesk } from "./desk.ts";

let desk: Desk;
afterEach(() => desk?.close());

describe("an answer stays true", () => {
  it("of a window that ended while something was still pending", async () => {
    desk = await openDesk();
    const end = desk.now();
    const window = windowOf(end.getTime() - DAY_MS, end.getTime());
    const first = await askFailures(desk.collector, desk.question(DAY_MS), noDeadline());
    expect(first.answer.totals.pending).toBeGreaterThan(0);
    desk.pass(2 * HOUR_MS);
    const question = desk.question(DAY_MS);
    const { answer } = await askFailures(
      desk.collector,
      { ...question, query: { ...question.query, window } },
      noDeadline(),
    );
    expect(answer.totals).toMatchObject({ failed: desk.zendesk.truth(window).totals.failed, pending: 0 });
  });

  it("of a single invocation that was pending when it was collected", async () => {
    desk = await openDesk();
    const { query } = desk.question(DAY_MS);
    await askFailures(desk.collector, desk.question(DAY_MS), noDeadline());
    const [id] = [...desk.zendesk.truth(query.window).webhooks.values()].flatMap(({ pending }) => pending);
    desk.pass(2 * HOUR_MS);
    const { answer, requests } = await askInvocation(desk.collector, id ?? "", desk.question(DAY_MS), noDeadline());
    const told = [...desk.zendesk.truth(desk.question(2 * DAY_MS).query.window).webhooks.values()];
    const ended = told.some(({ failed }) => failed.includes(id ?? "")) ? "failed" : "succeeded";
    expect(answer.map(({ invocation }) => invocation.outcome)).toEqual([ended]);
    expect(requests.zendesk).toBe(2);
  });

  it("when the store was filled from another account before", async () => {
    desk = await openDesk();
    const { store, now } = desk.collector;
    await useAccounts(store.db, desk.collector.providers, "switch");
    await askFailures(desk.collector, desk.question(DAY_MS), noDeadline());

    const log = createLog({ level: "silent", secrets: [] });
    const settings = { baseUrl: "http://127.0.0.1:9", credentials: { kind: "access_token", token: "x" } } as const;
    const wait = async () => {};
    const providers = createProviders({ zendesk: settings }, { log, now, wait });
    await useAccounts(store.db, providers, "switch");
    const other = createCollector({ store, providers, now, log });
    const ended = AbortSignal.timeout(1_000);
    const { answer } = await askFailures(other, desk.question(DAY_MS), ended);
    expect(answer.totals.failed).toBe(0);
    expect(overallState(answer.coverage)).toBe("unknown");
    expect((await askWebhooks(other, desk.question(DAY_MS), ended)).answer.webhooks).toEqual([]);

    // The bot that was running before writes nothing among the rows of the new account.
    const asking = askFailures(desk.collector, desk.question(DAY_MS), noDeadline());
    await expect(asking).rejects.toThrow(StoreTakenOverError);
    await useAccounts(store.db, desk.collector.providers, "switch");
    const { answer: back } = await askFailures(desk.collector, desk.question(DAY_MS), noDeadline());
    expect(back.totals.failed).toBeGreaterThan(0);
  });
});

describe("a start with a mistyped account", () => {
  it("leaves no claim on the store and no failure behind, whoever asks meanwhile", async () => {
    desk = await openDesk();
    const { store, now, providers } = desk.collector;
    const log = createLog({ level: "silent", secrets: [] });
    const settings = { baseUrl: "http://127.0.0.1:9", credentials: { kind: "access_token", token: "x" } } as const;
    const mistyped = createProviders({ zendesk: settings }, { log, now, wait: async () => {} });
    await useAccounts(store.db, mistyped, "switch");
    const other = createCollector({ store, providers: mistyped, now, log });
    await askFailures(other, desk.question(DAY_MS), AbortSignal.timeout(1_000));
    expect(await readProviderStates(store.db)).toMatchObject([{ failingSince: now() }]);

    expect(await useAccounts(store.db, providers, "keep")).toEqual([]);
    expect(await readProviderStates(store.db)).toEqual([]);
    await askFailures(desk.collector, desk.question(DAY_MS), noDeadline());
    await expect(useAccounts(store.db, mistyped, "keep")).resolves.toEqual([desk.zendesk.url]);
    await expect(askFailures(other, desk.question(DAY_MS), noDeadline())).rejects.toThrow(StoreTakenOverError);
  });

  it("is the first one's alone when two accounts begin to collect into one store", async () => {
    desk = await openDesk();
    const { store } = desk.collector;
    const [ours] = desk.collector.providers;
    if (!ours) throw new Error("The desk has a provider.");
    const theirs = { ...ours, account: "https://other.zendesk.example" };
    await claimStore(store, theirs);
    await claimStore(store, theirs);
    await expect(claimStore(store, ours)).rejects.toThrow(StoreTakenOverError);
    await expect(askFailures(desk.collector, desk.question(DAY_MS), noDeadline())).rejects.toThrow(StoreTakenOverError);
  });
});

describe("a question that nobody can answer", () => {
  it("costs no request when the id cannot be one of the provider's", async () => {
    desk = await openDesk();
    const { answer, requests } = await askInvocation(desk.collector, "nope", desk.question(DAY_MS), noDeadline());
    expect(answer).toEqual([]);
    expect(requests).toEqual({ zendesk: 0 });
  });
});
