import { describe, expect, it } from "vitest";
import { type DigestContext, parseDigest } from "../../../src/triage/digest/parse-digest.ts";
import { formatSchedule } from "../../../src/triage/digest/schedule.ts";

const CONTEXT: DigestContext = {
  now: new Date("2026-11-21T11:00:00Z"),
  timeZone: "Europe/Berlin",
  providers: ["zendesk", "conductorone"],
};

/** The digest that was understood, as it can be typed; without the zone where that is the asker's. */
function understood(text: string, context: Partial<DigestContext> = {}): string {
  const parsed = parseDigest(text, { ...CONTEXT, ...context });
  if (!parsed.ok) throw new Error(parsed.fault.what);
  if (parsed.command.kind !== "subscribe") throw new Error(`That was ${parsed.command.kind}.`);
  const { schedule, terms, allClear } = parsed.command.wish;
  const typed = formatSchedule(schedule).replace(" in Europe/Berlin", "");
  return [typed, terms, allClear === "line" ? "" : `all-clear:${allClear}`].filter((part) => part !== "").join(" ");
}

/** What a person sees of a text that was not understood. */
function seen(text: string): { fault: string; understood: string; example: string } {
  const parsed = parseDigest(text, CONTEXT);
  if (parsed.ok) throw new Error("That was understood.");
  const { what, suggestion, understood = "", example } = parsed.fault;
  return { fault: [what, suggestion].filter(Boolean).join(" "), understood, example };
}

describe("the schedule of a digest", () => {
  it.each([
    ["daily at 09:00", "daily at 09:00"],
    ["daily at 9", "daily at 09:00"],
    ["daily at 9.30", "daily at 09:30"],
    ["Daily At 9", "daily at 09:00"],
    ["daily 9", "daily at 09:00"],
    ["daily at 0930", "daily at 09:30"],
    ["daily at 9h30", "daily at 09:30"],
    ["daily at 9 am", "daily at 09:00"],
    ["daily at 9 p.m.", "daily at 21:00"],
    ["daily at 9 o’clock", "daily at 09:00"],
    ["daily at 9 o'clock pm", "daily at 21:00"],
    ["daily @ 9", "daily at 09:00"],
    ["at 9pm", "daily at 21:00"],
    ["at 12am", "daily at 00:00"],
    ["at noon", "daily at 12:00"],
    ["midnight", "daily at 00:00"],
    ["at 9", "daily at 09:00"],
    ["09:00", "daily at 09:00"],
    ["09:00 daily", "daily at 09:00"],
    ["every day at 9", "daily at 09:00"],
    ["everyday at 9", "daily at 09:00"],
    ["weekdays at 9", "weekdays at 09:00"],
    ["every weekday at 9", "weekdays at 09:00"],
    ["on weekdays at 9", "weekdays at 09:00"],
    ["mon-fri at 9", "weekdays at 09:00"],
    ["daily at 09:00 weekdays", "weekdays at 09:00"],
    ["Daily, at 9, weekdays", "weekdays at 09:00"],
    ["daily at 9 Jira weekdays", "weekdays at 09:00 Jira"],
    ["weekly on monday at 09:00", "weekly on monday at 09:00"],
    ["weekly on mon at 9", "weekly on monday at 09:00"],
    ["weekly monday 09:00", "weekly on monday at 09:00"],
    ["weekly at 9 on wed", "weekly on wednesday at 09:00"],
    ["every week on sunday at 9", "weekly on sunday at 09:00"],
    ["every monday at 9", "weekly on monday at 09:00"],
    ["mondays at 9", "weekly on monday at 09:00"],
    ["on Thurs at 9", "weekly on thursday at 09:00"],
    ["9 am tuesdays", "weekly on tuesday at 09:00"],
    ["  daily \t at\n9 ", "daily at 09:00"],
  ])("%s is %s", (text, expected) => {
    expect(understood(text)).toBe(expected);
  });
});

