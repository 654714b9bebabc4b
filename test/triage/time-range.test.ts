import { describe, expect, it } from "vitest";
import { readTimeRange } from "../../src/triage/time-range.ts";

/** A Saturday: 12:00 in Berlin, 06:00 in New York, 16:30 in Kolkata, midnight (Sunday's) in Apia. */
const NOW = "2026-11-21T11:00:00Z";
const ZONES = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "UTC"];

function read(text: string, timeZone = "Europe/Berlin", now = NOW) {
  return readTimeRange(text.split(" "), { now: new Date(now), timeZone });
}

/** `from – to` on UTC clocks to the minute, or what is wrong. */
function windowInUtc(text: string, timeZone?: string, now?: string): string {
  const reading = read(text, timeZone, now);
  if (reading === undefined) return "no time range";
  if ("problem" in reading) return reading.problem.what;
  const { from, to } = reading.window;
  return [from, to].map((at) => at.toISOString().slice(0, 16)).join(" – ");
}

function hours(text: string, timeZone: string, now: string): number {
  const reading = read(text, timeZone, now);
  if (!reading || !("window" in reading)) throw new Error(`${text} is no time range`);
  return (reading.window.to.getTime() - reading.window.from.getTime()) / 3_600_000;
}

describe("a time range counted back from now", () => {
  it.each([
    ["last 24h", 24],
    ["Last 24 Hours", 24],
    ["last 7 days", 7 * 24],
    ["last 7days", 7 * 24],
    ["last 90 minutes", 1.5],
    ["last 90 min", 1.5],
    ["last 90m", 1.5],
    ["past 3 hours", 3],
    ["past 3 hrs", 3],
    ["last week", 7 * 24],
    ["last 2 weeks", 14 * 24],
    ["last day", 24],
    ["last hour", 1],
    ["last 400 days", 400 * 24],
  ])("%s is %d hours, whatever the zone", (text, expected) => {
    for (const zone of ZONES) expect(hours(text, zone, NOW)).toBe(expected);
  });

  it.each([
    ["into summer time", "2026-03-29T10:00:00Z"],
    ["into winter time", "2026-10-25T10:00:00Z"],
  ])("counts days of 24 hours over the change %s", (_, now) => {
    expect(hours("last 1 day", "Europe/Berlin", now)).toBe(24);
    expect(hours("last 7 days", "Europe/Berlin", now)).toBe(168);
  });
});

