import { describe, expect, it } from "vitest";
import { decodeAttempts } from "../../../src/slack/button-values.ts";
import { nothingGroupedMessage, whyGroupedMessage } from "../../../src/slack/views/why-grouped.ts";
import type { WhyGrouped } from "../../../src/triage/why-grouped.ts";
import { buttonsOf, readBlocks } from "./read.ts";
import { expectSafe } from "./safe.ts";
import { CAUSE, invocation, WINDOW, whyGrouped } from "./sample.ts";

const FRAME = { window: WINDOW, terms: "" };

function read(changes: Partial<WhyGrouped> = {}, terms: string | undefined = ""): string {
  return readBlocks(whyGroupedMessage(whyGrouped(changes), { ...FRAME, terms }).blocks);
}

describe("why failed invocations are one issue, as a person reads it", () => {
  it("says what they share, what was masked, how many were read, and shows some", () => {
    const members = [
      { invocation: invocation(), isRead: true, isAssumed: false, telling: "upstream is down, request 7f3a-11" },
      { invocation: invocation({ id: "2", statusCode: undefined }), isRead: false, isAssumed: true },
    ];
    const regrouped = [{ fromCauseId: "http-503", at: new Date("2026-11-21T03:00:00Z"), fromRules: 1 }];
    expect(read({ members, readCount: 6, assumedCount: 36, regrouped })).toBe(
      [
        "Why grouped: Jira sync",
        "The receiver answered 503 Service Unavailable",
        "Jira sync · Zendesk · 2026-11-20 06:00 UTC to 2026-11-21 06:00 UTC",
        "Likely: it follows from what was said.",
        "They are one issue because of the same webhook and the same signature:",
        "503 upstream is down",
        "Masked, since it varies without making another cause:",
        "• id, such as 7f3a-11",
        "6 read, 36 assumed (same webhook, status and code, nearest in time); 2 of them:",
        "2026-11-21 05:31 UTC · terminated · code 503",
        "upstream is down, request 7f3a-11",
        "2026-11-21 05:31 UTC · terminated · no code · assumed",
        "Grouped by version 2 of the rules.",
        "Until 2026-11-21 03:00 UTC, by version 1, some were http-503.",
        "Cause: http-503",
      ].join("\n"),
    );
  });

  it.each([
    [{ readCount: 1, assumedCount: 0 }, "\n1 read, none assumed:\n"],
    [{ readCount: 3_000, assumedCount: 0 }, "\n3,000 read, none assumed; 1 of them:\n"],
    [
      { readCount: 2, assumedCount: 1 },
      "\n2 read, 1 assumed (same webhook, status and code, nearest in time); 1 of them:",
    ],
    [{ readCount: 0, assumedCount: 4 }, "\nNone read, 4 assumed (same webhook"],
    [
      { readCount: 0, assumedCount: 0, rowCount: 1 },
      "\nThe status and the code of their rows alone make them one issue:\n",
    ],
    [
      { readCount: 0, assumedCount: 0, rowCount: 40 },
      "\nThe status and the code of their rows alone make them one issue; 1 of them:\n",
    ],
    [
      { readCount: 6, assumedCount: 0, rowCount: 3 },
      "\n6 read, none assumed, 3 by status and code alone; 1 of them:\n",
    ],
    [
      { readCount: 0, assumedCount: 4, rowCount: 2 },
      "\nNone read, 4 assumed (same webhook, status and code, nearest in time), 2 by status and code alone; 1 of",
    ],
    [{ masked: [] }, "\nNothing was masked in this signature.\n"],
    [
      { masked: [], cause: { ...CAUSE, signature: "Postgres deadlock at <time>" } },
      "\nMasked, since it varies without making another cause: what stands in <> above.\n",
    ],
  ])("counts what is read and what is assumed: %j", (changes, told) => {
    expect(read(changes)).toContain(told);
  });

  it("says of which part of the failures the counts are", () => {
    const time = "2026-11-21 06:00 UTC";
    expect(read()).toContain(`${time}\nLikely: `);
    expect(read({}, "code:5xx -event:ticket.*")).toContain(
      `${time}\nOf these only, as the question had it: code:5xx -event:ticket.*\nLikely: `,
    );
    const { blocks } = whyGroupedMessage(whyGrouped(), { window: WINDOW });
    expect(readBlocks(blocks)).toContain(`${time}\nAll of it in this time, whatever the terms of the question`);
  });

  it("marks each member that was not read with how it is known", () => {
    const members = [
      { invocation: invocation(), isRead: true, isAssumed: false },
      { invocation: invocation({ id: "2" }), isRead: false, isAssumed: true },
      { invocation: invocation({ id: "3" }), isRead: false, isAssumed: false },
    ];
    const row = "2026-11-21 05:31 UTC · terminated · code 503";
    expect(read({ members, readCount: 1, assumedCount: 1, rowCount: 1 })).toContain(
      `\n${row}\n${row} · assumed\n${row} · by status and code alone\n`,
    );
  });

  it("does not repeat what the member before said already", () => {
    const say = (id: string, telling?: string) => ({
      invocation: invocation({ id }),
      isRead: true,
      isAssumed: false,
      ...(telling !== undefined && { telling }),
    });
    const members = [
      say("a", "down"),
      say("b", "down"),
      say("c", "up"),
      say("d", "down"),
      say("e"),
      say("f", "\u200b"),
    ];
    const row = "2026-11-21 05:31 UTC · terminated · code 503";
    expect(read({ members, readCount: 6 })).toContain(
      `\n${row}\ndown\n${row} · same line as above\n${row}\nup\n${row}\ndown\n${row}\n${row}\nGrouped by`,
    );
  });

  it.each([
    ["certain", "Certain: "],
    ["likely", "Likely: "],
    ["unsure", "Not sure why: "],
  ] as const)("says how sure it is, in words: %s", (sureness, told) => {
    const text = read({ cause: { ...CAUSE, sureness } });
    expect(text).toContain(`\n${told}`);
    expect(text).not.toContain("%");
  });

  it("offers the attempts of each member", () => {
    const members = ["a", "b"].map((id) => ({ invocation: invocation({ id }), isRead: true, isAssumed: false }));
    const { blocks } = whyGroupedMessage(whyGrouped({ members }), FRAME);
    expect(buttonsOf(blocks, "attempts").map(({ value }) => decodeAttempts(value)?.id)).toEqual(["a", "b"]);
  });

  it("shows what is from outside as it came, where nothing in it comes alive", () => {
    const hostile = "<!channel> *bold* `code` :fire: <https://evil.example|x>\u202E";
    const message = whyGroupedMessage(
      whyGrouped({
        cause: { ...CAUSE, title: hostile, signature: hostile, id: hostile },
        masked: [{ kind: hostile, example: hostile }],
        members: [{ invocation: invocation({ status: hostile }), isRead: true, isAssumed: false, telling: hostile }],
      }),
      FRAME,
    );
    expectSafe(message);
    const quotes = message.blocks
      .flatMap((block) => (block.type === "rich_text" ? block.elements : []))
      .filter(({ type }) => type === "rich_text_preformatted");
    expect(quotes).toHaveLength(2);
    expect(JSON.stringify(quotes)).toContain("*bold* `code` :fire:");
  });

  it("falls back to the cause's id where a signature shows nothing", () => {
    expect(read({ cause: { ...CAUSE, signature: "\u200B" } })).toContain("the same signature:\nhttp-503\n");
  });

  it("shows some of many kinds and changes, and says how many more there are", () => {
    const masked = Array.from({ length: 20 }, (_, index) => ({ kind: `kind ${index}`, example: "x" }));
    const regrouped = Array.from({ length: 7 }, () => ({ fromCauseId: "a", at: WINDOW.from, fromRules: 1 }));
    const text = read({ masked, regrouped });
    expect(text).toContain("• and 5 more kinds");
    expect(text).toContain("2 more changes not shown.");
  });

  it("of which nothing is kept any more says so, and what to do", () => {
    const message = nothingGroupedMessage();
    expectSafe(message);
    expect(readBlocks(message.blocks)).toContain("Ask again with /hooks failures");
  });
});
