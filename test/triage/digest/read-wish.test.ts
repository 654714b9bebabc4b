import { describe, expect, it } from "vitest";
import { DAYS_CHOICES, readWish, type WishForm } from "../../../src/triage/digest/read-wish.ts";

const CONTEXT = { now: new Date("2026-11-21T11:00:00Z"), timeZone: "Europe/Berlin", providers: ["zendesk"] };
const FORM: WishForm = { days: "every_day", time: "09:00", timeZone: "", terms: "", allClear: "line" };

describe("the form for a digest", () => {
  it.each<[Partial<WishForm>, object]>([
    [{}, { schedule: { days: "every_day", minuteOfDay: 540, timeZone: "Europe/Berlin" }, terms: "", allClear: "line" }],
    [
      { days: "0", time: " 9 PM ", timeZone: "new york", terms: "code:5XX Jira", allClear: "silent" },
      {
        schedule: { days: 0, minuteOfDay: 1260, timeZone: "America/New_York" },
        terms: "code:5xx Jira",
        allClear: "silent",
      },
    ],
    [
      { days: "weekdays", time: "at noon", timeZone: "in us/pacific" },
      {
        schedule: { days: "weekdays", minuteOfDay: 720, timeZone: "America/Los_Angeles" },
        terms: "",
        allClear: "line",
      },
    ],
  ])("%j is a wish", (form, wish) => {
    expect(readWish({ ...FORM, ...form }, CONTEXT)).toEqual({ ok: true, wish });
  });

  it.each<[Partial<WishForm>, object]>([
    [{ time: "" }, { time: "Write a time of day, such as 09:00." }],
    [{ time: "25:00" }, { time: "“25:00” is not a time of day. Write it as in 09:00." }],
    [{ time: "13pm" }, { time: "“13pm” is not a time of day. Did you mean 13:00?" }],
    [{ time: "9 UTC" }, { time: "Write one time of day only, such as 09:00. The zone has a field of its own." }],
    [{ timeZone: "Berln" }, { timeZone: "There is no time zone “Berln”. Did you mean Europe/Berlin?" }],
    [
      { timeZone: "+02:00" },
      { timeZone: "“+02:00” is an offset. A digest needs a zone by its name, so that it follows that zone's clocks." },
    ],
    [
      { terms: "provider:zendsk" },
      { terms: "“zendsk” is not a configured provider. Configured: zendesk. Did you mean provider:zendesk?" },
    ],
    [{ terms: "x".repeat(501) }, { terms: "That is 501 characters long; 500 is the most I read." }],
    [
      { time: "nine", timeZone: "Atlantis", terms: "last 24h" },
      {
        time: "“nine” is not a time of day. Write it as in 09:00.",
        timeZone: "There is no time zone “Atlantis”.",
        terms:
          "A digest covers the time from its previous slot to this one; it takes no time range such as “last 24h”.",
      },
    ],
  ])("%j says what is wrong, field by field", (form, faults) => {
    expect(readWish({ ...FORM, ...form }, CONTEXT)).toEqual({ ok: false, faults });
  });

  it("offers every choice of days, and takes no other", () => {
    for (const days of DAYS_CHOICES) expect(readWish({ ...FORM, days }, CONTEXT).ok).toBe(true);
    expect(() => readWish({ ...FORM, days: "7" }, CONTEXT)).toThrow(RangeError);
  });
});
