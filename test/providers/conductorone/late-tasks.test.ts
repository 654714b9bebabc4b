import { expect, it } from "vitest";
import { startConductorOne } from "../../../sandbox/conductorone/start.ts";
import { createConductorOneProvider } from "../../../src/providers/conductorone/provider.ts";
import { windowOf } from "../../../src/triage/window.ts";
import { all, neverAborted } from "../clients.ts";
import { virtualClock } from "../virtual-clock.ts";

const MINUTE = 60_000;

it("the failures of a post action that breaks are seen when only what is new is asked for", async () => {
  const clock = virtualClock();
  const sandbox = await startConductorOne({ seed: 7, now: clock.now });
  const { url: baseUrl, accessToken: token } = sandbox;
  const provider = createConductorOneProvider({ baseUrl, credentials: { kind: "access_token", token } }, { clock });
  const webhookId = sandbox.webhooks.find(({ name }) => name === "Decommission notices")?.id ?? "";
  const startMs = clock.now().getTime();
  let knownMs = startMs - 60 * MINUTE;
  const outcomes = new Map<string, string>();
  const readOn = async () => {
    const query = { webhookId, window: windowOf(knownMs, clock.now().getTime()) };
    for (const { invocations, covered } of await all(provider.listInvocations(query, neverAborted()))) {
      for (const { id, outcome } of invocations) outcomes.set(id, outcome);
      knownMs = covered?.to.getTime() ?? knownMs;
    }
  };
  await readOn();
  expect(outcomes.size).toBe(0);
  sandbox.mishaps.breakReceiver(webhookId, "unauthorized");
  for (const afterMinutes of [2, 8, 10]) {
    clock.advance(afterMinutes * MINUTE);
    await readOn();
  }
  const truth = sandbox.truth(windowOf(startMs, clock.now().getTime())).webhooks.get(webhookId);
  const failed = [...outcomes].filter(([, outcome]) => outcome === "failed").map(([id]) => id);
  expect(failed.length).toBeGreaterThanOrEqual(3);
  expect(failed.toSorted()).toEqual(truth?.failed.toSorted());
  await sandbox.close();
});
