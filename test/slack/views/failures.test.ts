import { describe, expect, it } from "vitest";
import { decodeAttempts, decodeMore } from "../../../src/slack/button-values.ts";
import { failuresMessage } from "../../../src/slack/views/failures.ts";
import { buttonsOf, readBlocks } from "./read.ts";
import { ASK, coverage, failures, invocation, issue, issues, NOW } from "./sample.ts";

const FIRST_PAGE = { offset: 0 };

function read(answer: Parameters<typeof failuresMessage>[0], ask = ASK, page = FIRST_PAGE): string {
  return readBlocks(failuresMessage(answer, ask, page).blocks);
}

describe("failures, as a person reads them", () => {
  it("says what fails, since when, why, and what to do next", () => {
    const answer = failures({
      issues: [
        issue({
          count: 34,
          invocations: [
            invocation(),
            invocation({ id: "2", status: "circuit broken", statusCode: undefined }),
            invocation({ id: "3" }),
          ],
        }),
      ],
      totals: { failed: 34, pending: 2 },
    });
    expect(read(answer)).toBe(
      [
        "34 failed invocations in 1 issue · 2 pending",
        "Since 2026-11-20 06:00 UTC · as of 2026-11-21 06:00 UTC",
        "1. The receiver answered 503 Service Unavailable",
        "Jira sync · Zendesk",
        "34 failed",
        "first 2026-11-21 04:00 UTC · last 2026-11-21 05:31 UTC",
        "rising ▁▁▁▁▁▁▁▁▁▁▃▇",
        "Next: Ask the owner of jira.example.com whether it is down.",
        "2026-11-21 05:31 UTC · terminated · code 503",
        "2026-11-21 05:31 UTC · circuit broken · no code",
        "Why grouped?",
        "Show invocations",
        "<@U024BE7LH> asked:/hooks failures last 24htimes as in Europe/Berlin",
      ].join("\n"),
    );
  });

  it("offers the attempts of each invocation that it shows", () => {
    const { blocks } = failuresMessage(failures({ issues: issues(3) }), ASK, FIRST_PAGE);
    const ids = buttonsOf(blocks, "attempts").map((button) => decodeAttempts(button.value)?.id);
    expect(ids).toEqual(["inv-1", "inv-2", "inv-3"]);
  });

  it.each([
    [0, ["inv-1", "inv-2", "inv-3", "inv-4", "inv-5"], "Issues 1 to 5 of 12", 5],
    [5, ["inv-6", "inv-7", "inv-8", "inv-9", "inv-10"], "Issues 6 to 10 of 12", 10],
    [10, ["inv-11", "inv-12"], "Issues 11 to 12 of 12", undefined],
    [12, [], "No more issues: there are 12.", undefined],
  ])("shows five issues from %i on", (offset, ids, place, next) => {
    const { blocks } = failuresMessage(failures({ issues: issues(12) }), ASK, { offset });
    expect(buttonsOf(blocks, "attempts").map((button) => decodeAttempts(button.value)?.id)).toEqual(ids);
    expect(readBlocks(blocks)).toContain(place);
    const [more] = buttonsOf(blocks, "more");
    const value = { view: "failures", query: "last 24h", asOf: NOW, offset: next };
    expect(decodeMore(more?.value)).toEqual(next === undefined ? undefined : value);
  });

  it("says how to narrow a question that is too long for a More button", () => {
    const { blocks } = failuresMessage(
      failures({ issues: issues(12) }),
      { ...ASK, queryText: "x".repeat(2_500) },
      FIRST_PAGE,
    );
    expect(buttonsOf(blocks, "more")).toEqual([]);
    expect(readBlocks(blocks)).toContain("7 more not shown: your question is too long for a More button.");
  });

  it("puts what is unknown above the issues and says since when", () => {
    const missing = [{ from: new Date("2026-11-21T05:00:00Z"), to: NOW }];
    const gap = coverage({ state: "partial", missing, reason: "Zendesk refuses us: too many requests" });
    const text = read(failures({ coverage: [coverage({ webhookId: "other" }), gap] }));
    expect(text).toContain(
      ":warning: Not everything is known\nJira sync of Zendesk: partly unknown, since 2026-11-21 05:00 UTC. Zendesk refuses us: too many requests.",
    );
    expect(text.indexOf("Not everything")).toBeLessThan(text.indexOf("1. The receiver"));
    expect(text).toContain("At least 1 failed invocation in 1 issue");
  });

  it("tells of many webhooks with one reason in one line", () => {
    const gaps = Array.from({ length: 40 }, (_, index) =>
      coverage({
        webhookId: `w${index}`,
        webhookName: index === 0 ? "Mail" : `Jira ${index}`,
        state: "unknown",
        reason: "Zendesk is down.",
      }),
    );
    expect(read(failures({ coverage: gaps }))).toContain(
      "All 40 Zendesk webhooks asked about: unknown since 2026-11-20 06:00 UTC. Zendesk is down.",
    );
    const known = coverage({ webhookId: "w40", webhookName: "Known" });
    expect(read(failures({ coverage: [...gaps, known] }))).toContain(
      "Mail, Jira 1, Jira 2 and 37 more webhooks of Zendesk: unknown since 2026-11-20 06:00 UTC. Zendesk is down.",
    );
    expect(read(failures({ coverage: gaps.slice(0, 3) }))).toContain("Mail, Jira 1 and Jira 2 of Zendesk: unknown");
  });

  it("shows since when a provider fails in the reader's own zone", () => {
    const reason = "Zendesk answered 503, failing since 2026-11-21 05:12 UTC. Ask again in a few minutes.";
    const { blocks } = failuresMessage(failures({ coverage: [coverage({ state: "unknown", reason })] }), ASK, {
      offset: 0,
    });
    expect(readBlocks(blocks)).toContain(`Jira sync of Zendesk: unknown since 2026-11-20 06:00 UTC. ${reason}`);
    const timestamp = Date.parse("2026-11-21T05:12:00Z") / 1_000;
    expect(JSON.stringify(blocks)).toContain(`{"type":"date","timestamp":${timestamp},`);
  });

  it("keeps what qualifies the answer", () => {
    expect(read(failures({ notes: ["event: could not be applied."] }))).toContain("Note: event: could not be applied.");
  });
});

