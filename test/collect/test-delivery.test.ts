import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { type SandboxConductorOne, startConductorOne } from "../../sandbox/conductorone/start.ts";
import { makeScenario } from "../../sandbox/scenario/make-scenario.ts";
import type { Scenario } from "../../sandbox/scenario/scenario.ts";
import { incidentsAt } from "../../sandbox/zendesk/list-webhooks.ts";
import { type SandboxZendesk, startZendesk } from "../../sandbox/zendesk/start.ts";
import { type Collector, createCollector } from "../../src/collect/collector.ts";
import { askInvocation } from "../../src/collect/one-invocation.ts";
import { StoreTakenOverError } from "../../src/collect/store-account.ts";
import {
  findTestTargets,
  sendTestDelivery,
  TestDeliveryError,
  type TestFault,
  testingProviders,
} from "../../src/collect/test-delivery.ts";
import { createLog } from "../../src/ops/log.ts";
import { createDefined, createProviders } from "../../src/providers/registry.ts";
import { claimAccount, useAccounts } from "../../src/store/accounts.ts";
import type { Store } from "../../src/store/database.ts";
import { countOutcomes, findInvocations } from "../../src/store/invocations.ts";
import { ToldError } from "../../src/triage/told-error.ts";
import { windowOf } from "../../src/triage/window.ts";
import { pigeon } from "../providers/pigeon/definition.ts";
import { emptyStore, openEmptyStore } from "../store/databases.ts";
import { DAY_MS, noDeadline, START } from "./desk.ts";

const ONE = "conductorone";

let store: Store;
beforeAll(async () => {
  store = await openEmptyStore("PGlite");
});
afterAll(() => store.close());
beforeEach(() => emptyStore(store));

interface Desk {
  collector: Collector;
  zendesk: SandboxZendesk;
  tenant: SandboxConductorOne;
  scenario: Scenario;
  /** Requests that asked for a test, of both. */
  sent(): string[];
  pass(ms: number): void;
}

async function openDesk(
  options: { readOnly?: boolean; change?: (scenario: Scenario) => void; latencyMs?: number } = {},
): Promise<Desk> {
  let atMs = START.getTime();
  const now = () => new Date(atMs);
  const pass = (ms: number) => {
    atMs += ms;
  };
  const scenario = makeScenario({ seed: 7, now: now(), size: "demo" });
  options.change?.(scenario);
  const accessToken = "sandbox";
  const { latencyMs = 0, readOnly = false } = options;
  const zendesk = await startZendesk({ now, scenario, accessToken, rateLimitPerMinute: 1_000 });
  const tenant = await startConductorOne({ seed: 7, now, readOnly, latencyMs });
  onTestFinished(async () => void (await Promise.all([zendesk.close(), tenant.close()])));
  const log = createLog({ level: "silent", secrets: [] });
  const { clientId, clientSecret } = tenant;
  const providers = createProviders(
    {
      zendesk: { baseUrl: zendesk.url, credentials: { kind: "access_token", token: accessToken } },
      conductorone: { baseUrl: tenant.url, credentials: { kind: "client_credentials", clientId, clientSecret } },
    },
    { log, now, random: () => 0.5, wait: async (ms) => pass(ms) },
  );
  return {
    collector: createCollector({ store, providers, now, log }),
    zendesk,
    tenant,
    scenario,
    sent: () =>
      [...zendesk.requests, ...tenant.requests]
        .map(({ method, path }) => `${method} ${path}`)
        .filter((line) => /\/test(?:\?|$)/.test(line)),
    pass,
  };
}

function hookOf({ tenant }: Desk): { provider: string; webhookId: string } {
  return { provider: ONE, webhookId: tenant.webhooks[0]?.id ?? "" };
}

/** A webhook of the Zendesk, by whether its receiver is in trouble now. */
function ticketHook({ scenario }: Desk, isInTrouble: boolean): { provider: string; webhookId: string } {
  const found = scenario.webhooks.find((webhook) => incidentsAt(webhook, START).length > 0 === isInTrouble);
  return { provider: "zendesk", webhookId: found?.id ?? "" };
}

function switchOffSecond({ webhooks }: Scenario): void {
  const [, second] = webhooks;
  if (second) second.active = false;
}

/** What people are told; `fault` where the sending itself told it. */
async function troubleOf(sending: Promise<unknown>) {
  const error: unknown = await sending.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ToldError)) throw new Error("ended without an error for people", { cause: error });
  const { told, nextStep } = error;
  return { told, nextStep, fault: error instanceof TestDeliveryError ? error.fault : undefined };
}