describe("zone, terms and all-clear of a digest", () => {
  it.each([
    [
      'daily at 09:00 weekdays in Europe/Paris provider:zendesk webhook:"Jira sync"',
      'weekdays at 09:00 in Europe/Paris provider:zendesk webhook:"Jira sync"',
    ],
    ["daily at 9 provider:zendesk in new york Jira", "daily at 09:00 in America/New_York provider:zendesk Jira"],
    ["daily at 9 Jira in America/New_York weekdays", "weekdays at 09:00 in America/New_York Jira"],
    ["in Asia/Kolkata daily at 9", "daily at 09:00 in Asia/Kolkata"],
    ["weekdays in Paris at 9", "weekdays at 09:00 in Europe/Paris"],
    ['daily at 9 in "New York"', "daily at 09:00 in America/New_York"],
    ["daily at 9 America/New_York", "daily at 09:00 in America/New_York"],
    ["daily at 9 UTC", "daily at 09:00 in UTC"],
    ["daily at 9 in us/pacific", "daily at 09:00 in America/Los_Angeles"],
    ["daily at 9 CET", "daily at 09:00 in Europe/Brussels"],
    ["daily at 9 in Paris in Europe/Paris", "daily at 09:00 in Europe/Paris"],
    ["daily at 9 all-clear:silent", "daily at 09:00 all-clear:silent"],
    ["all-clear:Silent daily at 9 code:5xx", "daily at 09:00 code:5xx all-clear:silent"],
    ["daily at 9 all-clear:line", "daily at 09:00"],
    ["provider:zendesk daily at 9", "daily at 09:00 provider:zendesk"],
    [
      'daily at 9 "monday" -"in Berlin" "last 24h"',
      'daily at 09:00 "monday" -"in Berlin" "last 24h"'.replace('"monday"', "monday"),
    ],
    ["daily at 9 on-call a/b", 'daily at 09:00 on-call "a/b"'],
    ["daily at 9 webhook:“Jira sync”", 'daily at 09:00 webhook:"Jira sync"'],
  ])("%s is %s", (text, expected) => {
    expect(understood(text)).toBe(expected);
  });

  it.each([
    ["Asia/Kathmandu", "Asia/Kathmandu"],
    ["us/pacific", "America/Los_Angeles"],
    ["+02:00", "UTC"],
    ["not a zone", "UTC"],
  ])("without a zone have that of the asker, by its IANA name: %s is %s", (timeZone, zone) => {
    expect(understood("daily at 9", { timeZone })).toBe(`daily at 09:00 in ${zone}`);
  });
});

describe("the other commands of digests", () => {
  it.each([
    ["", { kind: "form" }],
    ["  ", { kind: "form" }],
    ["list", { kind: "list" }],
    ["LIST", { kind: "list" }],
    ["now", { kind: "now" }],
    ["now 2", { kind: "now", number: 2 }],
    ["preview", { kind: "preview" }],
    ["preview 2", { kind: "preview", number: 2 }],
    ["off", { kind: "off" }],
    ["off #2", { kind: "off", number: 2 }],
  ])("%j", (text, command) => {
    expect(parseDigest(text, CONTEXT)).toEqual({ ok: true, command });
  });

  it.each([
    ["off two", "“two” is not the number of a digest. Numbers begin with 1; “digest list” shows them.", "digest off 1"],
    ["off 0", "“0” is not the number of a digest. Numbers begin with 1; “digest list” shows them.", "digest off 1"],
    ["now 1.5", "“1.5” is not the number of a digest. Numbers begin with 1; “digest list” shows them.", "digest now 1"],
    ["off -1", "“-1” is not the number of a digest. Numbers begin with 1; “digest list” shows them.", "digest off 1"],
    [
      "preview 1 2",
      "“1 2” is not the number of a digest. Numbers begin with 1; “digest list” shows them.",
      "digest preview 1",
    ],
    ["list all", "“all”: nothing may stand behind “list”.", "digest list"],
  ])("%s is not understood", (text, fault, example) => {
    expect(seen(text)).toMatchObject({ fault, example });
  });
});

const NEEDS_TIME = "A digest needs a time of day, such as 09:00.";
const NEEDS_DAY = "A weekly digest needs a day of the week, such as monday.";
const HEAD = "is neither a schedule, such as “daily at 09:00”, nor one of list, now, preview, off.";
const WINDOW = "A digest covers the time from its previous slot to this one";
const QUOTES = "Put it in quotes if it is part of a name.";

