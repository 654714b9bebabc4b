import { describe, expect, it } from "vitest";
import { parseDigest } from "../../../src/triage/digest/parse-digest.ts";
import { CONTEXT, seen, understood } from "./reading.ts";

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
    ['daily at 9 "quiet" -silent', "daily at 09:00 quiet -silent"],
    ["daily at 9 monthly report", "daily at 09:00 monthly report"],
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
