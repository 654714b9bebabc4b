import fc from "fast-check";
import { CAUSE_CATEGORIES } from "../../../src/triage/cause.ts";
import type { Diagnosis } from "../../../src/triage/diagnosis.ts";
import type { Attempt } from "../../../src/triage/model.ts";
import { answeredTest, startedTest, type TestDelivery } from "../../../src/triage/test-delivery.ts";
import type { WhyGrouped } from "../../../src/triage/why-grouped.ts";
import { listedInvocation } from "./hostile-answers.ts";
import { cause, coverages, id, instant, invocation, outcome, provider, statusCode, webhook } from "./hostile-nouns.ts";
import { hostileBody, hostileText, many } from "./hostile-text.ts";
import { NOW, WINDOW } from "./sample.ts";

/** What is told of attempts, of why issues are one and of the bot itself, full of text that wants to be more than text. */

const header = fc.record({ name: hostileText, value: hostileText });

const attempt: fc.Arbitrary<Attempt> = fc.record({
  invocationId: id,
  index: fc.nat(30),
  status: hostileText,
  outcome,
  statusCode,
  response: fc.option(
    fc.record({
      headers: many(header, 60),
      body: fc.option(hostileBody, { nil: undefined }),
      truncated: fc.boolean(),
    }),
    { nil: undefined },
  ),
  errorMessage: fc.option(hostileText, { nil: undefined }),
  startedAt: fc.option(instant, { nil: undefined }),
  durationMs: fc.option(fc.nat(100_000), { nil: undefined }),
  maskedCount: fc.nat(9),
});

const diagnosis: fc.Arbitrary<Diagnosis> = fc.record({
  reading: fc.record({
    id: hostileText,
    category: fc.constantFrom(...CAUSE_CATEGORIES),
    title: hostileText,
    signature: hostileText,
    sureness: fc.constantFrom("certain", "likely", "unsure"),
    telling: fc.option(fc.record({ place: fc.constantFrom("body", "header", "error", "code"), text: hostileText }), {
      nil: undefined,
    }),
    masked: fc.constant([]),
  }),
  rules: fc.nat(9),
  attemptIndex: fc.nat(30),
});

export const testDelivery: fc.Arbitrary<TestDelivery> = fc.oneof(
  fc.tuple(webhook, attempt).map(([hook, one]) => answeredTest(hook, one, NOW)),
  fc
    .tuple(webhook, invocation, fc.option(hostileText, { nil: undefined }))
    .map(([hook, one, lookThere]) => startedTest(hook, one, lookThere)),
);

export const whyGrouped: fc.Arbitrary<WhyGrouped> = fc.record({
  issueId: fc.string(),
  webhook,
  cause,
  masked: many(fc.record({ kind: hostileText, example: hostileText }), 40),
  readCount: fc.nat(100_000),
  assumedCount: fc.nat(100_000),
  rowCount: fc.nat(100_000),
  members: fc.array(
    fc.record({
      invocation,
      isRead: fc.boolean(),
      isAssumed: fc.boolean(),
      telling: fc.option(hostileText, { nil: undefined }),
    }),
    { maxLength: 5 },
  ),
  rules: fc.nat(9),
  regrouped: many(fc.record({ fromCauseId: hostileText, at: instant, fromRules: fc.nat(9) }), 20),
});

export const attemptsReport = fc.record({
  ref: fc.record({ provider, webhookId: id, id }),
  listed: fc.option(listedInvocation, { nil: undefined }),
  attempts: fc.oneof(many(attempt, 40), fc.constant([])),
  readAt: fc.constant(NOW),
  staleReason: fc.option(hostileText, { nil: undefined }),
  detail: fc.constantFrom("bodies", "timeline"),
  timelineOnlyBecause: fc.option(hostileText, { nil: undefined }),
  noneBecause: fc.option(hostileText, { nil: undefined }),
  diagnosis: fc.option(diagnosis, { nil: undefined }),
});

export const statusReport = fc.record({
  readAt: fc.constant(NOW),
  window: fc.constant(WINDOW),
  database: fc.constantFrom("embedded", "server"),
  providers: fc.array(
    fc.record({
      id: fc.oneof(provider, hostileText),
      state: fc.constantFrom("reachable", "failing", "untried"),
      since: fc.option(instant, { nil: undefined }),
      detail: fc.option(hostileText, { nil: undefined }),
      budget: fc.record(
        {
          limitPerMinute: fc.nat(),
          isTold: fc.boolean(),
          used: fc.nat(),
          usedByOthers: fc.nat(),
          queued: fc.nat(),
          spare: fc.nat(),
          pausedUntil: instant,
        },
        { requiredKeys: ["limitPerMinute", "isTold", "used", "usedByOthers", "queued", "spare"] },
      ),
      webhookCount: fc.option(fc.nat(), { nil: undefined }),
      readUntil: fc.record({ whole: fc.nat(), of: fc.nat(), until: instant }, { requiredKeys: ["whole", "of"] }),
      coverage: coverages,
    }),
    { maxLength: 12 },
  ),
  digests: fc.record(
    {
      here: fc.nat(50),
      elsewhere: fc.nat(50),
      last: fc.record({
        dueAt: instant,
        state: fc.constantFrom("posted", "silent", "undeliverable"),
        isHere: fc.boolean(),
      }),
    },
    { requiredKeys: ["here", "elsewhere"] },
  ),
  findings: fc.array(
    fc.record(
      {
        check: hostileText,
        state: fc.constantFrom("fault", "warning", "unknown"),
        told: hostileText,
        mend: hostileText,
      },
      { requiredKeys: ["check", "state", "told"] },
    ),
    { maxLength: 12 },
  ),
});