describe("a time range in local time", () => {
  it.each([
    ["today", "Europe/Berlin", "2026-11-20T23:00 – 2026-11-21T11:00"],
    ["today", "America/New_York", "2026-11-21T05:00 – 2026-11-21T11:00"],
    ["today", "Asia/Kolkata", "2026-11-20T18:30 – 2026-11-21T11:00"],
    ["today", "UTC", "2026-11-21T00:00 – 2026-11-21T11:00"],
    ["today", "Pacific/Apia", "The range “today” lies in the future."],
    ["yesterday", "Europe/Berlin", "2026-11-19T23:00 – 2026-11-20T23:00"],
    ["yesterday", "America/New_York", "2026-11-20T05:00 – 2026-11-21T05:00"],
    ["yesterday", "Asia/Kolkata", "2026-11-19T18:30 – 2026-11-20T18:30"],
    ["yesterday", "Pacific/Apia", "2026-11-20T11:00 – 2026-11-21T11:00"],
    ["yesterday", "UTC", "2026-11-20T00:00 – 2026-11-21T00:00"],
    ["this morning", "Europe/Berlin", "2026-11-20T23:00 – 2026-11-21T11:00"],
    ["this morning", "America/New_York", "2026-11-21T05:00 – 2026-11-21T11:00"],
    ["this morning", "Asia/Kolkata", "2026-11-20T18:30 – 2026-11-21T06:30"],
    ["2026-11-20", "Europe/Berlin", "2026-11-19T23:00 – 2026-11-20T23:00"],
    ["2026-11-20", "America/New_York", "2026-11-20T05:00 – 2026-11-21T05:00"],
    ["2026-11-20", "Asia/Kolkata", "2026-11-19T18:30 – 2026-11-20T18:30"],
    ["2026-11-20", "Pacific/Apia", "2026-11-19T11:00 – 2026-11-20T11:00"],
    ["2026-11-20", "UTC", "2026-11-20T00:00 – 2026-11-21T00:00"],
    ["2026-11-21", "UTC", "2026-11-21T00:00 – 2026-11-21T11:00"],
    ["since 9am", "Europe/Berlin", "2026-11-21T08:00 – 2026-11-21T11:00"],
    ["since 9am", "America/New_York", "2026-11-20T14:00 – 2026-11-21T11:00"],
    ["since 9am", "Asia/Kolkata", "2026-11-21T03:30 – 2026-11-21T11:00"],
    ["since 9am", "Pacific/Apia", "2026-11-20T20:00 – 2026-11-21T11:00"],
    ["since yesterday", "Asia/Kolkata", "2026-11-19T18:30 – 2026-11-21T11:00"],
    ["since 2026-11-19 14:00", "America/New_York", "2026-11-19T19:00 – 2026-11-21T11:00"],
    ["from 2026-11-19 14:00 to 2026-11-20 09:00", "Europe/Berlin", "2026-11-19T13:00 – 2026-11-20T08:00"],
    ["from 2026-11-19 14:00 to 2026-11-20 09:00", "Pacific/Apia", "2026-11-19T01:00 – 2026-11-19T20:00"],
  ])("%s in %s is %s", (text, zone, expected) => {
    expect(windowInUtc(text, zone)).toBe(expected);
  });

  it.each([
    ["since 9", "2026-11-21T08:00"],
    ["since 9 am", "2026-11-21T08:00"],
    ["since 9.30", "2026-11-21T08:30"],
    ["since 9:30am", "2026-11-21T08:30"],
    ["since 14:00", "2026-11-20T13:00"],
    ["since 12am", "2026-11-20T23:00"],
    ["since 12pm", "2026-11-20T11:00"],
    ["since noon", "2026-11-20T11:00"],
    ["since midnight", "2026-11-20T23:00"],
    ["since today", "2026-11-20T23:00"],
    ["since this morning", "2026-11-20T23:00"],
    ["since last night", "2026-11-20T17:00"],
    ["since yesterday 9am", "2026-11-20T08:00"],
    ["since yesterday at 9am", "2026-11-20T08:00"],
    ["since 9am yesterday", "2026-11-20T08:00"],
    ["since yesterday evening", "2026-11-20T19:00"],
    ["since saturday", "2026-11-20T23:00"],
    ["since monday", "2026-11-15T23:00"],
    ["since last monday", "2026-11-15T23:00"],
    ["since 9am on monday", "2026-11-16T08:00"],
    ["since saturday 2pm", "2026-11-14T13:00"],
    ["since nov 19", "2026-11-18T23:00"],
    ["since 19 nov 14:00", "2026-11-19T13:00"],
    ["since 24 dec", "2025-12-23T23:00"],
    ["since 3 hours ago", "2026-11-21T08:00"],
    ["since an hour ago", "2026-11-21T10:00"],
    ["since 3 days ago", "2026-11-18T11:00"],
    ["since last week", "2026-11-14T11:00"],
    ["since 5am EST", "2026-11-21T10:00"],
    ["since 2026-11-19T14:00", "2026-11-19T13:00"],
    ["since 2026-11-19T14:00Z", "2026-11-19T14:00"],
    ["since 2026-11-19T14:00:00.000Z", "2026-11-19T14:00"],
    ["since 2026-11-19T14:00:00+05:30", "2026-11-19T08:30"],
    ["from 9am", "2026-11-21T08:00"],
    ["from 9am to now", "2026-11-21T08:00"],
  ])("%s starts at %s UTC when asked in Berlin, and ends now", (text, expected) => {
    expect(windowInUtc(text)).toBe(`${expected} – 2026-11-21T11:00`);
  });

  it.each([
    ["from monday 9am to tuesday noon", "2026-11-16T08:00 – 2026-11-17T11:00"],
    ["from friday until saturday 9am", "2026-11-19T23:00 – 2026-11-21T08:00"],
    ["from monday to monday", "2026-11-15T23:00 – 2026-11-16T23:00"],
    ["from 22:00 to 06:00", "2026-11-20T21:00 – 2026-11-21T05:00"],
    ["from yesterday 14:00 to 18:00", "2026-11-20T13:00 – 2026-11-20T17:00"],
    ["from yesterday to this morning", "2026-11-19T23:00 – 2026-11-21T11:00"],
    ["between yesterday 14:00 and today 9am", "2026-11-20T13:00 – 2026-11-21T08:00"],
    ["from 2026-11-19 to 2026-11-20", "2026-11-18T23:00 – 2026-11-20T23:00"],
    ["from 2026-11-19 to 2026-11-19", "2026-11-18T23:00 – 2026-11-19T23:00"],
    ["from 20 dec to 24 dec", "2025-12-19T23:00 – 2025-12-24T23:00"],
    ["from 2026-11-20T00:00Z to 2026-11-20T01:00Z", "2026-11-20T00:00 – 2026-11-20T01:00"],
  ])("%s is %s", (text, expected) => {
    expect(windowInUtc(text)).toBe(expected);
  });

  it("ends now when it would end later, since an answer cannot know the future", () => {
    expect(windowInUtc("from 9am to 6pm")).toBe("2026-11-21T08:00 – 2026-11-21T11:00");
    expect(windowInUtc("from 2026-11-20 to 2027-01-01")).toBe("2026-11-19T23:00 – 2026-11-21T11:00");
  });

  it("takes no more words than it means", () => {
    expect(read("since 9am Jira sync")?.taken).toBe(2);
    expect(read("since yesterday 14:00 to Jira")?.taken).toBe(3);
    expect(read("last 7 days sync")?.taken).toBe(3);
  });

  it.each(["Jira", "monday", "404", "to", "this", "now", "12", "sun"])("leaves the word %s a word", (text) => {
    expect(read(text)).toBeUndefined();
  });
});