describe("no failures, as a person reads it", () => {
  const NONE = { issues: [] };
  const unknown = coverage({ webhookId: null, state: "unknown", reason: "Zendesk cannot be reached since 05:12 UTC" });
  const partial = coverage({
    state: "partial",
    missing: [{ from: new Date("2026-11-20T06:00:00Z"), to: new Date("2026-11-20T09:00:00Z") }],
  });

  it.each([
    [
      "all is known",
      failures(NONE),
      "No failed invocations\n",
      "was read for the whole of this time: no failed invocation matches.",
    ],
    [
      "some are pending",
      failures({ ...NONE, totals: { failed: 0, pending: 2 } }),
      "No failed invocations · 2 pending\n",
      "2 invocations may still fail.",
    ],
    [
      "a part is known",
      failures({ ...NONE, coverage: [partial] }),
      "No failed invocations in the part that is known\n",
      "partly unknown, 2026-11-20 06:00 UTC to 2026-11-20 09:00 UTC.",
    ],
    [
      "nothing is known",
      failures({ ...NONE, coverage: [unknown] }),
      "Unknown: the invocations could not be read\n",
      "Zendesk: unknown since 2026-11-20 06:00 UTC. Zendesk cannot be reached since 05:12 UTC.",
    ],
    [
      "there is no webhook",
      failures({ ...NONE, coverage: [] }),
      "Nothing to check: no webhook belongs to this question\n",
      "So this says nothing about whether invocations fail.",
    ],
  ])("when %s", (_when, answer, first, told) => {
    const text = read(answer);
    expect(text.startsWith(first)).toBe(true);
    expect(text).toContain(told);
  });

  it.each([
    ["a part", [partial]],
    ["all", [unknown]],
    ["a provider among two", [coverage(), { ...unknown, provider: "conductorone" }]],
  ])("is no all-clear when %s is unknown", (_what, known) => {
    const message = failuresMessage(failures({ ...NONE, coverage: known }), ASK, FIRST_PAGE);
    expect(readBlocks(message.blocks)).toContain("no all-clear");
    expect(message.text).toContain("Not everything is known of");
    expect(message.text).not.toMatch(/^No failed invocations,/);
  });
});

describe("the notification of failures", () => {
  it("holds the numbers, the window and the worst", () => {
    const { text } = failuresMessage(failures({ issues: issues(4) }), ASK, FIRST_PAGE);
    expect(text).toBe(
      "4 failed invocations in 4 issues, 2026-11-20 06:00 UTC to 2026-11-21 06:00 UTC. " +
        "Jira sync: The receiver answered 503 Service Unavailable (1, rising); Jira sync: The receiver answered 503 Service Unavailable (1, rising); and 2 other issues",
    );
  });
});
