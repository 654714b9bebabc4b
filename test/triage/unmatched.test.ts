import { describe, expect, it } from "vitest";
import { causeOf } from "../../src/triage/cause-of.ts";
import type { Webhook } from "../../src/triage/model.ts";
import type { Query, TermKey } from "../../src/triage/query.ts";
import { type Matchable, notForWebhooks, nothingToTest, unmatchedTerm } from "../../src/triage/unmatched.ts";
import { windowOf } from "../../src/triage/window.ts";
import { anInvocation, aWebhook } from "./samples.ts";

const webhooks = [aWebhook({ name: "Jira sync" }), aWebhook({ id: "W2", name: "Billing export" })];

function named(value: string): Query {
  return { words: [], terms: [{ key: "webhook", value, negated: false }], window: windowOf(0, 1) };
}

function there(of: Webhook[], overrides: Partial<Matchable> = {}): Matchable {
  return { webhooks: of, invocations: [], causes: () => [], statuses: ["timeout", "circuit broken"], ...overrides };
}

describe("a webhook that nobody has", () => {
  it("suggests the name that was probably meant", () => {
    expect(unmatchedTerm(named("Jira snyc"), there(webhooks))).toEqual({
      what: 'No webhook matches "Jira snyc".',
      suggestion: 'Did you mean "Jira sync"?',
      example: 'failures webhook:"Jira sync"',
    });
  });

  it("suggests nothing that is not alike", () => {
    expect(unmatchedTerm(named("payroll"), there(webhooks))).toMatchObject({
      suggestion: "There are 2 webhooks.",
      example: "webhooks",
    });
  });

  it("is no fault when one is found, when none is named, or when no webhook is known at all", () => {
    expect(unmatchedTerm(named("jira"), there(webhooks))).toBeUndefined();
    expect(unmatchedTerm({ ...named("x"), terms: [] }, there(webhooks))).toBeUndefined();
    expect(unmatchedTerm(named("jira"), there([]))).toBeUndefined();
  });
});

describe("an account without webhooks", () => {
  it.each([
    [["zendesk"], "Zendesk has no webhooks, so there is nothing to test."],
    [["zendesk", "conductorone"], "Zendesk and ConductorOne have no webhooks, so there is nothing to test."],
  ])("has nothing to test: %j", (providers, told) => {
    expect(nothingToTest(providers)).toBe(told);
  });
});

function asking(key: TermKey, value: string): Query {
  return { words: [], terms: [{ key, value, negated: false }], window: windowOf(0, 1) };
}

describe("the causes of all that failed", () => {
  it.each([
    [asking("webhook", "jira"), 0],
    [{ ...asking("cause", "quota"), terms: [{ key: "cause", value: "quota", negated: true }] } satisfies Query, 0],
    [asking("cause", "timeout"), 0],
    [asking("cause", "quota"), 1],
  ])("are worked out only where a term cannot be told without: %j", (query, times) => {
    let asked = 0;
    const causes = () => {
      asked += 1;
      return [];
    };
    unmatchedTerm(query, there(webhooks, { causes }));
    expect(asked).toBe(times);
  });
});

describe("a status or a cause that nobody has", () => {
  const invocation = anInvocation({ status: "terminated" });
  const cause = causeOf(invocation, aWebhook());
  const all = there(webhooks, { invocations: [invocation], causes: () => [cause] });

  it.each([
    [asking("status", "terminted"), 'No invocation has the status "terminted".', 'Did you mean "terminated"?'],
    [asking("status", "zzz"), 'No invocation has the status "zzz".', "Statuses: terminated, timeout, circuit broken."],
    [asking("cause", "tiemout"), 'No failed invocation has a cause like "tiemout".', "Did you mean timeout?"],
  ])("is no all-clear", (query, what, suggestion) => {
    expect(unmatchedTerm(query, all)).toMatchObject({ what, suggestion });
  });

  it.each([
    asking("status", "terminated"),
    asking("status", "circuit_broken"),
    asking("cause", "dns"),
    asking("cause", "http-503"),
    asking("code", "404"),
  ])("is no fault when it is known, seen or not", (query) => {
    expect(unmatchedTerm(query, all)).toBeUndefined();
  });

  it("cannot narrow webhooks", () => {
    expect(notForWebhooks(asking("code", "404"))).toMatchObject({ example: "webhooks" });
    expect(notForWebhooks(asking("webhook", "jira"))).toBeUndefined();
  });
});