describe("a digest that is not understood says what was not, what was, and what works", () => {
  it.each([
    ["daily", NEEDS_TIME, "digest, daily", "digest daily at 09:00"],
    ["weekdays", NEEDS_TIME, "digest, weekdays", "digest weekdays at 09:00"],
    ["weekly on monday", NEEDS_TIME, "digest, weekly on monday", "digest weekly on monday at 09:00"],
    ["provider:zendesk", NEEDS_TIME, "digest, provider:zendesk", "digest daily at 09:00"],
    [
      "daily att 9",
      `${NEEDS_TIME} “att” is none. Did you mean digest daily at 9?`,
      "digest, daily",
      "digest daily at 09:00",
    ],
    ["weekly at 8", NEEDS_DAY, "digest, at 08:00", "digest weekly on monday at 08:00"],
    ["weekly", NEEDS_DAY, "digest", "digest weekly on monday at 09:00"],
    [
      "weekly mondy at 9",
      `${NEEDS_DAY} “mondy” is none. Did you mean digest weekly monday at 9?`,
      "digest",
      "digest weekly on monday at 09:00",
    ],
    [
      "every mondy at 8",
      `“mondy” is not a day that I know. ${QUOTES} Did you mean digest every monday at 8?`,
      "digest",
      "digest daily at 09:00",
    ],
    [
      "weekly on monday at 8 weekdays",
      "A weekly digest comes on one day, and one on weekdays on five. Choose one of the two. Did you mean digest weekdays at 08:00?",
      "digest, at 08:00",
      "digest daily at 08:00",
    ],
    [
      "daily at 9 monday",
      `A daily digest comes on every day, not only on Monday. ${QUOTES} Did you mean digest weekly on monday at 09:00?`,
      "digest, at 09:00",
      "digest daily at 09:00",
    ],
    [
      "daily at 9 wekdays",
      `“wekdays” is not a day that I know. ${QUOTES} Did you mean weekdays?`,
      "digest, daily, at 09:00",
      "digest daily at 09:00",
    ],
    ["daily at 25:00", "“25:00” is not a time of day.", "digest, daily", "digest daily at 09:00"],
    [
      "daily at 9:75 in Paris",
      "“9:75” is not a time of day.",
      "digest, daily, in Europe/Paris",
      "digest daily at 09:00 in Europe/Paris",
    ],
    ["at 13pm", "“13pm” is not a time of day. Did you mean digest daily at 13:00?", "digest", "digest daily at 09:00"],
    [
      "weekdays at 24:00",
      "“24:00” is not a time of day. Did you mean digest weekdays at 00:00?",
      "digest, weekdays",
      "digest weekdays at 09:00",
    ],
    ["daily at nine", "“nine” is not a time of day.", "digest, daily", "digest daily at 09:00"],
    [
      "daily at 09:00:30",
      "“09:00:30”: digests come on the minute. Did you mean digest daily at 09:00?",
      "digest, daily",
      "digest daily at 09:00",
    ],
    [
      "daily at 9 and 17:00",
      `“17:00”: a digest has one time. Make two digests. ${QUOTES}`,
      "digest, daily, at 09:00",
      "digest daily at 09:00",
    ],
    [
      "monday and friday at 9",
      `“friday”: a digest has one day. Make two digests. ${QUOTES}`,
      "digest, weekly on monday",
      "digest weekly on monday at 09:00",
    ],
    [
      "2",
      "“2” alone may be a time of day or the number of a digest. Did you mean digest daily at 02:00?",
      "digest, daily, at 02:00",
      "digest daily at 02:00",
    ],
    ["dayly at 9", `“dayly” ${HEAD} Did you mean digest daily at 9?`, "digest", "digest daily at 09:00"],
    ["dayly", `“dayly” ${HEAD} Did you mean digest daily at 09:00?`, "digest", "digest daily at 09:00"],
    ["lst", `“lst” ${HEAD} Did you mean digest list?`, "digest", "digest daily at 09:00"],
    ["prewiew 2", `“prewiew” ${HEAD} Did you mean digest preview 2?`, "digest", "digest daily at 09:00"],
    ["stop 2", `“stop” ${HEAD} Did you mean digest off 2?`, "digest", "digest daily at 09:00"],
    ["hourly", `“hourly” ${HEAD}`, "digest", "digest daily at 09:00"],
    ["constructor", `“constructor” ${HEAD}`, "digest", "digest daily at 09:00"],
    [
      "daily at 8 in Berln",
      `There is no time zone “Berln”. ${QUOTES} Did you mean in Europe/Berlin?`,
      "digest, daily, at 08:00",
      "digest daily at 09:00 in Europe/Berlin",
    ],
    [
      "daily at 9 Europe/Zork",
      `There is no time zone “Europe/Zork”. ${QUOTES}`,
      "digest, daily, at 09:00",
      "digest daily at 09:00 in Europe/Berlin",
    ],
    [
      "daily at 9 in",
      `“in” needs a time zone behind it. ${QUOTES}`,
      "digest, daily, at 09:00",
      "digest daily at 09:00 in Europe/Berlin",
    ],
    [
      "daily at 9 in +02:00",
      "“+02:00” is an offset. A digest needs a zone by its name, so that it follows that zone's clocks.",
      "digest, daily, at 09:00",
      "digest daily at 09:00 in Europe/Berlin",
    ],
    [
      "daily at 9 EST",
      `“EST” is no time zone that I can be sure of. Write its name. ${QUOTES} Did you mean in America/New_York?`,
      "digest, daily, at 09:00",
      "digest daily at 09:00 in Europe/Berlin",
    ],
    [
      "daily at 9 in bst",
      `“BST” is no time zone that I can be sure of. Write its name. ${QUOTES} Did you mean in Europe/London?`,
      "digest, daily, at 09:00",
      "digest daily at 09:00 in Europe/Berlin",
    ],
    [
      "daily at 9 in Paris in Rome",
      "There are two time zones, “Europe/Paris” and “Europe/Rome”. Use one.",
      "digest, daily, at 09:00",
      "digest daily at 09:00",
    ],
    [
      "daily at 9 last 24h",
      `${WINDOW}; it takes no time range such as “last 24h”.`,
      "digest daily at 09:00",
      "digest daily at 09:00 provider:zendesk",
    ],
    [
      "daily at 9 code:5xx in the last 24h",
      `${WINDOW}; it takes no time range such as “last 24h”.`,
      "digest daily at 09:00, code 5xx",
      "digest daily at 09:00 provider:zendesk",
    ],
    [
      "daily at 9 since zork",
      `“zork” is not a time that I understand. Put names in quotes. ${WINDOW}, without a time range.`,
      "digest daily at 09:00",
      "digest daily at 09:00 provider:zendesk",
    ],
    [
      "weekdays at 9 provider:zendsk",
      "“zendsk” is not a configured provider. Configured: zendesk, conductorone. Did you mean provider:zendesk?",
      "digest weekdays at 09:00",
      "digest weekdays at 09:00 provider:zendesk",
    ],
    [
      "daily at 9 foo:bar",
      "“foo:” is not a term I know. Put words that hold a colon in quotes.",
      "digest daily at 09:00",
      "digest daily at 09:00 provider:zendesk",
    ],
    [
      "daily at 9 status:circuit broken",
      'A status of two words, such as “circuit broken”, needs quotes. Did you mean status:"circuit broken"?',
      "digest daily at 09:00, name with “broken”",
      'digest daily at 09:00 status:"circuit broken"',
    ],
    [
      "daily at:09:00",
      "“at:” is not a term that I know. Put words that hold a colon in quotes. Did you mean at 09:00?",
      "digest, daily",
      "digest daily at 09:00",
    ],
    [
      "daily at 9 all-clear:quiet",
      "“all-clear:quiet”: choose all-clear:line or all-clear:silent.",
      "digest, daily, at 09:00",
      "digest daily at 09:00",
    ],
    [
      "daily at 9 -all-clear:line",
      "“-all-clear:line”: choose all-clear:line or all-clear:silent.",
      "digest, daily, at 09:00",
      "digest daily at 09:00",
    ],
    [
      "daily at 9 all-clear:line all-clear:silent",
      "There is all-clear:line and all-clear:silent. Use one.",
      "digest, daily, at 09:00, all-clear:line",
      "digest daily at 09:00",
    ],
    [
      "daily at 9 all-claer:silent",
      "“all-claer:” is not a term that I know. Did you mean all-clear:silent?",
      "digest, daily, at 09:00",
      "digest daily at 09:00",
    ],
    ['daily at 9 "Jira', 'The quotes in “"Jira” are never closed.', "digest, daily, at 09:00", "digest daily at 09:00"],
    ["x".repeat(501), "That is 501 characters long; 500 is the most I read.", "digest", "digest daily at 09:00"],
  ])("%s", (text, fault, known, example) => {
    expect(seen(text)).toEqual({ fault, understood: known, example });
    expect(parseDigest(example.replace(/^digest /, ""), CONTEXT).ok).toBe(true);
  });
});
