import { describe, expect, it } from "vitest";
import { decodeWhyGrouped } from "../../../src/slack/button-values.ts";
import { failuresMessage } from "../../../src/slack/views/failures.ts";
import { buttonsOf, readBlocks } from "./read.ts";
import { ASK, CAUSE, coverage, failures, invocation, issue, issues, NOW, WINDOW, webhook } from "./sample.ts";

const FIRST_PAGE = { offset: 0 };

function read(answer: Parameters<typeof failuresMessage>[0], ask = ASK): string {
  return readBlocks(failuresMessage(answer, ask, FIRST_PAGE).blocks);
}

describe("an issue, as a person reads it", () => {
  it.each([
    ["last 24h", "1,200 failed invocations in 1 issue\n"],
    ["cause:http-503 last 24h", "≈ 1,200 failed invocations in 1 issue\n"],
    ["-cause:timeout last 24h", "≈ 1,200 failed invocations in 1 issue\n"],
  ])("marks an estimate where it is one: %s", (queryText, headline) => {
    const estimate = issue({ count: 1_200, readCount: 6, assumedCount: 1_194, estimated: true });
    const text = read(failures({ issues: [estimate] }), { ...ASK, queryText });
    expect(text.startsWith(headline)).toBe(true);
    expect(text).toContain("\n≈ 1,200 failed · 6 read, the others look the same\n");
  });

  it("says in plain words that nobody can be sure of a cause", () => {
    const unsure = issue({ cause: { ...CAUSE, sureness: "unsure" } });
    expect(read(failures({ issues: [unsure] }))).toContain("\nNot sure why: the attempts that were read do not say.\n");
    const silent = { ...unsure, readCount: 0, isSilent: true };
    expect(read(failures({ issues: [silent] }))).toContain("\nNot sure why: what is known so far does not say.\n");
    expect(read(failures({ issues: [unsure, silent] }))).not.toContain("Press Attempts");
    expect(read(failures({ issues: [issue()] }))).not.toContain("Not sure");
  });

  it("does not call unknown what nobody has looked at yet, and says how to look", () => {
    const unread = issue({ cause: { ...CAUSE, sureness: "unsure" }, readCount: 0 });
    const text = read(failures({ issues: [unread] }));
    expect(text).toContain("\nWhy: its attempts are not read yet.\n");
    expect(text).toContain("\nNext: Press Attempts below: that reads why it failed.\n");
    expect(text).not.toMatch(/Not sure|jira\.example\.com/);
  });

  it("says how it went, in words and in bars, and never more than what was read", () => {
    const lastSeenAt = new Date("2026-11-21T03:49:30Z");
    const over = issue({ isOngoing: false, lastSeenAt, trend: [0, 0, 9, 1, 0, 0, 0, 0, 0, 0, 1, 0] });
    expect(read(failures({ issues: [over] }))).toContain("\nnone for 2 h 10 min ▁▁▇▂▁▁▁▁▁▁▂▁\n");
    const gap = coverage({ state: "partial", missing: [{ from: new Date("2026-11-21T05:00:00Z"), to: NOW }] });
    const told = read(failures({ issues: [over], coverage: [gap] }));
    expect(told).toContain("\nnone known for 2 h 10 min, dots were not read ▁▁▇▂▁▁▁▁▁▁▂·\n");
  });

  it.each([
    ["once", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], "", []],
    ["evenly", [5, 6, 4, 5, 7, 5, 5, 4, 6, 5, 7, 5], " · steady", []],
    ["steadily, not evenly", [5, 6, 1, 5, 7, 5, 5, 4, 6, 5, 7, 5], "", ["steady ▆▇▂▆▇▆▆▅▇▆▇▆"]],
    ["on and off", [4, 0, 0, 4, 0, 0, 4, 0, 0, 4, 0, 0], "", ["on and off ▇▁▁▇▁▁▇▁▁▇▁▁"]],
  ])("has a line for how it went only where bars say more: it failed %s", (_how, trend, course, lineOfBars) => {
    const lines = read(failures({ issues: [issue({ trend })] })).split("\n");
    const seen = lines.findIndex((each) => each.startsWith("first "));
    const next = lines.findIndex((each) => each.startsWith("Next: "));
    expect(lines.slice(seen, next)).toEqual([
      `first 2026-11-21 04:00 UTC · last 2026-11-21 05:31 UTC${course}`,
      ...lineOfBars,
    ]);
  });

  it("says so of a single failure in a time of which a part was not read", () => {
    const gap = coverage({ state: "partial", missing: [{ from: WINDOW.from, to: new Date("2026-11-20T10:00:00Z") }] });
    const single = issue({ trend: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1] });
    expect(read(failures({ issues: [single], coverage: [gap] }))).toContain(
      "\nonce, dots were not read ··▁▁▁▁▁▁▁▁▁▇\n",
    );
  });

  it("says on how many other webhooks the same cause is found", () => {
    expect(read(failures({ issues: [issue({ breadth: 3 })] }))).toContain(
      "\nJira sync · Zendesk · same cause on 2 other webhooks\n",
    );
  });

  it("says in which order several issues stand", () => {
    const order =
      "Worst first: still failing in the last hour, then the most failures, then the most webhooks with the same cause.";
    expect(read(failures({ issues: issues(2) }))).toContain(`\nWhy grouped?\n${order}\n<@`);
    expect(read(failures({ issues: issues(6) }))).toContain(`\n${order}\nShow invocations\n<@`);
    expect(read(failures({ issues: issues(1) }))).not.toContain("Worst first");
  });

  it("offers to say why each issue is one, in the window of the answer", () => {
    const { blocks } = failuresMessage(failures({ issues: issues(2) }), ASK, FIRST_PAGE);
    const buttons = buttonsOf(blocks, "why-grouped");
    expect(buttons.map(({ value }) => decodeWhyGrouped(value))).toEqual(
      ["issue-1", "issue-2"].map((issueId) => ({
        provider: "zendesk",
        webhookId: "01WEB",
        issueId,
        window: WINDOW,
        terms: "",
      })),
    );
    expect(buttons[0]?.accessibility_label).toBe("Why grouped? Jira sync: The receiver answered 503 Service…");
  });

  it("asks why each issue is one with the terms that left out a part of it", () => {
    const ask = { ...ASK, queryText: 'webhook:"Jira sync" code:5xx cause:timeout -event:"a b" from x to y' };
    const { blocks } = failuresMessage(failures(), ask, FIRST_PAGE);
    const [why] = buttonsOf(blocks, "why-grouped");
    expect(decodeWhyGrouped(why?.value)?.terms).toBe('code:5xx -event:"a b"');
  });

  it.each([
    ["with two invocations each", {}, 10],
    ["with the latest invocation each where two have no room", { source: { kind: "provisionStep", ref: "2mqT1" } }, 5],
  ])("has room for five issues with much to say, %s", (_how, changes, attempts) => {
    const ids = ["01M7YZ00000000000000000001", "01M7YZ00000000000000000002"];
    const page = `https://acme.conductor.one/task/${"x".repeat(100)}`;
    const long = issue({
      webhook: webhook({ id: "01KJ1RA0000000000000000000", name: "Order notifications to warehouse EU-west" }),
      cause: { ...CAUSE, sureness: "unsure", title: "t".repeat(100), nextStep: "n".repeat(220) },
      count: 1_234,
      readCount: 34,
      assumedCount: 1_200,
      estimated: true,
      breadth: 4,
      invocations: ids.map((id) => invocation({ webhookId: "01KJ1RA0000000000000000000", id, ...changes })),
      ...("source" in changes && { sourceUrls: new Map(ids.map((id) => [id, page])) }),
    });
    const { blocks } = failuresMessage(failures({ issues: Array.from({ length: 6 }, () => long) }), ASK, FIRST_PAGE);
    expect(buttonsOf(blocks, "why-grouped")).toHaveLength(5);
    expect(buttonsOf(blocks, "attempts")).toHaveLength(attempts);
  });

  it("names the state of an issue that is not simply open", () => {
    expect(read(failures({ issues: [issue({ state: "regressed" })] }))).toContain(
      "\nJira sync · Zendesk · regressed\n",
    );
  });

  it("calls a webhook without a readable name by its id", () => {
    expect(read(failures({ issues: [issue({ webhook: webhook({ name: "\u200B" }) })] }))).toContain(
      "\nwebhook 01WEB · ",
    );
  });
});