describe("the days on which clocks change", () => {
  it.each([
    ["2026-03-29", "Europe/Berlin", 23],
    ["2026-10-25", "Europe/Berlin", 25],
    ["2026-03-08", "America/New_York", 23],
    ["2026-11-01", "America/New_York", 25],
    // Midnight itself does not exist there, nor twice.
    ["2026-04-24", "Africa/Cairo", 23],
    ["2026-10-29", "Africa/Cairo", 25],
    ["2026-03-29", "Asia/Kolkata", 24],
  ])("%s in %s has %d hours", (day, zone, expected) => {
    expect(hours(day, zone, "2026-11-21T11:00:00Z")).toBe(expected);
  });

  it("reads a time that clocks leap over as the time an hour later", () => {
    expect(windowInUtc("from 2026-03-29 02:30 to 2026-03-29 04:00")).toBe("2026-03-29T01:30 – 2026-03-29T02:00");
  });

  it("starts with the first and ends with the last of a time that exists twice", () => {
    expect(windowInUtc("from 2026-10-25 02:30 to 2026-10-25 04:00")).toBe("2026-10-25T00:30 – 2026-10-25T03:00");
    expect(windowInUtc("from 2026-10-25 01:00 to 2026-10-25 02:30")).toBe("2026-10-24T23:00 – 2026-10-25T01:30");
  });

  it("finds a day that a zone skipped to be empty", () => {
    expect(windowInUtc("2011-12-30", "Pacific/Apia", "2012-01-02T00:00:00Z")).toBe(
      "The range “2011-12-30” is empty: it ends when it starts.",
    );
  });
});
