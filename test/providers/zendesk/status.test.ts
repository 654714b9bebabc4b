import { describe, expect, it } from "vitest";
import { filterStatusFor, outcomeOf } from "../../../src/providers/zendesk/status.ts";

const AT = new Date("2026-11-21T12:00:00Z");

describe("Zendesk's statuses", () => {
  it.each([
    ["success", "succeeded"],
    ["Success", "succeeded"],
    ["throttled", "pending"],
    ["accepted", "pending"],
    ["unknown", "pending"],
    ["terminated", "failed"],
    ["circuit broken", "failed"],
    ["timeout", "failed"],
    ["client error", "failed"],
    ["server error", "failed"],
    ["failed", "failed"],
    ["a word of next year", "failed"],
    ["", "failed"],
  ])("%j stands for %s", (status, outcome) => {
    expect(outcomeOf(status, AT).outcome).toBe(outcome);
  });

  it("is pending for no longer than 15 minutes", () => {
    expect(outcomeOf("throttled", AT).pendingUntil).toEqual(new Date("2026-11-21T12:15:00Z"));
    expect(outcomeOf("success", AT).pendingUntil).toBeUndefined();
    expect(outcomeOf("accepted", undefined)).toEqual({ outcome: "pending" });
  });

  it.each([
    [["circuit broken"], "circuit broken"],
    [["Timeout"], "timeout"],
    [["terminated"], undefined],
    [["timeout", "failed"], undefined],
    [[], undefined],
    [undefined, undefined],
  ])("filters %j by %s", (statuses, filter) => {
    expect(filterStatusFor(statuses)).toBe(filter);
  });
});
