import { describe, expect, it } from "vitest";
import { formatQuery } from "../../src/triage/format-query.ts";
import { parseQuery, type QueryContext } from "../../src/triage/parse-query.ts";
import type { Query } from "../../src/triage/query.ts";

const NOW = new Date("2026-11-21T11:00:00Z");
const CONTEXT: QueryContext = { now: NOW, timeZone: "Europe/Berlin", providers: ["zendesk", "conductorone"] };

function query(text: string, context: Partial<QueryContext> = {}): Query {
  const parsed = parseQuery(text, { ...CONTEXT, ...context });
  if (!parsed.ok) throw new Error(parsed.fault.what);
  return parsed.query;
}

/** Terms and words in canonical text, without the window. */
function named(text: string): string {
  return formatQuery(query(text)).replace(/ ?from \S+ to \S+$/, "");
}

describe("words and terms", () => {
  it.each([
    ["", ""],
    ["Jira sync", "Jira sync"],
    ['"Jira sync"', '"Jira sync"'],
    ["“Jira sync”", '"Jira sync"'],
    ["„Jira sync“", '"Jira sync"'],
    ["‘Jira sync’", '"Jira sync"'],
    ["'Jira sync'", '"Jira sync"'],
    ["'Bob's sync'", '"Bob\'s sync"'],
    ["Bob’s", '"Bob’s"'],
    ['webhook:"Jira sync"', 'webhook:"Jira sync"'],
    ["webhook:“Jira sync”", 'webhook:"Jira sync"'],
    ["webhook:'Jira sync'", 'webhook:"Jira sync"'],
    ['-webhook:"Jira sync" -Jira -"a b"', '-webhook:"Jira sync" -Jira -"a b"'],
    ["PROVIDER:Zendesk", "provider:zendesk"],
    ["code:5XX code:404", "code:5xx code:404"],
    ["state:Open", "state:open"],
    ['cause:"Rate limited"', "cause:rate_limited"],
    ["cause:expired", "cause:expired"],
    ['status:"circuit broken" Jira', 'status:"circuit broken" Jira'],
    ['status:circuit "broken"', 'status:"circuit" broken'],
    ["broken status:circuit", 'status:"circuit" broken'],
    ['status:"circuit" broken', 'status:"circuit" broken'],
    ["status:circuit -broken", 'status:"circuit" -broken'],
    ["status:failed error", "status:failed error"],
    ["status:terminated event:ticket.*", "status:terminated event:ticket.*"],
    ["event:zen:event-type:ticket.created", "event:zen:event-type:ticket.created"],
    ["https://example.com/hook", '"https://example.com/hook"'],
    ["webhook:https://example.com", "webhook:https://example.com"],
    ['"yesterday" "last" "24h"', '"yesterday" "last" "24h"'],
    ["-yesterday", '-"yesterday"'],
    [":fire: 🔥 a-b -", '":fire:" "🔥" a-b "-"'],
    ["שלום مرحبا", "שלום مرحبا"],
    ["<!channel> <@U1>", '"<!channel>" "<@U1>"'],
    ["a\u0000b \u0007", '"a\u0000b" "\u0007"'],
    [String.raw`"say \"hi\" \\ \n"`, String.raw`"say \"hi\" \\ \\n"`],
  ])("%j is read as %j", (text, expected) => {
    expect(named(text)).toBe(expected);
  });
});

describe("the time range of a query", () => {
  const window = (text: string, context?: Partial<QueryContext>) => {
    const { from, to } = query(text, context).window;
    return [from, to].map((at) => at.toISOString().slice(0, 16)).join(" – ");
  };

  it("is the last 24 hours unless the query or the caller says otherwise", () => {
    expect(window("")).toBe("2026-11-20T11:00 – 2026-11-21T11:00");
    expect(window("Jira", { defaultRange: "last 7 days" })).toBe("2026-11-14T11:00 – 2026-11-21T11:00");
  });

  it.each([
    "last 7 days provider:zendesk Jira code:5xx",
    "provider:zendesk last 7 days Jira code:5xx",
    "provider:zendesk Jira last 7 days code:5xx",
    "provider:zendesk Jira code:5xx last 7 days",
    "provider:zendesk Jira in the last 7 days code:5xx",
    "provider:zendesk Jira code:5xx over last 7 days",
  ])("may stand anywhere: %s", (text) => {
    expect(window(text)).toBe("2026-11-14T11:00 – 2026-11-21T11:00");
    expect(named(text)).toBe("provider:zendesk code:5xx Jira");
  });

  it.each([
    ["yesterday in America/New_York", "2026-11-20T05:00 – 2026-11-21T05:00", "America/New_York"],
    ["in asia/kolkata yesterday", "2026-11-19T18:30 – 2026-11-20T18:30", "Asia/Kolkata"],
    ["yesterday in New York", "2026-11-20T05:00 – 2026-11-21T05:00", "America/New_York"],
    ["since 9am in Berlin", "2026-11-21T08:00 – 2026-11-21T11:00", "Europe/Berlin"],
    ["yesterday in utc", "2026-11-20T00:00 – 2026-11-21T00:00", "UTC"],
    ["yesterday", "2026-11-19T23:00 – 2026-11-20T23:00", "Europe/Berlin"],
  ])("%s is read in the zone that the query names, else in the asker's", (text, expected, timeZone) => {
    expect(window(text)).toBe(expected);
    expect(parseQuery(text, CONTEXT)).toMatchObject({ ok: true, timeZone });
  });

  it("is read in UTC where this machine does not know the asker's zone", () => {
    const parsed = parseQuery("yesterday", { ...CONTEXT, timeZone: "Mars/Olympus" });
    expect(parsed).toMatchObject({ ok: true, timeZone: "UTC" });
  });

  it("leaves the word in alone where it names no zone", () => {
    expect(named('Built in Germany by "Bob"')).toBe('Built "in" Germany by Bob');
  });
});
