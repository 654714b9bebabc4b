import { afterEach, expect, it } from "vitest";
import { type DemoClock, startDemoClock } from "../../../sandbox/page/demo-clock.ts";

const START = new Date("2026-11-19T08:00:00Z");
const LATER = new Date("2026-11-20T08:00:00Z");

let clock: DemoClock;
afterEach(() => clock.stop());

it("begins when it is told to, and what is scheduled comes when the time does", async () => {
  clock = startDemoClock(START);
  expect(Math.abs(clock.now().getTime() - START.getTime())).toBeLessThan(1_000);
  const due = new Promise<void>((resolve) => clock.queueClock.setTimeout(resolve, 3_600_000));
  await clock.moveTo(LATER);
  expect(Math.abs(clock.now().getTime() - LATER.getTime())).toBeLessThan(1_000);
  await due;
});

it("stands still where it is told to, and what waits in the queue goes on", async () => {
  clock = startDemoClock(START, { isStill: true });
  const soon = new Promise<void>((resolve) => clock.queueClock.setTimeout(resolve, 1));
  expect(clock.now()).toEqual(START);
  await soon;
  expect(clock.now()).toEqual(START);
  await clock.moveTo(LATER);
  expect(clock.now()).toEqual(LATER);
  expect(clock.queueClock.now()).toBeGreaterThanOrEqual(LATER.getTime());
});

it("has begun what is scheduled for a time when it has moved there, and what that leads to", async () => {
  clock = startDemoClock(START);
  const begun: string[] = [];
  clock.queueClock.setTimeout(() => {
    begun.push("due");
    clock.queueClock.setTimeout(() => begun.push("next"), 4_000);
  }, 3_600_000);
  await clock.moveTo(LATER);
  expect(begun).toEqual(["due", "next"]);
});

it("never goes back", async () => {
  clock = startDemoClock(LATER);
  await clock.moveTo(START);
  expect(clock.now().getTime()).toBeGreaterThanOrEqual(LATER.getTime());
});
