import { describe, expect, it } from "vitest";
import { decodeAttempts, decodeMore } from "../../../src/slack/button-values.ts";
import { type DigestFrame, digestMessage } from "../../../src/slack/views/digest.ts";
import { buttonsOf, readBlocks } from "./read.ts";
import { coverage, failures, invocation, issue, NOW } from "./sample.ts";

const QUERY = 'webhook:"Jira sync" from 2026-11-20T06:00:00Z to 2026-11-21T06:00:00Z';
const FRAME: DigestFrame = {
  kind: "scheduled",
  terms: 'webhook:"Jira sync"',
  queryText: QUERY,
  schedule: { days: "weekdays", minuteOfDay: 540, timeZone: "Europe/Berlin" },
  number: 2,
};
const SMALL_PRINT = 'every weekday at 09:00 (Europe/Berlin) · webhook:"Jira sync" · /hooks digest off 2 ends it';
const NONE = { issues: [] };
const UNKNOWN = coverage({ state: "unknown", reason: "Zendesk cannot be reached" });
const PARTIAL = coverage({ state: "partial", missing: [{ from: new Date("2026-11-21T05:00:00Z"), to: NOW }] });

function read(answer: Parameters<typeof digestMessage>[0], changes: Partial<DigestFrame> = {}): string {
  return readBlocks(digestMessage(answer, { ...FRAME, ...changes }).blocks);
}

