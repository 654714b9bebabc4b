import { describe, expect, it } from "vitest";
import {
  type CoverageLimits,
  collectedUntil,
  coverageEntry,
  overallState,
  partsToRead,
  unknownParts,
} from "../../src/triage/coverage.ts";
import { windowOf } from "../../src/triage/window.ts";

const MINUTE = 60_000;
const limits: CoverageLimits = {
  now: new Date(100 * MINUTE),
  maxAgeMs: MINUTE,
  retainedFrom: new Date(10 * MINUTE),
};

function minutes(from: number, to: number) {
  return windowOf(from * MINUTE, to * MINUTE);
}

describe("what is still to be read", () => {
  it.each([
    ["all of it when nothing was collected", minutes(50, 100), [], [minutes(50, 100)]],
    ["nothing when all was collected", minutes(50, 100), [minutes(0, 100)], []],
    ["nothing when it was collected a moment ago", minutes(50, 100), [minutes(0, 99.5)], []],
    ["the newest part when that is too old", minutes(50, 100), [minutes(0, 90)], [minutes(90, 100)]],
    ["each gap", minutes(50, 100), [minutes(60, 70), minutes(80, 100)], [minutes(50, 60), minutes(70, 80)]],
    ["nothing before what the provider keeps", minutes(0, 100), [], [minutes(10, 100)]],
    ["nothing of a window that the provider has forgotten", minutes(0, 9), [], []],
    ["a short window that was never collected", minutes(99.5, 100), [], [minutes(99.5, 100)]],
    ["the end of a window in the past, however short", minutes(50, 60), [minutes(50, 59.5)], [minutes(59.5, 60)]],
  ])("is %s", (_, window, collected, expected) => {
    expect(partsToRead(window, collected, limits)).toEqual(expected);
  });
});

describe("what an answer must call unknown", () => {
  it("forgives up to five minutes before what the provider keeps", () => {
    expect(unknownParts(minutes(5, 100), [minutes(10, 100)], limits)).toEqual([]);
    expect(unknownParts(minutes(4.9, 100), [minutes(10, 100)], limits)).toEqual([minutes(4.9, 10)]);
  });

  it("does not forgive when nothing was read at all", () => {
    expect(unknownParts(minutes(5, 100), [], limits)).toEqual([minutes(5, 100)]);
  });
});

describe("a coverage entry", () => {
  const webhook = { provider: "zendesk", webhookId: "W1" };

  it.each([
    ["complete", []],
    ["partial", [minutes(50, 60)]],
    ["unknown", [minutes(50, 100)]],
  ])("is %s", (state, missing) => {
    const entry = coverageEntry(webhook, minutes(50, 100), missing, "why");
    expect(entry.state).toBe(state);
    expect(entry.reason).toBe(state === "complete" ? undefined : "why");
  });

  it("makes the whole answer partial when one webhook is unknown, and unknown when all are", () => {
    const complete = coverageEntry(webhook, minutes(50, 100), [], "");
    const unknown = coverageEntry(webhook, minutes(50, 100), [minutes(50, 100)], "down");
    expect(overallState([complete, complete])).toBe("complete");
    expect(overallState([complete, unknown])).toBe("partial");
    expect(overallState([unknown, unknown])).toBe("unknown");
  });
});

describe("as of when an answer is true", () => {
  it.each([
    ["the end of the window when all was collected", [minutes(50, 100)], 100],
    ["the last collection when that is fresh enough", [minutes(50, 99.5)], 99.5],
    ["not known when the end was not collected", [minutes(50, 90)], undefined],
  ])("is %s", (_, collected, expected) => {
    const until = collectedUntil(minutes(50, 100), collected, MINUTE);
    expect(until?.getTime()).toBe(expected === undefined ? undefined : expected * MINUTE);
  });
});
