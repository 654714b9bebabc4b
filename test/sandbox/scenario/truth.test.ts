import { expect, it } from "vitest";
import { makeScenario } from "../../../sandbox/scenario/make-scenario.ts";
import { createTimeline } from "../../../sandbox/scenario/timeline.ts";
import { truthOf } from "../../../sandbox/scenario/truth.ts";

const madeAt = new Date("2026-11-20T12:00:00Z");
const MINUTE_MS = 60_000;

/** One delivery with this cause, created at `madeAt`, on a webhook that is otherwise silent. */
function oneDelivery(cause: string | undefined) {
  const scenario = makeScenario({ seed: 2, now: madeAt, size: "flood", invocations: 0 });
  const timeline = createTimeline(scenario);
  const webhookId = timeline.webhooks[0]?.id ?? "";
  const incident = { key: "only", start: madeAt, everyMs: 0, count: 1, share: 0 };
  timeline.addIncident(webhookId, cause === undefined ? incident : { ...incident, cause });
  return (minutesLater: number) => {
    const now = new Date(madeAt.getTime() + minutesLater * MINUTE_MS);
    return truthOf(timeline, { from: madeAt, to: new Date(now.getTime() + 1000) }, now).totals;
  };
}

it.each([
  [undefined, 1, { failed: 0, pending: 0, succeeded: 1 }],
  ["nginx-502-upstream-gone", 1, { failed: 1, pending: 0, succeeded: 0 }],
  ["circuit-broken", 1, { failed: 1, pending: 0, succeeded: 0 }],
  ["throttled-for-ever", 14, { failed: 0, pending: 1, succeeded: 0 }],
  ["throttled-for-ever", 16, { failed: 1, pending: 0, succeeded: 0 }],
  ["throttled-then-terminated-403", 0.01, { failed: 0, pending: 1, succeeded: 0 }],
  ["throttled-then-terminated-403", 9, { failed: 1, pending: 0, succeeded: 0 }],
  ["recovers-503-then-200", 0.1, { failed: 1, pending: 0, succeeded: 0 }],
  ["recovers-503-then-200", 2, { failed: 0, pending: 0, succeeded: 1 }],
  ["nginx-502-upstream-gone", 7 * 1440 + 1, { failed: 0, pending: 0, succeeded: 0 }],
])("the latest outcome decides: %s after %d minutes", (cause, minutes, totals) => {
  expect(oneDelivery(cause)(minutes)).toEqual(totals);
});

it("counts an invocation in the window of its latest outcome, not of its first", () => {
  const timeline = createTimeline(makeScenario({ seed: 2, now: madeAt, size: "flood", invocations: 0 }));
  const webhookId = timeline.webhooks[0]?.id ?? "";
  const start = new Date(madeAt.getTime() - 1000);
  timeline.addIncident(webhookId, { key: "only", cause: "quota-429-retried", start, everyMs: 0, count: 1, share: 0 });
  const now = new Date(madeAt.getTime() + 10 * MINUTE_MS);
  const firstHalfMinute = { from: start, to: new Date(start.getTime() + 30_000) };
  const after = { from: firstHalfMinute.to, to: now };
  expect(truthOf(timeline, firstHalfMinute, now).totals.failed).toBe(0);
  expect(truthOf(timeline, after, now).totals.failed).toBe(1);
});
