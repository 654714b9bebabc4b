import { describe, expect, it } from "vitest";
import { type Coverage, coverageEntry } from "../../src/triage/coverage.ts";
import { readUntil, withBackgroundRead, withoutFreshEnds, withoutReasonForEnds } from "../../src/triage/read-until.ts";

const WINDOW = { from: at(0), to: at(24) };
const TEN_MINUTES_MS = 10 * 60_000;

/** So many hours into the window. */
function at(hours: number): Date {
  return new Date(Date.UTC(2026, 10, 20) + hours * 60 * 60_000);
}

/** Coverage of a webhook of which these parts were not read. */
function missing(...parts: [number, number][]): Coverage {
  const gaps = parts.map(([from, to]) => ({ from: at(from), to: at(to) }));
  return coverageEntry({ provider: "zendesk", webhookId: "w" }, WINDOW, gaps, "This part was not collected.");
}

const NO_LIST: Coverage = { ...missing([0, 24]), webhookId: null };
const DELETED: Coverage = coverageEntry({ provider: "zendesk", webhookId: "d" }, { from: at(0), to: at(9) }, [], "");

describe("until when a provider was read whole", () => {
  it.each<[string, Coverage[], ReturnType<typeof readUntil>]>([
    ["nothing is known", [], { whole: 0, of: 0 }],
    ["even the list is unknown", [NO_LIST], { whole: 0, of: 0 }],
    ["all was read to the end", [missing(), missing()], { whole: 2, of: 2, until: at(24) }],
    ["nothing was read", [missing([0, 24])], { whole: 0, of: 1 }],
    ["the end was not read", [missing([20, 24]), missing([20.1, 24])], { whole: 2, of: 2, until: at(20) }],
    ["one is far behind", [missing([20, 24]), missing([9, 24])], { whole: 1, of: 2, until: at(20) }],
    ["one has a gap before", [missing([20, 24]), missing([0, 1])], { whole: 1, of: 2, until: at(20) }],
    ["one has two gaps", [missing([1, 2], [20, 24])], { whole: 0, of: 1 }],
    ["one was deleted", [missing([20, 24]), DELETED], { whole: 1, of: 1, until: at(20) }],
  ])("is told where %s", (_name, coverage, told) => {
    expect(readUntil(coverage, WINDOW)).toEqual(told);
  });
});

describe("an end that was not read", () => {
  it("is no gap for some minutes", () => {
    const [entry] = withoutFreshEnds([missing([23.9, 24])], TEN_MINUTES_MS);
    expect(entry).toEqual(missing());
  });

  it.each([[missing([23.5, 24])], [missing([0, 24])], [missing([1, 2], [23.9, 24])], [NO_LIST]])(
    "stays one otherwise (%#)",
    (entry) => {
      expect(withoutFreshEnds([entry], TEN_MINUTES_MS)).toEqual([entry]);
    },
  );

  it("needs no reason where its provider is known to fail, and other gaps keep their own", () => {
    const told = withoutReasonForEnds([missing([20, 24]), missing([0, 1]), missing(), DELETED], WINDOW);
    expect(told.map(({ reason }) => reason)).toEqual([undefined, "This part was not collected.", undefined, undefined]);
  });
});

describe("what is being read in the background", () => {
  it("is told with how many webhooks are read, save where nobody reads", () => {
    const failing = { ...missing([0, 24]), webhookId: "f" };
    const told = withBackgroundRead(
      [missing([0, 20]), missing(), failing, DELETED, NO_LIST],
      WINDOW,
      ({ webhookId }) => webhookId !== "f",
    );
    expect(told.map(({ reason }) => reason)).toEqual([
      "Being read in the background: 1 of 3 webhooks so far.",
      undefined,
      "This part was not collected.",
      undefined,
      "This part was not collected.",
    ]);
  });
});