describe("a test delivery of a provider that makes an invocation of it", () => {
  it("is sent by one request, kept, and opened by its id without another one", async () => {
    const desk = await openDesk();
    const ref = hookOf(desk);
    const delivery = await sendTestDelivery(desk.collector, ref, noDeadline());
    expect(delivery).toMatchObject({
      kind: "started",
      invocation: { ...ref, outcome: "pending", source: { kind: "test" } },
    });
    expect(desk.sent()).toEqual([`POST /api/v1/webhooks/${ref.webhookId}/test`]);
    const id = delivery.kind === "started" ? delivery.invocation.id : "";
    const before = desk.tenant.requests.length;
    const question = { now: desk.collector.now(), maxAgeMs: 30_000 };
    const { answer } = await askInvocation(desk.collector, id, question, noDeadline());
    expect(answer.map(({ invocation }) => [invocation.id, invocation.outcome])).toEqual([[id, "pending"]]);
    expect(desk.tenant.requests).toHaveLength(before);
  });

  it("says where its end is to be found", async () => {
    const desk = await openDesk();
    const delivery = await sendTestDelivery(desk.collector, hookOf(desk), noDeadline());
    expect(delivery.kind === "started" && delivery.lookThere).toContain("View history of this webhook");
  });

  it("stays pending for as long as nobody tells its end, and never becomes a failure by the passing of its expiry", async () => {
    const desk = await openDesk();
    const delivery = await sendTestDelivery(desk.collector, hookOf(desk), noDeadline());
    const { id = "", expiresAt } = delivery.kind === "started" ? delivery.invocation : {};
    expect(expiresAt?.getTime()).toBeGreaterThan(START.getTime());
    desk.pass(29 * DAY_MS);
    const asOf = desk.collector.now();
    expect(expiresAt && expiresAt < asOf).toBe(true);
    const window = windowOf(START.getTime() - 1_000, asOf.getTime());
    const failed = await findInvocations(store.db, { window, outcomes: ["failed"], asOf });
    expect(failed.map((invocation) => invocation.id)).not.toContain(id);
    const pending = await findInvocations(store.db, { window, outcomes: ["pending"], asOf });
    expect(pending.map((invocation) => invocation.id)).toContain(id);
    expect(await countOutcomes(store.db, window, asOf)).toMatchObject([{ provider: ONE, failed: 0, pending: 1 }]);
    const { answer } = await askInvocation(desk.collector, id, { now: asOf, maxAgeMs: 30_000 }, noDeadline());
    expect(answer[0]?.invocation.outcome).toBe("pending");
  });
});

describe("a test delivery of a provider that tells the receiver's answer", () => {
  it("tells a success, and keeps nothing", async () => {
    const desk = await openDesk();
    const ref = ticketHook(desk, false);
    const delivery = await sendTestDelivery(desk.collector, ref, noDeadline());
    expect(delivery).toMatchObject({
      kind: "answered",
      attempt: { outcome: "succeeded", statusCode: 200, completedAt: START },
    });
    expect(delivery).not.toHaveProperty("cause");
    expect(desk.sent()).toEqual([`POST /api/v2/webhooks/test?webhook_id=${ref.webhookId}`]);
    expect(await store.db.selectFrom("invocations").selectAll().execute()).toEqual([]);
    expect(await store.db.selectFrom("attempts").selectAll().execute()).toEqual([]);
  });

  it("tells a failure with its cause and what to do next", async () => {
    const desk = await openDesk();
    const delivery = await sendTestDelivery(desk.collector, ticketHook(desk, true), noDeadline());
    expect(delivery).toMatchObject({ kind: "answered", attempt: { outcome: "failed" } });
    expect(delivery.cause?.title).toMatch(/\w/);
    expect(delivery.cause?.nextStep).toMatch(/\w/);
  });
});

