import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DigestContext, parseDigest } from "../../../src/triage/digest/parse-digest.ts";
import { formatSchedule } from "../../../src/triage/digest/schedule.ts";
import { formatTerms } from "../../../src/triage/format-query.ts";
import { parseTerms } from "../../../src/triage/parse-query.ts";
import { ianaName } from "../../../src/triage/time-zone.ts";
import { anySchedule } from "./schedules.ts";

const CONTEXT: DigestContext = {
  now: new Date("2026-11-21T11:00:00Z"),
  timeZone: "Europe/Berlin",
  providers: ["zendesk", "conductorone"],
};

const piece = fc.oneof(
  fc.constantFrom("daily", "weekly", "weekdays", "every", "each", "day", "week", "on", "at", "@", "in", "and", "the"),
  fc.constantFrom(
    "monday",
    "mon",
    "friday",
    "9",
    "09:00",
    "25:00",
    "9pm",
    "am",
    "noon",
    "0930",
    "30",
    "o’clock",
    "24:00",
  ),
  fc.constantFrom(
    "Berlin",
    "new",
    "york",
    "Europe/Berlin",
    "Europe/Zork",
    "UTC",
    "+02:00",
    "PDT",
    "last",
    "24h",
    "since",
  ),
  fc.constantFrom("list", "now", "preview", "off", "2", "0", "#1", "dayly", "mondy", "wekdays", "stop", "constructor"),
  fc.constantFrom(
    "provider:zendesk",
    "code:5xx",
    "-state:open",
    'webhook:"Jira sync"',
    "all-clear:silent",
    "all-clear:",
  ),
  fc.constantFrom("foo:", "in:", "at:9", "“", '"', "'", "\\", ":", "-", ",", "Jira", "__proto__:x"),
  fc.string({ unit: "grapheme", maxLength: 8 }),
);
const text = fc.oneof(
  fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(" ")),
  fc.array(piece, { maxLength: 12 }).map((pieces) => ["daily at 9", ...pieces].join(" ")),
  fc.string({ unit: "binary", maxLength: 300 }),
);
const zone = fc.constantFrom("Europe/Berlin", "Asia/Kolkata", "us/pacific", "+02:00", "not a zone");

describe("any text behind digest", () => {
  it("is a command whose parts read back the same, or a short fault whose example and suggestion work", () => {
    fc.assert(
      fc.property(text, zone, (typed, timeZone) => {
        const context = { ...CONTEXT, timeZone };
        const parsed = parseDigest(typed, context);
        if (!parsed.ok) {
          const { what, understood = "", suggestion = "", example } = parsed.fault;
          expect(Math.max(...[what, understood, suggestion].map((line) => [...line].length))).toBeLessThan(300);
          const suggested = /^Did you mean digest (.*)\?$/.exec(suggestion)?.[1] ?? "list";
          for (const works of [example.replace(/^digest /, ""), suggested]) {
            expect(parseDigest(works, context)).toMatchObject({ ok: true });
          }
          return;
        }
        if (parsed.command.kind !== "subscribe") return;
        const { schedule, terms, allClear } = parsed.command.wish;
        expect(ianaName(schedule.timeZone)).toBe(schedule.timeZone);
        const again = parseDigest(`${formatSchedule(schedule)} all-clear:${allClear}`, context);
        const wish = { schedule, terms: "", allClear };
        expect(again).toEqual({ ok: true, command: { kind: "subscribe", wish } });
        const named = parseTerms(terms, context);
        expect(named.ok && formatTerms(named)).toBe(terms);
      }),
      { numRuns: 2000 },
    );
  });

  it("that was written from a schedule reads back the same", () => {
    fc.assert(
      fc.property(anySchedule, (schedule) => {
        const wish = { schedule, terms: "", allClear: "line" };
        expect(parseDigest(formatSchedule(schedule), CONTEXT)).toEqual({
          ok: true,
          command: { kind: "subscribe", wish },
        });
      }),
    );
  });

  it.each([
    ["many zones", "in a b c ".repeat(55)],
    ["many known zones", "in Berlin ".repeat(49)],
    ["many days", "every monday ".repeat(38)],
    ["many times", "at 9 ".repeat(99)],
    ["many time words", "daily at 9 since ".repeat(29)],
    ["many terms", "in: ".repeat(124)],
    ["100 kB", "daily at 9 in ".repeat(7000)],
  ])("is read within a moment: %s", (_, typed) => {
    const startedAt = performance.now();
    parseDigest(typed, CONTEXT);
    expect(performance.now() - startedAt).toBeLessThan(500);
  });
});
