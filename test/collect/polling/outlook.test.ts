import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type OutlookLimits, outlookOf, type PolledWebhook } from "../../../src/collect/polling/outlook.ts";
import { contains, windowOf } from "../../../src/triage/window.ts";

const MINUTE_MS = 60_000;
const NOW_MS = Date.UTC(2026, 10, 21, 8);
const at = (minutesAgo: number) => new Date(NOW_MS - minutesAgo * MINUTE_MS);
const span = (from: number, to: number) => windowOf(NOW_MS - from * MINUTE_MS, NOW_MS - to * MINUTE_MS);
const WEEK = 7 * 24 * 60;
const LIMITS: OutlookLimits = { now: at(0), retainedFrom: at(WEEK), pollsPerMinute: 40, isSharedRead: false };

function webhook(fields: Partial<PolledWebhook> = {}): PolledWebhook {
  return { id: "w1", isActive: true, collected: [], failures: 0, ...fields };
}

function one(fields: Partial<PolledWebhook>, limits: Partial<OutlookLimits> = {}) {
  const [outlook] = outlookOf([webhook(fields)], { ...LIMITS, ...limits });
  if (!outlook) throw new Error("no outlook");
  return outlook;
}

describe("the outlook on a webhook", () => {
  it("that was never read: a poll is due, which will tell what is missing", () => {
    const { dueAt, watermark, missing } = one({});
    expect(dueAt?.getTime()).toBeLessThan(NOW_MS);
    expect({ watermark, missing }).toEqual({ watermark: undefined, missing: [] });
  });

  it("goes by the newest end of what was collected, whoever collected it", () => {
    const { watermark, missing, dueAt } = one({ collected: [span(500, 400), span(100, 20)], polledAt: at(60) });
    expect(watermark).toEqual(at(20));
    expect(missing).toEqual([span(WEEK, 500), span(400, 100)]);
    expect(dueAt).toEqual(at(-10));
  });

  it("counts what a reading is still in, even what it has proved nothing of", () => {
    expect(one({ collected: [span(WEEK, 60)], polledAt: at(5), openUntil: at(5) }).missing).toEqual([span(60, 5)]);
    expect(one({ polledAt: at(5), openUntil: at(5) }).missing).toEqual([span(WEEK, 5)]);
    expect(one({ collected: [span(WEEK, 60)], polledAt: at(5) }).missing).toEqual([]);
  });

  it("asks no more than once in an interval where a poll moves nothing", () => {
    expect(one({ collected: [span(WEEK, 60)], polledAt: at(5) }).dueAt).toEqual(at(-25));
  });

  it("takes no coverage of the future or of before the retention for read", () => {
    expect(one({ collected: [span(-60, -90)] }).watermark).toBeUndefined();
    expect(one({ collected: [span(60, -90)] }).watermark).toEqual(at(0));
    expect(one({ collected: [span(WEEK + 60, WEEK + 1)] }).watermark).toBeUndefined();
  });

  it("reads what a webhook did before it was switched off, once", () => {
    expect(one({ isActive: false }).dueAt?.getTime()).toBeLessThan(NOW_MS);
    expect(one({ isActive: false, collected: [span(100, 90)] }).dueAt).toBeUndefined();
    expect(one({ isActive: false, collected: [span(100, 90)] }).missing).toEqual([span(WEEK, 100)]);
    expect(one({ isActive: false, polledAt: at(10) }).dueAt).toBeUndefined();
  });

  it.each([
    [1, 1],
    [3, 4],
    [20, 30],
  ])("after %i failures in a row leaves it alone for %i minutes", (failures, minutes) => {
    const { pausedUntil, dueAt } = one({ polledAt: at(0), failures, lastFailureAt: at(0), lastTrafficAt: at(0) });
    expect(pausedUntil).toEqual(at(-minutes));
    expect(dueAt).toEqual(at(-minutes));
  });

  it.each([0, 3])("takes a poll of the future for none, after %i failures: a clock was wrong", (failures) => {
    const collected = [span(WEEK, 40)];
    const { dueAt, pausedUntil } = one({ collected, polledAt: at(-WEEK), failures });
    expect({ dueAt, pausedUntil }).toEqual({ dueAt: at(10), pausedUntil: undefined });
    expect(one({ polledAt: at(-WEEK), failures }).dueAt?.getTime()).toBeLessThan(NOW_MS);
  });

  it("forgives another replica a clock that is a little ahead", () => {
    const { dueAt, pausedUntil } = one({ polledAt: at(-0.5), failures: 1 });
    expect({ dueAt, pausedUntil }).toEqual({ dueAt: at(-1), pausedUntil: at(-1) });
  });

  it("stretches all alike where their polls would be too many", () => {
    const busy = Array.from({ length: 400 }, (_, index) =>
      webhook({ id: `w${index}`, collected: [span(WEEK, 0)], lastTrafficAt: at(0) }),
    );
    const due = outlookOf(busy, LIMITS).map(({ dueAt }) => dueAt);
    expect(new Set(due.map(String)).size).toBe(1);
    expect(due[0]).toEqual(at(-10));
  });

  it("has all that one reading tells of due when the first of them is", () => {
    const collected = [span(WEEK, 0)];
    const shared = [webhook({ id: "quiet", collected }), webhook({ id: "failing", collected, lastFailureAt: at(2) })];
    const outlooks = outlookOf(shared, { ...LIMITS, isSharedRead: true, pollsPerMinute: 0.1 });
    expect(outlooks.map(({ dueAt }) => dueAt)).toEqual([at(-1), at(-1)]);
  });

  it("never calls missing what is collected, and leaves nothing of the retention out", () => {
    const minute = fc.integer({ min: -100, max: WEEK + 100 });
    const collected = fc.array(fc.tuple(minute, minute).map(([a, b]) => span(Math.max(a, b), Math.min(a, b))));
    fc.assert(
      fc.property(collected, minute, fc.option(minute), (parts, moment, polled) => {
        const polledAt = polled === null ? undefined : at(polled);
        const { missing, watermark } = one({ collected: parts, ...(polledAt && { polledAt }) });
        const isCollected = parts.some((part) => contains(part, at(moment)));
        const isMissing = missing.some((part) => contains(part, at(moment)));
        expect(isCollected && isMissing).toBe(false);
        const isOld = at(moment) >= LIMITS.retainedFrom && watermark !== undefined && at(moment) < watermark;
        if (isOld) expect(isCollected || isMissing).toBe(true);
      }),
    );
  });
});