describe("a test delivery that cannot be sent", () => {
  it.each<[string, TestFault, RegExp, (desk: Desk) => { provider: string; webhookId: string }]>([
    [
      "an id that no webhook has",
      "no_such_webhook",
      /has no webhook of this id/,
      () => ({ provider: "zendesk", webhookId: "x" }),
    ],
    [
      "a webhook that is switched off",
      "inactive",
      /switched off in Zendesk/,
      ({ scenario }) => ({ provider: "zendesk", webhookId: scenario.webhooks[1]?.id ?? "" }),
    ],
    [
      "a provider that is not here",
      "not_offered",
      /Okta sends no test deliveries|okta sends no test/i,
      () => ({ provider: "okta", webhookId: "x" }),
    ],
  ])("%s is told, and nothing is sent", async (_, fault, told, refOf) => {
    const desk = await openDesk({ change: switchOffSecond });
    const trouble = await troubleOf(sendTestDelivery(desk.collector, refOf(desk), noDeadline()));
    expect(trouble.fault).toBe(fault);
    expect(trouble.told).toMatch(told);
    expect(trouble.nextStep).not.toBe("");
    expect(desk.sent()).toEqual([]);
  });

  it("for want of a right is told with the right that is missing", async () => {
    const desk = await openDesk({ readOnly: true });
    const trouble = await troubleOf(sendTestDelivery(desk.collector, hookOf(desk), noDeadline()));
    expect(trouble).toMatchObject({ fault: "not_sent", nextStep: expect.stringContaining("Full permissions") });
    expect(desk.sent()).toHaveLength(1);
  });

  it.each(["429", "redirect"] as const)("because of %s is told as not sent, and is not tried again", async (kind) => {
    const desk = await openDesk();
    desk.tenant.fail(kind, { match: (path) => path.endsWith("/test") });
    const trouble = await troubleOf(sendTestDelivery(desk.collector, hookOf(desk), noDeadline()));
    expect(trouble.fault).toBe("not_sent");
    expect(desk.sent()).toHaveLength(1);
  });

  it.each(["503", "500", "cut", "html-200", "half-json-200"] as const)(
    "because of %s may have been sent all the same, says so, and is not tried again",
    async (kind) => {
      const desk = await openDesk();
      desk.tenant.fail(kind, { match: (path) => path.endsWith("/test") });
      const trouble = await troubleOf(sendTestDelivery(desk.collector, hookOf(desk), noDeadline()));
      expect(trouble.fault).toBe("maybe_sent");
      expect(trouble.told).toContain("may have been sent all the same");
      expect(trouble.nextStep).toContain("Before you send another");
      expect(desk.sent()).toHaveLength(1);
      expect(await store.db.selectFrom("invocations").selectAll().execute()).toEqual([]);
    },
  );

  it("in time may have been sent all the same", async () => {
    const desk = await openDesk();
    await findTestTargets(desk.collector, { words: [], terms: [] }, noDeadline());
    desk.tenant.fail("hang", { match: (path) => path.endsWith("/test") });
    const trouble = await troubleOf(sendTestDelivery(desk.collector, hookOf(desk), AbortSignal.timeout(300)));
    expect(trouble.fault).toBe("maybe_sent");
    expect(desk.sent()).toHaveLength(1);
  });

  it("out of a store that is another account's is not sent", async () => {
    const desk = await openDesk();
    await claimAccount(store.db, { id: ONE, account: "https://other.conductor.one" });
    const sending = sendTestDelivery(desk.collector, hookOf(desk), noDeadline());
    await expect(sending).rejects.toBeInstanceOf(StoreTakenOverError);
    expect(desk.sent()).toEqual([]);
  });

  it("that was sent while another account took the store says so, and keeps nothing there", async () => {
    const desk = await openDesk({ latencyMs: 100 });
    const sending = troubleOf(sendTestDelivery(desk.collector, hookOf(desk), noDeadline()));
    await vi.waitFor(() => expect(desk.sent()).toHaveLength(1));
    await useAccounts(store.db, [{ id: ONE, account: "https://other.conductor.one" }], "switch");
    const trouble = await sending;
    expect(trouble).toMatchObject({ fault: "unkept", nextStep: expect.stringContaining("of its own") });
    expect(trouble.told).toMatch(/The test was sent, as invocation \w{27}, and could not be kept/);
    expect(await store.db.selectFrom("invocations").selectAll().execute()).toEqual([]);
    expect(desk.sent()).toHaveLength(1);
  });

  it("is not sent where its time was over before", async () => {
    const desk = await openDesk();
    const sending = sendTestDelivery(desk.collector, hookOf(desk), AbortSignal.abort(new Error("over")));
    await expect(sending).rejects.toThrow("over");
    expect(desk.sent()).toEqual([]);
  });
});

describe("looking for what a test could be sent to", () => {
  const word = (value: string) => ({ words: [{ value, negated: false }], terms: [] });

  it("goes by the same words and terms as any question, over all providers, and tells apart what is switched off", async () => {
    const desk = await openDesk({ change: switchOffSecond });
    const everything = await findTestTargets(desk.collector, { words: [], terms: [] }, noDeadline());
    expect(everything.all).toHaveLength(desk.scenario.webhooks.length + desk.tenant.webhooks.length);
    const off = desk.scenario.webhooks.filter(({ active }) => !active).map(({ id }) => id);
    expect(everything.inactive.map(({ id }) => id).toSorted()).toEqual(off.toSorted());
    const [first] = desk.tenant.webhooks;
    const { active } = await findTestTargets(desk.collector, word(first?.name ?? ""), noDeadline());
    expect(active.map(({ id }) => id)).toEqual([first?.id]);
  });

  it("goes on without a provider that cannot be read, unless nothing is found then", async () => {
    const desk = await openDesk();
    desk.zendesk.fail("503");
    const [first] = desk.tenant.webhooks;
    const { active } = await findTestTargets(desk.collector, word(first?.name ?? ""), noDeadline());
    expect(active.map(({ id }) => id)).toEqual([first?.id]);
    await expect(findTestTargets(desk.collector, word("nowhere"), noDeadline())).rejects.toThrow(/Zendesk/);
  });

  it("tells apart the webhooks of a provider that sends no tests", async () => {
    const log = createLog({ level: "silent", secrets: [] });
    const now = () => START;
    const settings = { pigeon: { baseUrl: "http://127.0.0.1:1", keeper: "anna", key: "coo" } };
    const providers = createDefined({ pigeon }, settings, { log, now });
    const collector = createCollector({ store, providers, now, log });
    expect(testingProviders(collector)).toEqual([]);
    const targets = await findTestTargets(collector, word("loft"), noDeadline());
    expect(targets).toMatchObject({ active: [], notOffered: [{ id: "loft" }] });
    const trouble = await troubleOf(
      sendTestDelivery(collector, { provider: "pigeon", webhookId: "loft" }, noDeadline()),
    );
    expect(trouble.fault).toBe("not_offered");
  });
});
