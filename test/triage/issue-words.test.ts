import { describe, expect, it } from "vitest";
import {
  breadthInWords,
  doubtInWords,
  doubtOf,
  evidenceInWords,
  evidenceOf,
  nextStepOf,
  tellingInWords,
} from "../../src/triage/issue-words.ts";

const CAUSE = {
  id: "http-503",
  category: "gateway",
  title: "The receiver answered 503",
  nextStep: "Check the service behind the proxy.",
  signature: "503",
} as const;

describe("what is said of an issue", () => {
  it.each([
    [{ count: 42, readCount: 42, assumedCount: 0 }, undefined],
    [{ count: 42, readCount: 0, assumedCount: 0 }, undefined],
    [{ count: 42, readCount: 6, assumedCount: 36 }, "6 read, the others look the same"],
    [{ count: 2, readCount: 1, assumedCount: 1 }, "1 read, the other looks the same"],
    [{ count: 42, readCount: 0, assumedCount: 42 }, "none read, they look like others that were"],
    [{ count: 0, readCount: 0, assumedCount: 3 }, "none read, they look like others that were"],
    [{ count: 42, readCount: 6, assumedCount: 30 }, "6 read, 30 look the same, 6 by status and code alone"],
    [{ count: 8, readCount: 6, assumedCount: 1 }, "6 read, 1 looks the same, 1 by status and code alone"],
    [{ count: 42, readCount: 6, assumedCount: 0 }, "6 read, 36 by status and code alone"],
    [
      { count: 5, readCount: 0, assumedCount: 3 },
      "none read: 3 look like others that were, 2 by status and code alone",
    ],
  ])("tells apart what is read, what is assumed and what a row alone tells: %j", (issue, told) => {
    expect(evidenceInWords(issue)).toBe(told);
  });

  it.each([
    [{ count: 399, readCount: 9, assumedCount: 390 }, "9 read, 390 assumed"],
    [{ count: 1, readCount: 1, assumedCount: 0 }, "1 read"],
    [{ count: 5, readCount: 0, assumedCount: 5 }, "none read, 5 assumed"],
    [{ count: 9, readCount: 1, assumedCount: 5 }, "1 read, 5 assumed, 3 by status and code alone"],
    [{ count: 9, readCount: 0, assumedCount: 0 }, "9 by status and code alone"],
  ])("says where how many of each cause is a guess: %j", (issue, told) => {
    expect(evidenceInWords({ ...issue, isGuessed: true })).toBe(
      `${told}; others that look the same were another cause: how many of each is a guess`,
    );
  });

  it("writes numbers as its reader does", () => {
    const issue = { count: 5_000, readCount: 3_500, assumedCount: 1_000 };
    expect(evidenceInWords(issue, (count) => `<${count}>`)).toBe(
      "<3500> read, <1000> look the same, <500> by status and code alone",
    );
  });

  it.each([
    [0, undefined],
    [1, undefined],
    [2, "same cause on 1 other webhook"],
    [30, "same cause on 29 other webhooks"],
    [Number.NaN, undefined],
  ])("names the other webhooks with the same cause: %d", (breadth, told) => {
    expect(breadthInWords({ breadth })).toBe(told);
  });

  it.each(["certain", "likely"] as const)("leaves no doubt where the cause is %s", (sureness) => {
    expect(doubtOf({ sureness }, "unread")).toBeUndefined();
    expect(nextStepOf({ ...CAUSE, sureness }, "unread", "Read them.")).toBe(CAUSE.nextStep);
  });

  it.each([
    ["read", "Not sure why: the attempts that were read do not say.", CAUSE.nextStep],
    ["silent", "Not sure why: what is known so far does not say.", CAUSE.nextStep],
    ["unread", "Why: its attempts are not read yet.", "Read them."],
  ] as const)(
    "tells what leaves a doubt from what is not read yet, and what helps then: %s",
    (evidence, told, step) => {
      const doubt = doubtOf({ sureness: "unsure" }, evidence);
      expect(doubt && doubtInWords(doubt)).toBe(told);
      expect(nextStepOf({ ...CAUSE, sureness: "unsure" }, evidence, "Read them.")).toBe(step);
    },
  );

  it.each([
    [{ isAssumed: false }, "unread"],
    [{ isAssumed: false, isRead: true }, "read"],
    [{ isAssumed: true }, "read"],
    [{ isAssumed: false, isSilent: true }, "silent"],
  ] as const)("knows what was read of one invocation: %j", (listed, evidence) => {
    expect(evidenceOf(listed)).toBe(evidence);
  });

  it.each([
    ["body", "In its response body this line told the cause:"],
    ["header", "In its response headers this line told the cause:"],
    ["error", "In its error text this line told the cause:"],
    ["code", undefined],
  ] as const)("says where the telling line stands: %s", (place, told) => {
    expect(tellingInWords({ place, text: "x" })).toBe(told);
  });
});
