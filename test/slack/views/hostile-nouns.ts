import fc from "fast-check";
import { CAUSE_CATEGORIES } from "../../../src/triage/cause.ts";
import type { Coverage } from "../../../src/triage/coverage.ts";
import { ISSUE_STATES, type Issue } from "../../../src/triage/issue.ts";
import type { Invocation, Webhook } from "../../../src/triage/model.ts";
import { windowOf } from "../../../src/triage/window.ts";
import { hostileText, many } from "./hostile-text.ts";
import { NOW, WINDOW } from "./sample.ts";

/** What answers are made of, full of text that wants to be more than text. */

export const id = fc.oneof(
  { weight: 5, arbitrary: fc.uuid() },
  { weight: 1, arbitrary: hostileText.filter((text) => text !== "") },
);
export const instant = fc.integer({ min: WINDOW.from.getTime(), max: NOW.getTime() }).map((ms) => new Date(ms));
export const statusCode = fc.option(fc.integer({ min: 100, max: 599 }), { nil: undefined });
export const provider = fc.constantFrom("zendesk", "conductorone", "<!channel>", "__proto__");
export const outcome = fc.constantFrom("failed", "succeeded", "pending");

/** Pages of our account whose ids came from outside, and what no view may link to. */
export const sourceUrl = fc.oneof(
  hostileText.map((text) => `https://acme.conductor.one/task/${text}`),
  hostileText.map((text) => `https://acme.conductor.one/task/${encodeURIComponent(text.toWellFormed())}`),
  fc.constantFrom(
    "javascript:alert(1)",
    "http://acme.conductor.one/task/1",
    "https://user:secret@acme.conductor.one/",
    "slack://open",
    "not a page",
  ),
);

export const webhook: fc.Arbitrary<Webhook> = fc.record({
  provider,
  id,
  name: hostileText,
  endpoint: hostileText,
  active: fc.boolean(),
  eventTypes: fc.constant([]),
});

export const invocation: fc.Arbitrary<Invocation> = fc.record({
  provider,
  webhookId: id,
  id,
  status: fc.oneof(fc.constantFrom("terminated", "circuit broken", "throttled"), hostileText),
  outcome,
  statusCode,
  eventType: fc.option(hostileText, { nil: undefined }),
  createdAt: instant,
  latestCompletedAt: fc.option(instant, { nil: undefined }),
  source: fc.option(
    fc.record({
      kind: fc.oneof(fc.constantFrom("provisionStep", "approvalStep", "workflowStep", "test"), hostileText),
      ref: fc.option(hostileText, { nil: undefined }),
    }),
    { nil: undefined },
  ),
});

export const cause = fc.record({
  id: fc.string(),
  category: fc.constantFrom(...CAUSE_CATEGORIES),
  title: hostileText,
  nextStep: hostileText,
  signature: hostileText,
  sureness: fc.constantFrom("certain", "likely", "unsure"),
});

const bareIssue: fc.Arbitrary<Issue> = fc.record({
  id: fc.string({ minLength: 1 }),
  provider,
  webhook,
  cause,
  state: fc.constantFrom(...ISSUE_STATES),
  count: fc.integer({ min: 1, max: 100_000 }),
  readCount: fc.nat(100_000),
  assumedCount: fc.nat(100_000),
  estimated: fc.boolean(),
  isGuessed: fc.boolean(),
  isOngoing: fc.boolean(),
  trend: fc.array(fc.oneof(fc.nat(100_000), fc.constant(0), fc.double()), { maxLength: 12 }),
  breadth: fc.nat(40),
  firstSeenAt: instant,
  lastSeenAt: instant,
  invocations: fc.array(invocation, { minLength: 1, maxLength: 3 }),
});

export const issue: fc.Arbitrary<Issue> = fc.tuple(bareIssue, sourceUrl).map(([bare, url]) => ({
  ...bare,
  sourceUrls: new Map(bare.invocations.map(({ id: key }) => [key, url])),
}));

export const coverage: fc.Arbitrary<Coverage> = fc.record({
  provider,
  webhookId: fc.option(id),
  webhookName: fc.option(hostileText, { nil: undefined }),
  from: fc.constant(WINDOW.from),
  to: fc.constant(WINDOW.to),
  state: fc.constantFrom("complete", "partial", "unknown"),
  reason: fc.option(hostileText, { nil: undefined }),
  missing: fc.array(
    fc
      .tuple(fc.nat(86_400), fc.nat(86_400))
      .map(([start, length]) =>
        windowOf(WINDOW.from.getTime() + start * 1_000, WINDOW.from.getTime() + (start + length) * 1_000),
      ),
    { maxLength: 3 },
  ),
});

export const coverages = fc.oneof(fc.array(coverage, { maxLength: 4 }), many(coverage, 60));
