import { expect, it } from "vitest";
import type { SandboxConductorOneOptions } from "../../../sandbox/conductorone/start.ts";
import { conductorOneEnv } from "../../../sandbox/stage.ts";
import { loadConfig } from "../../../src/config.ts";
import { createLog } from "../../../src/ops/log.ts";
import type { Provider } from "../../../src/providers/provider.ts";
import { createProviders } from "../../../src/providers/registry.ts";
import type { Invocation } from "../../../src/triage/model.ts";
import type { Window } from "../../../src/triage/window.ts";
import { DAY_MS, NOON, startAsking, virtualClock } from "./ask.ts";

const INSTANCES_PATH = "/webhooks/{webhookId}/instances";

/** The distinct invocations of the window by outcome. */
async function read(provider: Provider, webhookId: string, window: Window) {
  const latest = new Map<string, Invocation>();
  for await (const page of provider.listInvocations({ webhookId, window }, AbortSignal.timeout(20_000))) {
    for (const invocation of page.invocations) latest.set(invocation.id, invocation);
  }
  const inWindow = [...latest.values()].filter(({ latestCompletedAt, createdAt }) => {
    const at = latestCompletedAt ?? createdAt;
    return at >= window.from && at < window.to;
  });
  const idsOf = (wanted: Invocation["outcome"]) =>
    inWindow
      .filter(({ outcome }) => outcome === wanted)
      .map(({ id }) => id)
      .toSorted();
  return { failed: idsOf("failed"), pending: idsOf("pending"), succeeded: idsOf("succeeded") };
}

it.each<[string, number, Partial<SandboxConductorOneOptions>, "audits-shuffled" | undefined]>([
  ["from the audit trails", 7, {}, undefined],
  ["from audit trails that are out of order", 1, {}, "audits-shuffled"],
  ["from a list of instances", 3, { instancesPath: INSTANCES_PATH }, undefined],
])("the provider finds the truth %s, of %i days", async (_, days, options, fault) => {
  const { c1 } = await startAsking(options);
  if (fault) c1.fail(fault);
  const env = {
    ...conductorOneEnv(c1),
    ...(options.instancesPath === undefined ? {} : { CONDUCTORONE_INSTANCES_PATH: options.instancesPath }),
  };
  const log = createLog({ level: "silent", secrets: [] });
  const [provider] = createProviders(loadConfig(env, "cli"), { log, now: () => NOON });
  const window = { from: new Date(NOON.getTime() - days * DAY_MS), to: NOON };
  for (const [webhookId, truth] of c1.truth(window).webhooks) {
    const { failed, pending, succeeded } = truth;
    const expected = { failed: failed.toSorted(), pending: pending.toSorted(), succeeded: succeeded.toSorted() };
    expect(provider && (await read(provider, webhookId, window))).toEqual(expected);
  }
  await c1.close();
});

it("the provider sees a storm at every webhook after it has read what was there before", async () => {
  const clock = virtualClock();
  const { c1 } = await startAsking({ now: clock.now });
  const log = createLog({ level: "silent", secrets: [] });
  const [provider] = createProviders(loadConfig(conductorOneEnv(c1), "cli"), { log, now: clock.now });
  if (!provider) throw new Error("no provider");
  const from = clock.now();
  const lastHour = () => ({ from: new Date(clock.now().getTime() - DAY_MS / 24), to: clock.now() });
  for (const { id } of c1.webhooks) await read(provider, id, lastHour());
  for (const { id } of c1.webhooks) c1.mishaps.startStorm(id, "unauthorized", 4);
  clock.advance(20 * 60);
  const window = { from, to: clock.now() };
  for (const [webhookId, { failedByCause, failed }] of c1.truth(window).webhooks) {
    const found = await read(provider, webhookId, window);
    expect(found.failed).toEqual(failed.toSorted());
    const isAutomation = c1.webhooks.find(({ id }) => id === webhookId)?.use === "workflowStep";
    // Of runs of automations with more than one step nobody can say what failed.
    expect(failedByCause.get("unauthorized")?.length).toBeGreaterThanOrEqual(isAutomation ? 1 : 4);
  }
  await c1.close();
});
