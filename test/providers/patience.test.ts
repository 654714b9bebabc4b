import { describe, expect, it } from "vitest";
import { Patience } from "../../src/providers/patience.ts";
import { virtualClock } from "./virtual-clock.ts";

const SECOND = 1_000;

describe("patience", () => {
  it("permits a wait that ends within 55 seconds of no success, and no longer one", () => {
    const clock = virtualClock();
    const patience = new Patience(clock, 55 * SECOND);
    patience.enter();
    clock.advance(30 * SECOND);
    expect(patience.permits(24 * SECOND, false)).toBe(true);
    expect(patience.permits(25 * SECOND, false)).toBe(false);
  });

  it("starts anew with each success", () => {
    const clock = virtualClock();
    const patience = new Patience(clock, 55 * SECOND);
    patience.enter();
    clock.advance(54 * SECOND);
    patience.succeeded();
    clock.advance(54 * SECOND);
    expect(patience.isExhausted).toBe(false);
    clock.advance(1 * SECOND);
    expect(patience.isExhausted).toBe(true);
  });

  it("does not count idle time", () => {
    const clock = virtualClock();
    const patience = new Patience(clock, 55 * SECOND);
    patience.enter();
    patience.succeeded();
    patience.leave();
    clock.advance(3_600 * SECOND);
    patience.enter();
    expect(patience.failingMs).toBe(0);
  });

  it("cuts a try's time to what is left", () => {
    const clock = virtualClock();
    const patience = new Patience(clock, 55 * SECOND);
    patience.enter();
    expect(patience.tryTimeoutMs(15 * SECOND)).toBe(15 * SECOND);
    clock.advance(50 * SECOND);
    expect(patience.tryTimeoutMs(15 * SECOND)).toBe(5 * SECOND);
  });

  it("leaves short tries when it has run out, longer ones the longer nothing was asked", () => {
    const clock = virtualClock();
    const patience = new Patience(clock, 55 * SECOND);
    patience.enter();
    clock.advance(60 * SECOND);
    patience.failed();
    expect(patience.tryTimeoutMs(15 * SECOND)).toBe(250);
    clock.advance(2 * SECOND);
    expect(patience.tryTimeoutMs(15 * SECOND)).toBe(2 * SECOND);
    patience.leave();
    clock.advance(3_600 * SECOND);
    patience.enter();
    expect(patience.isExhausted).toBe(true);
    expect(patience.tryTimeoutMs(15 * SECOND)).toBe(5 * SECOND);
  });

  it("waits out a limit per minute once after a success, for all callers that meet it", () => {
    const clock = virtualClock();
    const patience = new Patience(clock, 55 * SECOND);
    patience.enter();
    patience.succeeded();
    clock.advance(SECOND);
    expect(patience.permits(60 * SECOND, true)).toBe(true);
    clock.advance(SECOND);
    expect(patience.permits(60 * SECOND, true)).toBe(true);
    clock.advance(61 * SECOND);
    expect(patience.isExhausted).toBe(false);
    expect(patience.permits(60 * SECOND, true)).toBe(false);
    patience.succeeded();
    expect(patience.permits(60 * SECOND, true)).toBe(true);
  });

  it.each([
    ["before any success", false, 60, true],
    ["when it is longer than 90 seconds", true, 91, true],
    ["when the provider did not ask for it", true, 60, false],
  ])("does not permit a long wait %s", (_name, hadSuccess, seconds, asked) => {
    const patience = new Patience(virtualClock());
    patience.enter();
    if (hadSuccess) patience.succeeded();
    expect(patience.permits(seconds * SECOND, asked)).toBe(false);
  });
});
