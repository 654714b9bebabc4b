import { describe, expect, it } from "vitest";
import { parseQuery, type QueryContext } from "../../src/triage/parse-query.ts";

const NOW = new Date("2026-11-21T11:00:00Z");
const CONTEXT: QueryContext = { now: NOW, timeZone: "Europe/Berlin", providers: ["zendesk", "conductorone"] };

/** What a person sees of a query that is not understood, a line each; the suggestion stands behind what was not understood. */
function seen(
  text: string,
  context: Partial<QueryContext> = {},
): { fault: string; understood: string; example: string } {
  const parsed = parseQuery(text, { ...CONTEXT, ...context });
  if (parsed.ok) throw new Error("That was understood.");
  const { what, suggestion, understood = "", example } = parsed.fault;
  return { fault: [what, suggestion].filter(Boolean).join(" "), understood, example };
}

describe("a query that is not understood says what was not", () => {
  it.each([
    ['"Jira sync', 'The quotes in “"Jira sync” are never closed.'],
    ['Jira sync"', 'The quotes in “"” are never closed.'],
    ["webhook:“Jira", "The quotes in “webhook:“Jira” are never closed."],
    ['""', "There is nothing between the quotes."],
    ["foo:bar", "“foo:” is not a term I know. Put words that hold a colon in quotes."],
    [
      "statsu:failed",
      "“statsu:” is not a term I know. Put words that hold a colon in quotes. Did you mean status:failed?",
    ],
    ["-Hook:x", "“Hook:” is not a term I know. Put words that hold a colon in quotes. Did you mean -webhook:x?"],
    ["since:9am", "“since:” is not a term I know. Put words that hold a colon in quotes. Did you mean since 9am?"],
    ["__proto__:x", "“__proto__:” is not a term I know. Put words that hold a colon in quotes."],
    ["constructor:x", "“constructor:” is not a term I know. Put words that hold a colon in quotes."],
    ["provider:", "“provider:” has no value."],
    ["provider: zendesk", "“provider:” has no value. Did you mean provider:zendesk?"],
    [
      "provider:zendsk",
      "“zendsk” is not a configured provider. Configured: zendesk, conductorone. Did you mean provider:zendesk?",
    ],
    [
      "provider:c1",
      "“c1” is not a configured provider. Configured: zendesk, conductorone. Did you mean provider:conductorone?",
    ],
    [
      "-provider:Cone",
      "“Cone” is not a configured provider. Configured: zendesk, conductorone. Did you mean -provider:conductorone?",
    ],
    [
      "provider:conductor",
      "“conductor” is not a configured provider. Configured: zendesk, conductorone. Did you mean provider:conductorone?",
    ],
    [
      "provider:conductrone",
      "“conductrone” is not a configured provider. Configured: zendesk, conductorone. Did you mean provider:conductorone?",
    ],
    [
      "provider:zd",
      "“zd” is not a configured provider. Configured: zendesk, conductorone. Did you mean provider:zendesk?",
    ],
    [
      "provider:zen",
      "“zen” is not a configured provider. Configured: zendesk, conductorone. Did you mean provider:zendesk?",
    ],
    ["provider:okta", "“okta” is not a configured provider. Configured: zendesk, conductorone."],
    ["provider:__proto__", "“__proto__” is not a configured provider. Configured: zendesk, conductorone."],
    [
      "status:circuit broken",
      'A status of two words, such as “circuit broken”, needs quotes. Did you mean status:"circuit broken"?',
    ],
    [
      "-STATUS: Server last 24h error",
      'A status of two words, such as “server error”, needs quotes. Did you mean -status:"server error"?',
    ],
    ["code:999", "“999” is not a status code. Write one such as 404, or a class such as 5xx."],
    ["code:5", "“5” is not a status code. Write one such as 404, or a class such as 5xx. Did you mean code:5xx?"],
    [
      "code:404,500",
      "“404,500” is not a status code. Write one such as 404, or a class such as 5xx. Did you mean code:404 code:500?",
    ],
    [
      "state:opn",
      "“opn” is not a state. States: open, acknowledged, snoozed, resolved, regressed. Did you mean state:open?",
    ],
  ])("%s", (text, fault) => {
    expect(seen(text).fault).toBe(fault);
  });

  it.each([
    [
      "from 2026-11-20 to 2026-11-19",
      "The range “from 2026-11-20 to 2026-11-19” ends before it starts. Did you mean from 2026-11-19 to 2026-11-20?",
    ],
    [
      "from today 9am to yesterday",
      "The range “from today 9am to yesterday” ends before it starts. Did you mean from yesterday to today 9am?",
    ],
    ["from 2027-01-01 to 2027-01-02", "The range “from 2027-01-01 to 2027-01-02” lies in the future."],
    ["2027-01-01", "The range “2027-01-01” lies in the future."],
    ["since tomorrow", "The range “since tomorrow” lies in the future."],
    ["tomorrow", "“tomorrow” lies in the future."],
    ["from 9am to 9am", "The range “from 9am to 9am” is empty: it ends when it starts."],
    ["last 0h", "The range “last 0h” is empty: it ends when it starts."],
    [
      "last 401 days",
      "The range “last 401 days” starts too long ago. I look back 400 days at most. Did you mean last 7 days?",
    ],
    [
      "since 2020-01-01",
      "The range “since 2020-01-01” starts too long ago. I look back 400 days at most. Did you mean last 7 days?",
    ],
    ["last", "“last” needs a number and a unit. Put it in quotes if it is part of a name. Did you mean last 24h?"],
    [
      "last monday",
      "“last” needs a number and a unit. Put it in quotes if it is part of a name. Did you mean since last monday?",
    ],
    ["last 7", "“last 7” needs a unit: minutes, hours, days or weeks. Did you mean last 7 days?"],
    ["last 24hors", "“last 24hors” needs a unit: minutes, hours, days or weeks. Did you mean last 24 hours?"],
    ["last 2 months", "“last 2 months”: I count in minutes, hours, days and weeks. Did you mean last 60 days?"],
    [
      "since",
      "“since” needs a time behind it. Put it in quotes if it is part of a name. Did you mean since yesterday?",
    ],
    ["since zork", "“zork” is not a time that I understand. Put names in quotes."],
    ["from Zendesk to Jira", "“Zendesk” is not a time that I understand. Put names in quotes."],
    ["from 9am to Jira", "“Jira” is not a time that I understand. Put names in quotes."],
    ["from 9am to", "The range that begins with “from” has no end."],
    ["between 9am", "“between” needs two times with “and” between them."],
    ["until 9am", "“until” needs a start before it."],
    ["since 25:00", "“25:00” is not a time of day."],
    ["2026-02-30", "“2026-02-30” is not in the calendar."],
    ["since 05/11", "“05/11” can be read in more than one way. Write dates as year-month-day, such as 2026-11-05."],
    ["yesterday 9am", "“yesterday 9am” is a moment, not a range. Did you mean since yesterday 9am?"],
    ["2026-11-20T09:00Z", "“2026-11-20T09:00Z” is a moment, not a range. Did you mean since 2026-11-20T09:00Z?"],
    ["24h", "“24h” alone is no time range. Did you mean last 24h?"],
    ["this week", "“this week” is not a time range that I know. Did you mean last week?"],
    ["yesterdy", "“yesterdy” is not a time range that I know. Did you mean yesterday?"],
    ["yesterday last 24h", "There are two time ranges, “yesterday” and “last 24h”. Use one."],
    [
      "2026-11-19 to 2026-11-20",
      "There are two time ranges, “2026-11-19” and “2026-11-20”. Use one. Did you mean from 2026-11-19 to 2026-11-20?",
    ],
    [
      "yesterday in Berln",
      "There is no time zone “Berln”. Put it in quotes if it is part of a name. Did you mean in Europe/Berlin?",
    ],
    ["in Europe/Zork", "There is no time zone “Europe/Zork”. Put it in quotes if it is part of a name."],
  ])("%s", (text, fault) => {
    expect(seen(text).fault).toBe(fault);
  });

  it.each([
    ["3,000 characters", "x".repeat(3000), "That is 3,000 characters long; 500 is the most I read."],
    ["emoji, each one character", "😀".repeat(501), "That is 501 characters long; 500 is the most I read."],
    ["a long value", `state:${"é".repeat(400)}`, `“${"é".repeat(59)}…” is not a state.`],
    ["control characters", "state:\u202eabc\u0000d", "“abc d” is not a state."],
    ["right-to-left text", "state:פתוח", "“פתוח” is not a state."],
    ["a mention", "state:<!channel>", "“<!channel>” is not a state."],
  ])("in a line: %s", (_, text, fault) => {
    expect(seen(text).fault.replace(/ States: .*/, "")).toBe(fault);
  });
});

