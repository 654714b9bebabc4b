import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  BUSY_INTERVAL_MS,
  intervalOf,
  LONGEST_INTERVAL_MS,
  pauseAfter,
  stretchOf,
} from "../../../src/collect/polling/interval.ts";

const MINUTE_MS = 60_000;
const NOW = new Date("2026-11-21T08:00Z");
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * MINUTE_MS);

describe("the time between two polls", () => {
  it.each([
    ["failed a moment ago", { isActive: true, lastFailureAt: ago(0), lastTrafficAt: ago(0) }, 1],
    ["failed an hour ago", { isActive: true, lastFailureAt: ago(60), lastTrafficAt: ago(0) }, 1],
    ["failed longer ago, and is busy", { isActive: true, lastFailureAt: ago(61), lastTrafficAt: ago(0) }, 5],
    ["sent something an hour ago", { isActive: true, lastTrafficAt: ago(60) }, 5],
    ["sent something three hours ago", { isActive: true, lastTrafficAt: ago(180) }, 15],
    ["sent something six hours ago", { isActive: true, lastTrafficAt: ago(360) }, 30],
    ["sent something a day ago", { isActive: true, lastTrafficAt: ago(24 * 60) }, 30],
    ["never sent anything", { isActive: true }, 30],
    ["is said to have failed in the future, by another clock", { isActive: true, lastFailureAt: ago(-30) }, 1],
  ])("of a webhook that %s", (_, activity, minutes) => {
    expect(intervalOf(activity, NOW)).toBe(minutes * MINUTE_MS);
  });

  it("never comes for one that is switched off", () => {
    expect(intervalOf({ isActive: false, lastFailureAt: ago(0) }, NOW)).toBeUndefined();
  });

  it("grows with the quiet, within its bounds", () => {
    const minutes = fc.integer({ min: 0, max: 20_000 });
    fc.assert(
      fc.property(minutes, minutes, (a, b) => {
        const [earlier, later] = [Math.max(a, b), Math.min(a, b)].map((quiet) =>
          intervalOf({ isActive: true, lastTrafficAt: ago(quiet) }, NOW),
        );
        expect(earlier).toBeGreaterThanOrEqual(later ?? 0);
        expect(later).toBeGreaterThanOrEqual(BUSY_INTERVAL_MS);
        expect(earlier).toBeLessThanOrEqual(LONGEST_INTERVAL_MS);
      }),
    );
  });
});

describe("stretching", () => {
  it.each([
    ["400 failing webhooks at 40 polls a minute ten times", 400, 1, 40, 10],
    ["400 busy webhooks at 40 polls a minute twice", 400, 5, 40, 2],
    ["400 quiet webhooks not at all", 400, 30, 40, 1],
    ["one failing webhook at a poll in five minutes five times", 1, 1, 0.2, 5],
    ["none at all not at all", 0, 1, 40, 1],
  ])("stretches %s", (_, count, minutes, pollsPerMinute, factor) => {
    expect(
      stretchOf(
        Array.from({ length: count }, () => minutes * MINUTE_MS),
        pollsPerMinute,
      ),
    ).toBeCloseTo(factor);
  });

  it("keeps all wishes together within what the account can bear", () => {
    const wishes = fc.array(fc.integer({ min: MINUTE_MS, max: LONGEST_INTERVAL_MS }), { maxLength: 50 });
    fc.assert(
      fc.property(wishes, fc.double({ min: 0.1, max: 500, noNaN: true }), (intervals, pollsPerMinute) => {
        const stretch = stretchOf(intervals, pollsPerMinute);
        let polls = 0;
        for (const intervalMs of intervals) polls += MINUTE_MS / (intervalMs * stretch);
        expect(polls).toBeLessThanOrEqual(pollsPerMinute * 1.000001);
      }),
    );
  });
});

it("leaves what fails alone for twice as long each time, and not for ever", () => {
  const pauses = [0, 1, 2, 3, 4, 5, 6, 1_000].map((failures) => pauseAfter(failures, 15 * MINUTE_MS) / MINUTE_MS);
  expect(pauses).toEqual([0, 1, 2, 4, 8, 15, 15, 15]);
});
