import { describe, expect, it } from "vitest";
import type { Cause } from "../../src/triage/cause.ts";
import type { IssueState } from "../../src/triage/issue.ts";
import {
  matchesCause,
  matchesInvocation,
  matchesProvider,
  matchesState,
  matchesWebhook,
} from "../../src/triage/match.ts";
import type { Invocation, Webhook } from "../../src/triage/model.ts";
import { parseQuery } from "../../src/triage/parse-query.ts";
import type { Query } from "../../src/triage/query.ts";

const NOW = new Date("2026-11-21T11:00:00Z");

function query(text: string): Query {
  const parsed = parseQuery(text, { now: NOW, timeZone: "UTC", providers: ["zendesk", "conductorone"] });
  if (!parsed.ok) throw new Error(parsed.fault.what);
  return parsed.query;
}

describe("webhooks", () => {
  const webhook: Webhook = { provider: "zendesk", id: "01HX", name: "Jira sync (Café)", active: true, eventTypes: [] };
  it.each([
    ["", true],
    ["jira", true],
    ["jira sync", true],
    ["sync jira", true],
    ["jira billing", false],
    ["-jira", false],
    ["-billing", true],
    ["CAFÉ", true],
    ["CAFE\u0301", true],
    ["provider:zendesk", true],
    ["provider:conductorone", false],
    ["provider:conductorone provider:zendesk", true],
    ["-provider:zendesk", false],
    ['webhook:"jira sync"', true],
    ['webhook:"sync jira"', false],
    ["webhook:01HX", true],
    ["webhook:01HXZ", false],
    ["webhook:01", false],
    ["webhook:billing webhook:jira", true],
    ["webhook:jira -webhook:01HX", false],
    ["webhook:jira provider:conductorone", false],
  ])("%s keeps Jira sync: %s", (text, expected) => {
    expect(matchesWebhook(query(text), webhook)).toBe(expected);
  });

  it("are read only from the providers that the query names", () => {
    expect(matchesProvider(query("provider:zendesk"), "zendesk")).toBe(true);
    expect(matchesProvider(query("provider:zendesk"), "conductorone")).toBe(false);
    expect(matchesProvider(query("jira"), "conductorone")).toBe(true);
  });
});

describe("invocations", () => {
  it.each(["fatal_error", '"fatal error"', "WEBHOOK_STATE_FATAL_ERROR", "Fatal-Error"])(
    "status:%s is ConductorOne's WEBHOOK_STATE_FATAL_ERROR",
    (status) => {
      const failed: Invocation = { ...invocation, provider: "conductorone", status: "WEBHOOK_STATE_FATAL_ERROR" };
      expect(matchesInvocation(query(`status:${status}`), failed)).toBe(true);
      expect(matchesInvocation(query(`status:${status}`), { ...failed, status: "WEBHOOK_STATE_ERROR" })).toBe(false);
    },
  );

  const invocation: Invocation = {
    provider: "zendesk",
    webhookId: "01HX",
    id: "1",
    status: "circuit broken",
    outcome: "failed",
    statusCode: 503,
    eventType: "zen:event-type:ticket.created",
    createdAt: NOW,
  };
  it.each([
    ["", true],
    ["status:circuit_broken", true],
    ['status:"Circuit Broken"', true],
    ["status:circuit-broken", true],
    ["status:circuit", false],
    ["-status:circuit_broken", false],
    ["status:failed status:circuit_broken", true],
    ["code:503", true],
    ["code:5xx", true],
    ["code:5XX", true],
    ["code:4xx", false],
    ["code:404 code:5xx", true],
    ["code:5xx -code:503", false],
    ["event:ticket.created", true],
    ["event:ticket.*", true],
    ["event:*.created", true],
    ["event:*", true],
    ["event:t*t.*d", true],
    ["event:ticket", false],
    ["event:*ticket", false],
    ["event:created*created", false],
    ["event:zen:event-type:*", true],
    ["event:TICKET.*", true],
    ["-event:ticket.*", false],
    ["code:5xx status:failed", false],
  ])("%s keeps a circuit-broken 503 of ticket.created: %s", (text, expected) => {
    expect(matchesInvocation(query(text), invocation)).toBe(expected);
  });

  const { statusCode: _code, eventType: _event, ...bare } = invocation;
  it.each([
    ["code:5xx", false],
    ["-code:5xx", true],
    ["event:*", false],
    ["-event:*", true],
  ])("%s keeps one without code and event type: %s", (text, expected) => {
    expect(matchesInvocation(query(text), bare)).toBe(expected);
  });

  it("match a pattern of many stars in no time", () => {
    const pattern: Query = { ...query(""), terms: [{ key: "event", value: "*a".repeat(200), negated: false }] };
    const startedAt = performance.now();
    expect(matchesInvocation(pattern, { ...invocation, eventType: `${"a".repeat(5000)}b` })).toBe(false);
    expect(performance.now() - startedAt).toBeLessThan(100);
  });
});

describe("causes and states", () => {
  const cause: Cause = {
    id: "rate_limited-3f2a",
    category: "rate_limited",
    title: "Jira answers 429 Too Many Requests",
    nextStep: "Ask for a higher limit.",
    signature: "429 too many requests",
    sureness: "likely",
  };
  it.each([
    ["cause:rate_limited", true],
    ['cause:"rate limited"', true],
    ["cause:rate_limited-3f", true],
    ['cause:"too many"', true],
    ["cause:timeout", false],
    ["cause:timeout cause:429", true],
    ["-cause:rate_limited", false],
    ["-cause:dns", true],
  ])("%s keeps a rate limit: %s", (text, expected) => {
    expect(matchesCause(query(text), cause)).toBe(expected);
  });

  it.each<[string, IssueState, boolean]>([
    ["", "open", true],
    ["state:Open", "open", true],
    ["state:open state:regressed", "regressed", true],
    ["state:open", "resolved", false],
    ["-state:resolved", "resolved", false],
  ])("%s keeps an issue that is %s: %s", (text, state, expected) => {
    expect(matchesState(query(text), state)).toBe(expected);
  });
});