describe("a query that is not understood says what was", () => {
  it.each([
    ["foo:bar", "failures"],
    ["provider:zendesk foo:bar yesterday", "failures, provider zendesk, yesterday"],
    ["Jira -billing code:999 -code:5xx", "failures, name with “Jira”, name without “billing”, not code 5xx"],
    ['status:failed "Jira', "failures, status failed"],
    ["last mile", "failures, name with “mile”"],
    ["yesterday last 24h", "failures, yesterday, last 24h"],
    ["foo:bar yesterday in Berlin", "failures, yesterday, in Europe/Berlin"],
    ["x".repeat(3000), "failures"],
  ])("%s", (text, understood) => {
    expect(seen(text).understood).toBe(understood);
  });

  it("and names the subcommand that was asked", () => {
    const { understood, example } = seen("provider:zendesk foo:bar", { command: "invocations" });
    expect(understood).toBe("invocations, provider zendesk");
    expect(example).toBe("invocations provider:zendesk last 24h");
  });
});

describe("a query that is not understood shows one that works", () => {
  it.each([
    ["foo:bar", "failures provider:zendesk last 24h"],
    ['"Jira sync', 'failures webhook:"Jira sync" last 24h'],
    ["status:client error", 'failures status:"client error" last 24h'],
    ["since zork", "failures since yesterday 9am"],
    ["between 9am", "failures from yesterday 14:00 to today 09:00"],
    ["until 9am", "failures from yesterday until 9am"],
    ["in Berln", "failures last 24h in Europe/Berlin"],
  ])("%s", (text, example) => {
    expect(seen(text).example).toBe(example);
    expect(parseQuery(example.replace("failures ", ""), CONTEXT).ok).toBe(true);
  });

  it("without a provider where none is configured", () => {
    const { fault, example } = seen("provider:zendesk", { providers: [] });
    expect(fault).toBe("“zendesk” is not a configured provider. None is configured.");
    expect(example).toBe("failures last 24h");
  });
});
