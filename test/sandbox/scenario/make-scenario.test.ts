import { describe, expect, it } from "vitest";
import { causeNamed } from "../../../sandbox/scenario/causes/index.ts";
import { makeScenario } from "../../../sandbox/scenario/make-scenario.ts";
import { SCENARIO_SIZES } from "../../../sandbox/scenario/scenario.ts";
import { TRIAGE_CAUSES } from "../../../sandbox/scenario/sizes/triage.ts";
import { createTimeline } from "../../../sandbox/scenario/timeline.ts";
import { truthOf } from "../../../sandbox/scenario/truth.ts";

const now = new Date("2026-11-20T12:00:00Z");
const sevenDays = { from: new Date(now.getTime() - 7 * 86_400_000), to: new Date(now.getTime() + 1000) };

function truthOfSize(options: Omit<Parameters<typeof makeScenario>[0], "now">) {
  const timeline = createTimeline(makeScenario({ now, ...options }));
  return truthOf(timeline, sevenDays, now);
}

describe("makeScenario", () => {
  it.each(SCENARIO_SIZES)("makes the same %s, byte for byte, from the same seed", (size) => {
    const once = JSON.stringify(makeScenario({ seed: 11, now, size, invocations: 500 }));
    expect(JSON.stringify(makeScenario({ seed: 11, now, size, invocations: 500 }))).toBe(once);
    expect(JSON.stringify(makeScenario({ seed: 12, now, size, invocations: 500 }))).not.toBe(once);
  });

  it.each([1, 2, 3])("demo (seed %i) has 12 webhooks and about 60 failures, some of them in the last hour", (seed) => {
    const timeline = createTimeline(makeScenario({ seed, now }));
    const truth = truthOf(timeline, sevenDays, now);
    const lastHour = truthOf(timeline, { from: new Date(now.getTime() - 3_600_000), to: sevenDays.to }, now);
    expect(timeline.webhooks).toHaveLength(12);
    expect(truth.totals.failed).toBeGreaterThanOrEqual(55);
    expect(truth.totals.failed).toBeLessThanOrEqual(66);
    expect(truth.totals.pending).toBeGreaterThanOrEqual(1);
    expect(lastHour.totals.failed).toBeGreaterThanOrEqual(3);
  });

  it("demo has names that are awkward to show and a webhook that is switched off", () => {
    const { webhooks } = makeScenario({ seed: 1, now });
    const names = webhooks.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        "Jira sync",
        "<!channel> *Ops* & friends",
        "🚀 Launch notifier",
        "مزامنة الموارد البشرية",
      ]),
    );
    expect(webhooks.filter(({ active }) => !active)).toHaveLength(1);
    expect(new Set(webhooks.map(({ id }) => id)).size).toBe(12);
  });

  it.each([1, 2, 3])("triage (seed %i) has 40 webhooks and exactly 1,500 failures of 30 causes", (seed) => {
    const truth = truthOfSize({ seed, size: "triage" });
    const causes = new Set([...truth.webhooks.values()].flatMap(({ failedByCause }) => [...failedByCause.keys()]));
    expect(truth.webhooks.size).toBe(40);
    expect(truth.totals.failed).toBe(1_500);
    expect(causes).toEqual(new Set(TRIAGE_CAUSES));
    expect(TRIAGE_CAUSES).toHaveLength(30);
  });

  it("triage puts several causes on one webhook under one code", () => {
    const truth = truthOfSize({ seed: 5, size: "triage" });
    const codesByWebhook = [...truth.webhooks.values()].map(({ failedByCause }) =>
      [...failedByCause.keys()].map((cause) => causeNamed(cause).course.at(-1)?.statusCode),
    );
    expect(codesByWebhook.filter((codes) => new Set(codes).size < codes.length).length).toBeGreaterThanOrEqual(7);
  });

  it("quiet has 400 webhooks and few failures", () => {
    const truth = truthOfSize({ seed: 1, size: "quiet" });
    expect(truth.webhooks.size).toBe(400);
    expect(truth.totals.failed).toBeLessThan(70);
  });

  it("flood has as many invocations as were asked for, on one webhook", () => {
    const { totals, webhooks } = truthOfSize({ seed: 1, size: "flood", invocations: 5_000 });
    expect(webhooks.size).toBe(1);
    expect(totals.succeeded + totals.failed + totals.pending).toBe(5_000);
  });

  it("storm has 20,000 failures in ten minutes, made in less than a second", () => {
    const startedMs = performance.now();
    const timeline = createTimeline(makeScenario({ seed: 1, now, size: "storm" }));
    const tenMinutes = { from: new Date(now.getTime() - 606_000), to: sevenDays.to };
    expect(truthOf(timeline, tenMinutes, now).totals.failed).toBe(20_000);
    expect(performance.now() - startedMs).toBeLessThan(1_000);
  });
});
