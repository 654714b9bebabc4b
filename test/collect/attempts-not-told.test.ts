import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readAttemptsOf, readMissingAttempts } from "../../src/collect/attempts.ts";
import { type Collector, createCollector } from "../../src/collect/collector.ts";
import { askFailures, askInvocations, askWebhooks, type Question } from "../../src/collect/questions.ts";
import { countReadFailures } from "../../src/collect/read-failures.ts";
import { StoreTakenOverError } from "../../src/collect/store-account.ts";
import { createLog } from "../../src/ops/log.ts";
import { createConductorOneProvider } from "../../src/providers/conductorone/provider.ts";
import type { Store } from "../../src/store/database.ts";
import type { Invocation } from "../../src/triage/model.ts";
import {
  closeTenants,
  failedRun,
  failedTask,
  HOUR,
  LAST_DAY,
  NOW,
  onlyStep,
  type Tenant,
  tenant,
} from "../providers/conductorone/failed.ts";
import { withAccessToken } from "../providers/conductorone/settings.ts";
import { emptyStore, openEmptyStore } from "../store/databases.ts";
import { noDeadline } from "./desk.ts";

const BECAUSE =
  "ConductorOne's public API does not list the attempts of an automation run; its execution log has them.";
const RUN = { provider: "conductorone", webhookId: "hook", id: "42" };
const TWO_STEPS = { automationSteps: [{ webhook: { webhookId: "hook" } }, { sendEmail: {} }] };

let store: Store;
let open: Tenant;
let collector: Collector;
beforeAll(async () => {
  store = await openEmptyStore("PGlite");
});
afterAll(() => store.close());
afterEach(closeTenants);

function collectorOf({ provider, clock }: Tenant): Collector {
  const log = createLog({ level: "silent", secrets: [] });
  return createCollector({ store, providers: [provider], now: clock.now, log });
}

function question(evidence: Question["evidence"] = "sample", maxAgeMs = 30_000): Question {
  const now = open.clock.now();
  return { query: { words: [], terms: [], window: LAST_DAY }, now, maxAgeMs, evidence };
}

describe("attempts that a provider does not list", () => {
  beforeEach(async () => {
    await emptyStore(store);
    open = await tenant({
      tasks: [failedTask("a", NOW - HOUR)],
      automations: { one: onlyStep("hook"), more: TWO_STEPS },
      executions: [failedRun("42", "one"), failedRun("43", "more"), failedRun("44", "more")],
    });
    collector = collectorOf(open);
  });

  it("are said to be elsewhere without a request, where the store knows the invocation", async () => {
    await askInvocations(collector, question(), noDeadline());
    const before = open.server.requests.length;
    expect(await readAttemptsOf(collector, RUN, noDeadline())).toMatchObject({ attempts: [], noneBecause: BECAUSE });
    expect(open.server.requests).toHaveLength(before);
  });

  it("are said to be elsewhere where only the provider knows the invocation", async () => {
    expect(await readAttemptsOf(collector, RUN, noDeadline())).toMatchObject({ attempts: [], noneBecause: BECAUSE });
    await open.server.close();
    const later = await readAttemptsOf(collector, RUN, AbortSignal.timeout(0));
    expect(later).toMatchObject({ attempts: [], noneBecause: BECAUSE, staleReason: expect.any(String) });
  });

  it("are not said to be elsewhere where there are some, and not of an invocation that is not there", async () => {
    await askInvocations(collector, question(), noDeadline());
    const read = await readAttemptsOf(collector, { ...RUN, id: "instance of a" }, noDeadline());
    expect(read.attempts).toHaveLength(1);
    expect(read).not.toHaveProperty("noneBecause");
    await expect(readAttemptsOf(collector, { ...RUN, id: "45" }, noDeadline())).rejects.toThrow("invocation 45");
  });

  it("are not shown for a store that is another account's by now", async () => {
    await askInvocations(collector, question(), noDeadline());
    const others = collectorOf(await tenant({}));
    await expect(readAttemptsOf(others, RUN, noDeadline())).rejects.toThrow(StoreTakenOverError);
  });

  it("are not read for a cause either", async () => {
    const { answer } = await askInvocations(collector, question("all"), noDeadline());
    const failed = answer.invocations.map(({ invocation }) => invocation);
    expect(failed.map(({ id }) => id).toSorted()).toEqual(["42", "instance of a"]);
    const sent: Invocation[] = ["test", "workflowStep"].map((kind) => ({
      ...RUN,
      id: kind,
      status: "WEBHOOK_STATE_FATAL_ERROR",
      outcome: "failed",
      createdAt: new Date(NOW - HOUR),
      source: { kind },
    }));
    const before = open.server.requests.length;
    const failures = countReadFailures();
    await readMissingAttempts(collector, sent, failures, noDeadline());
    expect(failures.errors).toEqual([]);
    expect(open.server.requests).toHaveLength(before);
  });
});

describe("what a provider knows of and cannot list", () => {
  const NOTE = "2 failed automation runs are not shown: ConductorOne does not tell whether a webhook was the reason.";

  beforeEach(async () => {
    await emptyStore(store);
    open = await tenant({
      automations: { more: TWO_STEPS },
      executions: [failedRun("43", "more"), failedRun("44", "more")],
    });
    collector = collectorOf(open);
  });

  it("stands once under every answer, also under one that cost no request", async () => {
    for (const ask of [askFailures, askInvocations, askWebhooks]) {
      const { answer } = await ask(collector, question(), noDeadline());
      expect(answer.notes).toEqual([NOTE]);
    }
    const before = open.server.requests.length;
    expect((await askFailures(collector, question(), noDeadline())).answer.notes).toEqual([NOTE]);
    expect(open.server.requests).toHaveLength(before);
  });

  it("stands under the answer of another process on the same store", async () => {
    await askFailures(collector, question(), noDeadline());
    collector = collectorOf({ ...open, provider: createConductorOneProvider(withAccessToken(open.server.url), open) });
    expect((await askFailures(collector, question(), noDeadline())).answer.notes).toEqual([NOTE]);
  });

  it("is said to be unknown where it cannot be read", async () => {
    await askFailures(collector, question(), noDeadline());
    open.clock.advance(HOUR);
    await open.server.close();
    const { answer } = await askFailures(collector, question("sample", 2 * HOUR), noDeadline());
    expect(answer.notes).toEqual([expect.stringMatching(/^Whether anything is left out of this could not be read: /)]);
  });

  it("stands under no answer about another provider", async () => {
    await askFailures(collector, question(), noDeadline());
    const { query, ...rest } = question();
    const terms = [{ key: "provider" as const, value: "zendesk", negated: false }];
    const { answer } = await askFailures(collector, { ...rest, query: { ...query, terms } }, noDeadline());
    expect(answer.notes).toEqual([]);
  });
});
