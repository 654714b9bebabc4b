import { describe, expect, it } from "vitest";
import { parseDigest } from "../../../src/triage/digest/parse-digest.ts";
import { CONTEXT, seen } from "./reading.ts";

const NEEDS_TIME = "A digest needs a time of day, such as 09:00.";
const NEEDS_DAY = "A weekly digest needs a day of the week, such as monday.";
const HEAD = "is neither a schedule, such as “daily at 09:00”, nor one of list, now, preview, off.";
const QUOTES = "Put it in quotes if it is part of a name.";
const RHYTHMS = ": digests come every day, on weekdays or once a week.";

describe("a schedule that is not understood says what was not, what was, and what works", () => {
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
    ["constructor", `“constructor” ${HEAD}`, "digest", "digest daily at 09:00"],
    ["hourly", `“hourly”${RHYTHMS}`, "digest", "digest daily at 09:00"],
    ["every 2 hours", `“every 2 hours”${RHYTHMS}`, "digest", "digest daily at 09:00"],
    ["every 15m", `“every 15m”${RHYTHMS}`, "digest", "digest daily at 09:00"],
    ["every other Monday at 9", `“every other Monday”${RHYTHMS}`, "digest", "digest daily at 09:00"],
    ["monthly on 1 at 9", `“monthly”${RHYTHMS}`, "digest", "digest daily at 09:00"],
    ["every month at 9", `“every month”${RHYTHMS}`, "digest", "digest daily at 09:00"],
    ["weekends at 9", `“weekends”${RHYTHMS}`, "digest", "digest daily at 09:00"],
    ["on weekends at 9", `“on weekends”${RHYTHMS}`, "digest", "digest daily at 09:00"],
    ["daily at 9 weekends", `“weekends”${RHYTHMS} ${QUOTES}`, "digest, daily, at 09:00", "digest daily at 09:00"],
    ["at 9 monthly", `“monthly”${RHYTHMS} ${QUOTES}`, "digest, daily, at 09:00", "digest daily at 09:00"],
  ])("%s", (text, fault, known, example) => {
    expect(seen(text)).toEqual({ fault, understood: known, example });
    expect(parseDigest(example.replace(/^digest /, ""), CONTEXT).ok).toBe(true);
  });
});
