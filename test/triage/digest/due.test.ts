import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dueSlot, LATE_AFTER_MS, windowUpTo } from "../../../src/triage/digest/due.ts";
import { latestSlot, nextSlot, slotBefore } from "../../../src/triage/digest/schedule.ts";
import type { DigestSchedule } from "../../../src/triage/digest/subscription.ts";
import { windowOf } from "../../../src/triage/window.ts";
import { anyInstant, anySchedule } from "./schedules.ts";

const SCHEDULE: DigestSchedule = { days: "every_day", minuteOfDay: 540, timeZone: "Europe/Berlin" };
const LONG_AGO = new Date("2026-01-01T00:00Z");

/** The due time that is left to do, and by how many minutes it is late. */
function due(now: string, lastDone?: string, createdAt = LONG_AGO): [string, number, boolean] | undefined {
  const done = lastDone === undefined ? undefined : new Date(lastDone);
  const found = dueSlot({ schedule: SCHEDULE, createdAt }, new Date(now), done);
  return found && [found.dueAt.toISOString().slice(0, 16), found.lateByMs / 60_000, found.isLate];
}

describe("the digest that is due", () => {
  it.each<[string, string, string | undefined, [string, number, boolean] | undefined]>([
    [
      "is that of the slot at its very instant",
      "2026-11-21T08:00Z",
      "2026-11-20T08:00Z",
      ["2026-11-21T08:00", 0, false],
    ],
    ["is not late within five minutes", "2026-11-21T08:05Z", "2026-11-20T08:00Z", ["2026-11-21T08:00", 5, false]],
    ["is late after that", "2026-11-21T08:06Z", "2026-11-20T08:00Z", ["2026-11-21T08:00", 6, true]],
    ["is none a moment before the slot", "2026-11-21T07:59:59.999Z", "2026-11-20T08:00Z", undefined],
    ["is none when the slot is done", "2026-11-21T12:00Z", "2026-11-21T08:00Z", undefined],
    ["is the first one where none was done", "2026-11-21T08:01Z", undefined, ["2026-11-21T08:00", 1, false]],
    [
      "is only the latest after days of downtime",
      "2026-11-21T09:00Z",
      "2026-11-10T08:00Z",
      ["2026-11-21T08:00", 60, true],
    ],
    ["is none when a later slot is done, as by a clock ahead", "2026-11-21T09:00Z", "2026-11-22T08:00Z", undefined],
  ])("%s", (_, now, lastDone, expected) => {
    expect(due(now, lastDone)).toEqual(expected);
  });

  it("is never of a slot before the subscription was made, or of that instant", () => {
    expect(due("2026-11-21T12:00Z", undefined, new Date("2026-11-21T08:00Z"))).toBeUndefined();
    expect(due("2026-11-21T12:00Z", undefined, new Date("2026-11-21T11:00Z"))).toBeUndefined();
    expect(due("2026-11-21T12:00Z", undefined, new Date("2026-11-21T07:59Z"))?.[0]).toBe("2026-11-21T08:00");
  });

  it("is the same for one slot at whatever time it is asked for, save for how late it is", () => {
    fc.assert(
      fc.property(anySchedule, anyInstant, fc.double({ min: 0, max: 0.999, noNaN: true }), (schedule, at, share) => {
        const dueAt = latestSlot(schedule, at);
        const spanMs = nextSlot(schedule, dueAt).getTime() - dueAt.getTime();
        const now = new Date(dueAt.getTime() + Math.floor(spanMs * share));
        const lateByMs = now.getTime() - dueAt.getTime();
        const window = windowOf(slotBefore(schedule, dueAt).getTime(), dueAt.getTime());
        const createdAt = new Date(0);
        const expected = { dueAt, window, lateByMs, isLate: lateByMs > LATE_AFTER_MS };
        expect(dueSlot({ schedule, createdAt }, now, window.from)).toEqual(expected);
        expect(dueSlot({ schedule, createdAt }, now, dueAt)).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  it("is each slot once when looked for at any times, and only the latest after a downtime of any length", () => {
    const gaps = fc.array(fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 60 * 24 * 30 })), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(anySchedule, anyInstant, gaps, (schedule, createdAt, minutes) => {
        let now = createdAt;
        let lastDone: Date | undefined;
        for (const gap of minutes) {
          const before = now;
          now = new Date(now.getTime() + gap * 60_000);
          const found = dueSlot({ schedule, createdAt }, now, lastDone);
          const latest = latestSlot(schedule, now);
          // Whoever looks at every time finds a slot at the first look after it.
          expect(found?.dueAt).toEqual(latest > before ? latest : undefined);
          lastDone = found?.dueAt ?? lastDone;
          expect(dueSlot({ schedule, createdAt }, now, lastDone)).toBeUndefined();
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe("the window of a digest that somebody asks for", () => {
  it.each([
    ["2026-11-21T11:00Z", "2026-11-21T08:00Z"],
    ["2026-11-21T08:01Z", "2026-11-21T08:00Z"],
    ["2026-11-21T08:00:59.999Z", "2026-11-20T08:00Z"],
    ["2026-11-21T08:00Z", "2026-11-20T08:00Z"],
  ])("at %s is from %s", (now, from) => {
    expect(windowUpTo(SCHEDULE, new Date(now))).toEqual({ from: new Date(from), to: new Date(now) });
  });
});
