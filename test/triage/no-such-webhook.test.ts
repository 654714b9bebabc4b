import { describe, expect, it } from "vitest";
import { noSuchWebhook } from "../../src/triage/no-such-webhook.ts";
import type { Query } from "../../src/triage/query.ts";
import { windowOf } from "../../src/triage/window.ts";
import { aWebhook } from "./samples.ts";

const webhooks = [aWebhook({ name: "Jira sync" }), aWebhook({ id: "W2", name: "Billing export" })];

function named(value: string): Query {
  return { words: [], terms: [{ key: "webhook", value, negated: false }], window: windowOf(0, 1) };
}

describe("a webhook that nobody has", () => {
  it("suggests the name that was probably meant", () => {
    expect(noSuchWebhook(named("Jira snyc"), webhooks)).toEqual({
      what: 'No webhook matches "Jira snyc".',
      suggestion: 'Did you mean "Jira sync"?',
      example: 'failures webhook:"Jira sync"',
    });
  });

  it("suggests nothing that is not alike", () => {
    expect(noSuchWebhook(named("payroll"), webhooks)).toMatchObject({
      suggestion: "There are 2 webhooks.",
      example: "webhooks",
    });
  });

  it("is no fault when one is found, when none is named, or when no webhook is known at all", () => {
    expect(noSuchWebhook(named("jira"), webhooks)).toBeUndefined();
    expect(noSuchWebhook({ ...named("x"), terms: [] }, webhooks)).toBeUndefined();
    expect(noSuchWebhook(named("jira"), [])).toBeUndefined();
  });
});