describe("a digest, as a person reads it", () => {
  it("says what failed, worst first, and what it is a digest of", () => {
    const answer = failures({ issues: [issue({ count: 14 })], totals: { failed: 14, pending: 2 } });
    expect(read(answer)).toBe(
      [
        "Daily digest: 14 failed invocations in 1 issue · 2 pending",
        "Since 2026-11-20 06:00 UTC · as of 2026-11-21 06:00 UTC",
        "1. The receiver answered 503 Service Unavailable",
        "Jira sync · Zendesk",
        "14 failed",
        "first 2026-11-21 04:00 UTC · last 2026-11-21 05:31 UTC",
        "rising ▁▁▁▁▁▁▁▁▁▁▃▇",
        "Next: Ask the owner of jira.example.com whether it is down.",
        "2026-11-21 05:31 UTC · terminated · code 503",
        "Why grouped?",
        "Show invocations",
        SMALL_PRINT,
      ].join("\n"),
    );
  });

  it("shows five issues with the attempts of two invocations each, and goes on with the same window", () => {
    const three = ["a", "b", "c"].map((id) => invocation({ id }));
    const issues = Array.from({ length: 7 }, () => issue({ invocations: three }));
    const { blocks } = digestMessage(failures({ issues }), FRAME);
    expect(buttonsOf(blocks, "attempts").map(({ value }) => decodeAttempts(value)?.id)).toEqual(
      Array.from({ length: 5 }, () => ["a", "b"]).flat(),
    );
    const [more] = buttonsOf(blocks, "more");
    expect(decodeMore(more?.value)).toEqual({ view: "failures", query: QUERY, asOf: NOW, offset: 5 });
  });

  it("is one line when all is clear", () => {
    expect(read(failures(NONE))).toBe(
      ["All clear: no failed invocations. Since 2026-11-20 06:00 UTC · as of 2026-11-21 06:00 UTC", SMALL_PRINT].join(
        "\n",
      ),
    );
  });

  it.each<[string, Parameters<typeof failures>[0], string, string]>([
    [
      "may still fail",
      { ...NONE, totals: { failed: 0, pending: 3 } },
      "Daily digest: no failed invocations · 3 pending\n",
      "3 invocations may still fail: this is no all-clear yet.",
    ],
    [
      "is partly unknown",
      { ...NONE, coverage: [PARTIAL] },
      "Daily digest: no failed invocations in the part that is known\n",
      "The rest may hold failures: this is no all-clear.",
    ],
    [
      "is unknown",
      { ...NONE, coverage: [UNKNOWN] },
      "Unknown: the invocations could not be read\n",
      `This is no all-clear.\n:warning: Not everything is known\nJira sync of Zendesk: unknown since 2026-11-20 06:00 UTC. Zendesk cannot be reached.\nAsk again: /hooks failures from 2026-11-20 07:00 to 2026-11-21 07:00 in Europe/Berlin webhook:"Jira sync"`,
    ],
    [
      "cannot be there",
      { ...NONE, coverage: [] },
      "Nothing to check: ",
      "says nothing about whether invocations fail.",
    ],
    [
      "failed, as far as is known",
      { coverage: [PARTIAL] },
      "Daily digest: at least 1 failed invocation in 1 issue\n",
      "",
    ],
  ])("is no all-clear when something %s", (_, answer, first, told) => {
    const text = read(failures(answer));
    expect(text.startsWith(first)).toBe(true);
    expect(text).toContain(told);
    expect(text).not.toContain("All clear");
  });

  it.each<[string, Partial<DigestFrame>, string]>([
    [
      "is late",
      { late: { dueAt: new Date("2026-11-21T08:00:00Z"), byMs: 125 * 60_000 } },
      "Due 2026-11-21 08:00 UTC, posted 2 h 5 min late: it could not be posted in time.",
    ],
    ["may be a repeat", { mayBeRepeat: true }, "This may be a repeat: the bot was cut off while it posted"],
    [
      "follows on a gap",
      { missed: { from: new Date("2026-11-18T06:00:00Z"), to: new Date("2026-11-20T06:00:00Z") } },
      "No digest told of the time before: 2026-11-18 06:00 UTC to 2026-11-20 06:00 UTC\nSee it with /hooks failures from 2026-11-18 07:00 to 2026-11-20 07:00 in Europe/Berlin",
    ],
    [
      "is a preview",
      { kind: "preview", askedBy: "W1" },
      "Preview that only you see: the channel gets its digest every weekday at 09:00 (Europe/Berlin).",
    ],
  ])("says that it %s, also when all is clear", (_, changes, told) => {
    expect(read(failures(), changes)).toContain(told);
    expect(read(failures(NONE), changes)).toContain(told);
  });

  it.each<[string, Partial<DigestFrame>, string]>([
    ["a digest of everything", { terms: "" }, "(Europe/Berlin) · everything that fails · /hooks digest off 2"],
    ["one that was asked for now", { kind: "now", askedBy: "W1" }, "· asked by <@W1> · /hooks digest off 2 ends it"],
    [
      "a channel without one",
      { kind: "now", askedBy: "W1", terms: "", schedule: undefined, number: undefined },
      "\neverything that fails · asked by <@W1>",
    ],
    ["another name of the command", { command: "/wh" }, "/wh digest off 2 ends it"],
  ])("says in small print what it is: %s", (_, changes, told) => {
    expect(read(failures(), changes)).toContain(told);
  });

  it.each([
    ["weekly", { days: 1 as const, minuteOfDay: 540, timeZone: "UTC" }, "Weekly digest: 1 failed"],
    ["of no schedule", undefined, "Digest: 1 failed"],
  ])("has a name of its own when it is %s", (_, schedule, first) => {
    expect(read(failures(), { schedule })).toMatch(new RegExp(`^${first}`));
  });

  it("says absolutely of which time no digest told", () => {
    const missed = { from: new Date("2026-11-18T06:00:00Z"), to: new Date("2026-11-20T06:00:00Z") };
    const told = JSON.stringify(digestMessage(failures(NONE), { ...FRAME, missed }).blocks);
    const formats = [...told.matchAll(/"format":"([^"]+)"/g)].map((match) => match[1]);
    expect(formats).toEqual(Array(4).fill("\u200b{date_short} {time}"));
  });

  it.each([
    ["that fits", 298, (terms: string) => ` ${terms}`],
    ["that just does not", 299, () => " with the terms of this digest"],
  ])("asks again with its terms only in a command %s: of %d characters", (_how, length, rest) => {
    const range = "/hooks failures from 2026-11-20 07:00 to 2026-11-21 07:00 in Europe/Berlin";
    const terms = `webhook:${"x".repeat(length - range.length - " webhook:".length)}`;
    const text = read(failures({ ...NONE, coverage: [UNKNOWN] }), { terms });
    expect(text.split("\n")).toContain(`Ask again: ${range}${rest(terms)}`);
  });

  it("asks again for everything where it has no terms", () => {
    expect(read(failures({ ...NONE, coverage: [UNKNOWN] }), { terms: "" }).split("\n")).toContain(
      "Ask again: /hooks failures from 2026-11-20 07:00 to 2026-11-21 07:00 in Europe/Berlin",
    );
  });

  it("says plainly that its terms mean nothing any more, and how to mend that", () => {
    const trouble = { kind: "unmatched" as const, what: 'No webhook matches webhook:"Jira sync" any more' };
    expect(read(failures({ ...NONE, coverage: [] }), { trouble })).toBe(
      [
        "No all-clear: this digest's terms match nothing",
        "Since 2026-11-20 06:00 UTC · as of 2026-11-21 06:00 UTC",
        ':warning: No webhook matches webhook:"Jira sync" any more. This is no all-clear.',
        "/hooks digest off 2 ends this digest, /hooks digest sets up another.",
        SMALL_PRINT,
      ].join("\n"),
    );
  });

  it("tells of failures all the same when some of its terms mean nothing any more", () => {
    const trouble = { kind: "partly" as const, what: 'No webhook matches webhook:"Old" any more' };
    const text = read(failures(), { trouble });
    expect(text).toMatch(/^Daily digest: 1 failed invocation in 1 issue\n/);
    expect(text).toContain('webhook:"Old" any more.\n');
  });

  it("calls nothing matched that could not be read", () => {
    const trouble = { kind: "unmatched" as const, what: "No invocation has the status" };
    expect(read(failures({ ...NONE, coverage: [UNKNOWN] }), { trouble })).toMatch(/^Unknown: /);
  });
});

describe("the notification of a digest", () => {
  it("says the numbers, that it is late, and the worst", () => {
    const late = { dueAt: new Date("2026-11-21T06:00:00Z"), byMs: 3_600_000 };
    expect(digestMessage(failures(), { ...FRAME, late }).text).toBe(
      "Daily digest: 1 failed invocation in 1 issue, 2026-11-20 06:00 UTC to 2026-11-21 06:00 UTC. Due 2026-11-21 06:00 UTC, posted late. " +
        "Jira sync: The receiver answered 503 Service Unavailable (1, rising)",
    );
  });
});
