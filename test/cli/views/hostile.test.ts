import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attemptsText } from "../../../src/cli/views/attempts.ts";
import { failuresText } from "../../../src/cli/views/failures.ts";
import { invocationsText } from "../../../src/cli/views/invocations.ts";
import { failuresJson, invocationsJson, webhooksJson } from "../../../src/cli/views/json.ts";
import { jsonText } from "../../../src/cli/views/json-text.ts";
import { short, webhookName } from "../../../src/cli/views/text.ts";
import { webhooksText } from "../../../src/cli/views/webhooks.ts";
import type { Cause } from "../../../src/triage/cause.ts";
import type { Diagnosis } from "../../../src/triage/diagnosis.ts";
import type { Attempt, Invocation, Webhook } from "../../../src/triage/model.ts";
import { obeyedIn } from "../obeyed.ts";
import { coverage, FRAME, invocation, issue, NOW, webhook, ZONE } from "./sample.ts";

const HOSTILE = [
  "\u001b[2J\u001b]0;owned\u0007",
  "\u009b31mred",
  "over\rwritten",
  "\u202egnp.exe\u202c",
  "two\nlines\u2028three",
  "\u0000\b\u007f",
  "\ud800",
];

const text = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme", maxLength: 400 }),
);

/** Every answer with this text wherever text comes from outside. */
function answersWith(hostile: string) {
  const hook: Webhook = { ...webhook(hostile), id: hostile, eventTypes: [hostile], endpoint: hostile };
  const delivery: Invocation = {
    ...invocation(5),
    id: hostile,
    webhookId: hostile,
    status: hostile,
    eventType: hostile,
    source: { kind: hostile, ref: hostile },
  };
  const sourceUrl = `https://acme.conductor.one/task/${hostile}`;
  const cause: Cause = {
    id: hostile,
    category: "unknown",
    title: hostile,
    nextStep: hostile,
    signature: hostile,
    sureness: "unsure",
  };
  const telling = { place: "body", text: hostile } as const;
  const diagnosis: Diagnosis = { reading: { ...cause, telling, masked: [] }, rules: 1, attemptIndex: 0 };
  const unread = coverage(hostile, "unknown", { webhookId: hostile, reason: hostile });
  const frame = { ...FRAME, notes: [hostile], coverage: [unread], totals: { failed: 1, pending: 0 } };
  const attempt: Attempt = {
    invocationId: hostile,
    index: 0,
    status: hostile,
    outcome: "failed",
    errorMessage: hostile,
    response: { headers: [{ name: hostile, value: hostile }], body: hostile, truncated: false },
    maskedCount: 0,
  };
  return {
    failures: {
      ...frame,
      issues: [
        issue(hostile, [5], {
          webhook: hook,
          cause,
          invocations: [delivery],
          sourceUrls: new Map([[hostile, sourceUrl]]),
        }),
      ],
    },
    invocations: {
      ...frame,
      invocations: [{ invocation: delivery, webhook: hook, issueId: "a", cause, isAssumed: true, sourceUrl }],
    },
    webhooks: { ...frame, webhooks: [{ webhook: hook, coverage: unread, failed: 1, succeeded: 0, pending: 0 }] },
    attempts: { attempts: [attempt], readAt: NOW, staleReason: hostile, diagnosis },
    timeline: { attempts: [attempt], readAt: NOW, detail: "timeline" as const, timelineOnlyBecause: hostile },
    none: { attempts: [], readAt: NOW, detail: "timeline" as const, noneBecause: hostile },
    listed: { invocation: delivery, webhook: hook, issueId: "a", cause, isAssumed: false, sourceUrl },
  };
}

describe("text from outside", () => {
  it("never reaches the terminal in a form that it obeys, nor breaks a line", () => {
    fc.assert(
      fc.property(text, (hostile) => {
        const { failures, invocations, webhooks, attempts, timeline, none, listed } = answersWith(hostile);
        const ref = { provider: "zendesk", webhookId: hostile, id: hostile };
        const shown = [failuresText(failures, ZONE), invocationsText(invocations, ZONE), webhooksText(webhooks, ZONE)];
        // With a command for the attempts only where a shell takes the ids for what they are.
        const commands = /^\w[\w.:-]{0,79}$/.test(hostile) ? 1 : 0;
        const [issueLines = [], ...others] = shown.map((lines) => lines.split("\n"));
        expect(others.map((lines) => lines.length)).toEqual([7, 7]);
        // Long words of the issue are set in lines of their own, all of them below it.
        expect(issueLines.slice(6).filter((line) => !line.startsWith("   ") && line !== "")).toEqual([]);
        expect(issueLines.length).toBeGreaterThanOrEqual(13 + commands);
        for (const reading of [attempts, timeline, none]) {
          shown.push(attemptsText({ ref, reading }, ZONE), attemptsText({ ref, listed, reading }, ZONE));
        }
        for (const lines of shown) {
          expect(obeyedIn(lines)).toEqual([]);
          expect(lines.isWellFormed()).toBe(true);
        }
      }),
    );
  });

  it("stands in JSON as it came, escaped where a terminal would obey it", () => {
    fc.assert(
      fc.property(text, (hostile) => {
        const { failures, invocations, webhooks } = answersWith(hostile);
        for (const document of [
          failuresJson(failures, { zendesk: 1 }),
          invocationsJson(invocations),
          webhooksJson(webhooks),
        ]) {
          const printed = jsonText(document);
          expect(obeyedIn(printed)).toEqual([]);
          expect(JSON.parse(printed)).toEqual(JSON.parse(JSON.stringify(document)));
        }
      }),
    );
  });

  it("is cut where it is very long, by whole characters", () => {
    const answer = {
      ...FRAME,
      coverage: [],
      totals: { failed: 1, pending: 0 },
      issues: [issue("🚀".repeat(5_000), [5])],
    };
    const lines = failuresText(answer, ZONE).split("\n").slice(3, 6);
    expect(lines).toEqual([
      "1. The receiver answered 503 Service Unavailable",
      `   ${"🚀".repeat(59)}…`,
      "   · zendesk",
    ]);
    expect(short("a".repeat(100_000), 10)).toBe("aaaaaaaaa…");
  });

  it.each(["", "   ", "\u001b", "\u200b", "\u202e"])(
    "that shows nothing as a name (%j) gives way to the id",
    (name) => {
      expect(webhookName({ name, id: "01KJ1RA" })).toBe("webhook 01KJ1RA");
    },
  );
});
