import { describe, expect, it } from "vitest";
import { createBackOff } from "../../../src/slack/sockets/back-off.ts";
import { manualTimers } from "../manual-timers.ts";

function waiting() {
  const timers = manualTimers();
  return { timers, backOff: createBackOff(timers, () => 1) };
}

describe("the wait for the next connection", () => {
  it("doubles with each failure in a row, up to half a minute, and ends when one lasts", () => {
    const { timers, backOff } = waiting();
    const waits = Array.from({ length: 8 }, () => {
      backOff.opening().failed();
      const waitMs = backOff.waitMs();
      timers.pass(waitMs);
      return waitMs;
    });
    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    backOff.opening().failed();
    backOff.opening().lasted();
    expect(backOff.waitMs()).toBe(0);
  });

  it("counts connections that fail together as one failure", () => {
    const { backOff } = waiting();
    const openings = [backOff.opening(), backOff.opening(), backOff.opening()];
    for (const opening of openings) opening.failed();
    expect(backOff.waitMs()).toBe(500);
  });

  it("is as long as there is no hope, though an older connection has lasted", () => {
    const { timers, backOff } = waiting();
    const older = backOff.opening();
    backOff.despair(60_000);
    older.lasted();
    expect(backOff.waitMs()).toBe(60_000);
    timers.pass(60_000);
    expect(backOff.waitMs()).toBe(0);
  });

  it("lets sixteen be opened in a minute and no more", () => {
    const { timers, backOff } = waiting();
    for (let times = 0; times < 16; times += 1) {
      expect(backOff.waitMs()).toBe(0);
      backOff.opening().lasted();
    }
    timers.pass(1_000);
    expect(backOff.waitMs()).toBe(59_000);
  });
});
