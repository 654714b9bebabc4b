import fc from "fast-check";
import type { DigestFrame } from "../../../src/slack/views/digest.ts";
import type { Ask } from "../../../src/slack/views/message.ts";
import { CAUSE_CATEGORIES } from "../../../src/triage/cause.ts";
import type { Coverage } from "../../../src/triage/coverage.ts";
import type { DigestSchedule } from "../../../src/triage/digest/subscription.ts";
import { type FailuresAnswer, ISSUE_STATES, type Issue, type ListedInvocation } from "../../../src/triage/issue.ts";
import type { Attempt, Invocation, Webhook } from "../../../src/triage/model.ts";
import { windowOf } from "../../../src/triage/window.ts";
import { NOW, WINDOW } from "./sample.ts";

/** Answers full of text that wants to be more than text. */

/** How often each property is tried; `VIEW_RUNS=10000` for a long look. */
export const RUNS = Number(process.env.VIEW_RUNS ?? 300);

const TRICKS = [
  "<!channel>",
  "<!here|here>",
  "<@U024BE7LH>",
  "<#C024BE7LR|general>",
  "<https://evil.example|x>",
  "<!subteam^S1|team>",
  "<mailto:a@b.example|mail>",
  "@here @channel #general",
  "*bold* _italic_ ~strike~ `code`",
  "```\nfence\n```",
  "> quoted",
  ":fire: :+1: :skin-tone-2:",
  "https://evil.example/x?a=<b>&c",
  "evil.example www.evil.example",
  "&lt;!channel&gt; &amp;",
  "\u202Eoverridden\u202C \u2066isolated",
  "ויבהוק של ג׳ירה",
  "👩‍👩‍👧‍👦🏳️‍🌈é̂",
  "\u0000\u0007\u001B[31mred\u0085\u2028",
  "\uD800 lone \uDC00",
  "\u200B\u2060\u00AD",
  "\n\n\t ",
  "",
] as const;

export const hostileText = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...TRICKS) },
  { weight: 3, arbitrary: fc.array(fc.constantFrom(...TRICKS), { maxLength: 6 }).map((parts) => parts.join(" ")) },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 60 }) },
  { weight: 1, arbitrary: fc.constantFrom(...TRICKS).map((trick) => `${trick}x`.repeat(3_000).slice(0, 3_000)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom("<", "&", "👩‍👩‍👧‍👦", '"', "\\", "\uD800", "ש", "́").map((unit) => unit.repeat(3_000)),
  },
);

/** Up to a megabyte. */
const hostileBody = fc.oneof(
  { weight: 8, arbitrary: hostileText },
  {
    weight: 1,
    arbitrary: hostileText.map((text) =>
      `${text}\n`.repeat(Math.ceil(1_000_000 / (text.length + 1))).slice(0, 1_000_000),
    ),
  },
);

const id = fc.oneof(
  { weight: 5, arbitrary: fc.uuid() },
  { weight: 1, arbitrary: hostileText.filter((text) => text !== "") },
);
const instant = fc.integer({ min: WINDOW.from.getTime(), max: NOW.getTime() }).map((ms) => new Date(ms));
const statusCode = fc.option(fc.integer({ min: 100, max: 599 }), { nil: undefined });
const provider = fc.constantFrom("zendesk", "conductorone", "<!channel>", "__proto__");
const outcome = fc.constantFrom("failed", "succeeded", "pending");

/** Pages of our account whose ids came from outside, and what no view may link to. */
const sourceUrl = fc.oneof(
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

const webhook: fc.Arbitrary<Webhook> = fc.record({
  provider,
  id,
  name: hostileText,
  endpoint: hostileText,
  active: fc.boolean(),
  eventTypes: fc.constant([]),
});

const invocation: fc.Arbitrary<Invocation> = fc.record({
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

const cause = fc.record({
  id: fc.string(),
  category: fc.constantFrom(...CAUSE_CATEGORIES),
  title: hostileText,
  nextStep: hostileText,
});

const bareIssue: fc.Arbitrary<Issue> = fc.record({
  id: fc.string(),
  provider,
  webhook,
  cause,
  state: fc.constantFrom(...ISSUE_STATES),
  count: fc.integer({ min: 1, max: 100_000 }),
  estimated: fc.boolean(),
  firstSeenAt: instant,
  lastSeenAt: instant,
  invocations: fc.array(invocation, { minLength: 1, maxLength: 3 }),
});

const issue: fc.Arbitrary<Issue> = fc.tuple(bareIssue, sourceUrl).map(([bare, url]) => ({
  ...bare,
  sourceUrls: new Map(bare.invocations.map(({ id: key }) => [key, url])),
}));

const coverage: fc.Arbitrary<Coverage> = fc.record({
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

const coverages = fc.oneof(fc.array(coverage, { maxLength: 4 }), many(coverage, 60));

export const ask: fc.Arbitrary<Ask> = fc.record({
  askedBy: fc.constantFrom("U024BE7LH", "W1", "<!channel>", ""),
  command: fc.oneof(fc.constant("/hooks failures last 24h"), hostileText),
  timeZone: fc.constant("Europe/Berlin"),
  queryText: fc.oneof(fc.constant("last 24h"), hostileText),
});

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

export const attemptsReport = fc.record({
  ref: fc.record({ provider, webhookId: id, id }),
  listed: fc.option(listedInvocation, { nil: undefined }),
  attempts: fc.oneof(many(attempt, 40), fc.constant([])),
  readAt: fc.constant(NOW),
  staleReason: fc.option(hostileText, { nil: undefined }),
  detail: fc.constantFrom("bodies", "timeline"),
  timelineOnlyBecause: fc.option(hostileText, { nil: undefined }),
  noneBecause: fc.option(hostileText, { nil: undefined }),
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
      rateLimit: fc.option(fc.record({ limitPerMinute: fc.nat(), seenAt: instant }), { nil: undefined }),
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

/** Up to `most` of a kind, made from a few, so that long answers are quick to make. */
function many<T>(one: fc.Arbitrary<T>, most: number): fc.Arbitrary<T[]> {
  const few = fc.array(one, { minLength: 1, maxLength: 6 });
  const count = fc.oneof(fc.nat(8), fc.nat(most));
  return fc
    .tuple(few, count)
    .map(([items, length]) =>
      Array.from({ length }, (_, index) => items[index % items.length]).filter((item) => item !== undefined),
    );
}
