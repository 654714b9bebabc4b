import fc from "fast-check";
import type { DigestFrame } from "../../../src/slack/views/digest.ts";
import type { Late } from "../../../src/slack/views/late.ts";
import type { Ask } from "../../../src/slack/views/message.ts";
import type { DigestSchedule } from "../../../src/triage/digest/subscription.ts";
import type { FailuresAnswer, ListedInvocation } from "../../../src/triage/issue.ts";
import { cause, coverage, coverages, instant, invocation, issue, sourceUrl, webhook } from "./hostile-nouns.ts";
import { hostileText, many } from "./hostile-text.ts";
import { NOW, WINDOW } from "./sample.ts";

/** Answers full of text that wants to be more than text. */

export const ask: fc.Arbitrary<Ask> = fc.record({
  askedBy: fc.constantFrom("U024BE7LH", "W1", "<!channel>", ""),
  command: fc.oneof(fc.constant("/hooks failures last 24h"), hostileText),
  timeZone: fc.constant("Europe/Berlin"),
  queryText: fc.oneof(fc.constant("last 24h"), hostileText),
});

/** How it stands with what an answer does not hold yet; mostly it holds all. */
export const late: fc.Arbitrary<Late | undefined> = fc.oneof(
  { arbitrary: fc.constant(undefined), weight: 2 },
  fc.constant<Late>({ state: "given_up" }),
  hostileText.map((why): Late => ({ state: "cut_short", why })),
  fc
    .record(
      {
        until: fc.constantFrom(NOW, new Date(Number.NaN)),
        read: fc.record({ what: fc.constantFrom("webhooks", "attempts"), read: fc.nat(), of: fc.nat() }),
        slowed: fc.record(
          {
            provider: fc.constantFrom("zendesk", "conductorone"),
            limitPerMinute: fc.nat(),
            isTold: fc.boolean(),
            left: fc.record({ minutes: fc.nat(), isInTime: fc.boolean() }),
          },
          { requiredKeys: ["provider", "limitPerMinute", "isTold"] },
        ),
      },
      { requiredKeys: [] },
    )
    .map((rest): Late => ({ state: "being_read", ...rest })),
);

const frame = {
  window: fc.constant(WINDOW),
  asOf: fc.constant(NOW),
  coverage: coverages,
  notes: fc.array(hostileText, { maxLength: 5 }),
  totals: fc.record({ failed: fc.nat(100_000), pending: fc.nat(50) }),
};

export const failuresAnswer: fc.Arbitrary<FailuresAnswer> = fc.record({ ...frame, issues: many(issue, 200) });

export const digestFrame: fc.Arbitrary<DigestFrame> = fc.record(
  {
    kind: fc.constantFrom("scheduled", "now", "preview"),
    terms: hostileText,
    queryText: fc.oneof(fc.constant("from 2026-11-20T06:00:00.000Z to 2026-11-21T06:00:00.000Z"), hostileText),
    trouble: fc.record(
      { kind: fc.constantFrom("unreadable", "unmatched", "partly"), what: hostileText, suggestion: hostileText },
      { requiredKeys: ["kind", "what"] },
    ),
    schedule: fc.record({
      days: fc.constantFrom<DigestSchedule["days"]>("every_day", "weekdays", 1),
      minuteOfDay: fc.integer({ min: 0, max: 1_439 }),
      timeZone: fc.constantFrom("Europe/Berlin", "America/Argentina/Buenos_Aires", "UTC"),
    }),
    number: fc.integer({ min: 1, max: 20 }),
    askedBy: fc.constantFrom("U024BE7LH", "W1", "<!channel>", ""),
    late: fc.record({ dueAt: instant, byMs: fc.nat(100_000_000) }),
    missed: fc.constant(WINDOW),
    mayBeRepeat: fc.boolean(),
  },
  { requiredKeys: ["kind", "terms", "queryText"] },
);

export const listedInvocation: fc.Arbitrary<ListedInvocation> = fc.record({
  invocation,
  webhook,
  cause,
  issueId: fc.string(),
  isAssumed: fc.boolean(),
  sourceUrl: fc.option(sourceUrl, { nil: undefined }),
});

export const invocationsAnswer = fc.record({ ...frame, invocations: many(listedInvocation, 200) });

export const webhooksAnswer = fc.record({
  ...frame,
  webhooks: many(
    fc.record({
      webhook,
      coverage,
      succeeded: fc.nat(1_000_000),
      failed: fc.nat(1_000),
      pending: fc.nat(10),
      lastFailureAt: fc.option(instant, { nil: undefined }),
    }),
    200,
  ),
});
