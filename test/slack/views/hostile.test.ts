import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UnavailableError } from "../../../src/providers/errors.ts";
import { attemptsMessage } from "../../../src/slack/views/attempts.ts";
import { digestMessage } from "../../../src/slack/views/digest.ts";
import { failuresMessage } from "../../../src/slack/views/failures.ts";
import { faultMessage } from "../../../src/slack/views/fault.ts";
import { invocationMessage } from "../../../src/slack/views/invocation.ts";
import { invocationsMessage } from "../../../src/slack/views/invocations.ts";
import type { Message } from "../../../src/slack/views/message.ts";
import { failureMessage } from "../../../src/slack/views/refusal.ts";
import { statusMessage } from "../../../src/slack/views/status.ts";
import { testDeliveryMessage } from "../../../src/slack/views/test-delivery.ts";
import { noTestMessage, severalTargetsMessage, testQuestionMessage } from "../../../src/slack/views/test-question.ts";
import { testTroubleMessage } from "../../../src/slack/views/test-trouble.ts";
import { webhooksMessage } from "../../../src/slack/views/webhooks.ts";
import { whyGroupedMessage } from "../../../src/slack/views/why-grouped.ts";
import {
  ask,
  digestFrame,
  failuresAnswer,
  invocationsAnswer,
  late,
  listedInvocation,
  webhooksAnswer,
} from "./hostile-answers.ts";
import { webhook } from "./hostile-nouns.ts";
import { attemptsReport, statusReport, testDelivery, whyGrouped } from "./hostile-reports.ts";
import { hostileText, RUNS } from "./hostile-text.ts";
import { buttonsOf, readBlocks } from "./read.ts";
import { expectAttemptsButtons, expectSafe, expectWhyGroupedButtons } from "./safe.ts";
import { NOW, WINDOW } from "./sample.ts";

const offset = fc.oneof(fc.constant(0), fc.nat(210));

describe("a view of whatever comes from outside", () => {
  it("failures: Slack takes it, nothing in it comes alive, and every button finds its invocation", () => {
    check(fc.tuple(failuresAnswer, ask, offset, late), ([answer, asker, from, rest]) => {
      const message = failuresMessage(answer, asker, { offset: from }, rest);
      expectSafe(message);
      expectAttemptsButtons(
        message,
        answer.issues.flatMap((issue) => issue.invocations),
      );
      expectWhyGroupedButtons(message, answer);
      return message;
    });
  });

  it("failures: an issue that is listed is shown, and More goes on right after the last one shown", () => {
    check(fc.tuple(failuresAnswer, offset), ([answer, from]) => {
      const asker = { askedBy: "U024BE7LH", command: "/hooks", timeZone: "UTC", queryText: "last 24h" };
      const message = failuresMessage(answer, asker, { offset: from });
      const shown = message.blocks.filter((block) => block.type === "divider").length;
      if (from < answer.issues.length) expect(shown).toBeGreaterThan(0);
      const [more] = buttonsOf(message.blocks, "more");
      const isLast = from + shown >= answer.issues.length;
      expect(more === undefined).toBe(isLast);
      if (more) expect(JSON.parse(more.value ?? "").offset).toBe(from + shown);
      return message;
    });
  });

  it("digest: Slack takes it, nothing in it comes alive, and every button finds its invocation", () => {
    check(fc.tuple(failuresAnswer, digestFrame), ([answer, frame]) => {
      const message = digestMessage(answer, frame);
      expectSafe(message);
      expectAttemptsButtons(
        message,
        answer.issues.flatMap((issue) => issue.invocations),
      );
      expectWhyGroupedButtons(message, answer);
      return message;
    });
  });

  it("digest: says all clear only where nothing failed, nothing may yet fail, and all of it is known", () => {
    const quiet = failuresAnswer.map((answer) => ({
      ...answer,
      issues: [],
      totals: { failed: 0, pending: answer.totals.pending % 2 },
    }));
    check(fc.tuple(quiet, digestFrame), ([answer, frame]) => {
      const message = digestMessage(answer, frame);
      const { coverage, totals } = answer;
      const isKnown = coverage.length > 0 && coverage.every(({ state }) => state === "complete");
      const isClear = isKnown && totals.pending === 0 && frame.trouble === undefined;
      expect(message.text.startsWith("All clear")).toBe(isClear);
      expect(readBlocks(message.blocks).startsWith("All clear")).toBe(isClear);
      return message;
    });
  });

  it("invocations: Slack takes it, nothing in it comes alive, and every button finds its invocation", () => {
    check(fc.tuple(invocationsAnswer, ask, offset, late), ([answer, asker, from, rest]) => {
      const message = invocationsMessage(answer, asker, { offset: from }, rest);
      expectSafe(message);
      expectAttemptsButtons(
        message,
        answer.invocations.map(({ invocation }) => invocation),
      );
      return message;
    });
  });

  it("invocation: Slack takes it and nothing in it comes alive", () => {
    check(fc.tuple(fc.array(listedInvocation, { minLength: 1, maxLength: 20 }), ask), ([found, asker]) => {
      const message = invocationMessage(found, asker);
      expectSafe(message);
      return message;
    });
  });

  it("webhooks: Slack takes it and nothing in it comes alive", () => {
    check(fc.tuple(webhooksAnswer, ask, late), ([answer, asker, rest]) => {
      const message = webhooksMessage(answer, asker, rest);
      expectSafe(message);
      return message;
    });
  });

  it("attempts: Slack takes it and nothing in it comes alive", () => {
    check(attemptsReport, (report) => {
      const message = attemptsMessage(report);
      expectSafe(message);
      return message;
    });
  });

  it("why grouped: Slack takes it, nothing in it comes alive, and every button finds its invocation", () => {
    check(fc.tuple(whyGrouped, fc.option(hostileText, { nil: undefined })), ([why, terms]) => {
      const message = whyGroupedMessage(why, { window: WINDOW, terms });
      expectSafe(message);
      expectAttemptsButtons(
        message,
        why.members.map(({ invocation }) => invocation),
      );
      return message;
    });
  });

  it("test delivery: Slack takes it, nothing in it comes alive, and a button finds its invocation", () => {
    check(testDelivery, (delivery) => {
      const message = testDeliveryMessage(delivery, { sentBy: "U024BE7LH", command: "/hooks" });
      expectSafe(message);
      expectAttemptsButtons(message, delivery.kind === "started" ? [delivery.invocation] : []);
      return message;
    });
  });

  it("test delivery: Slack takes what is asked before it and what is said in its place", () => {
    check(
      fc.tuple(fc.array(webhook, { minLength: 1, maxLength: 30 }), hostileText, hostileText),
      ([hooks, told, mend]) => {
        for (const hook of hooks) expectSafe(testQuestionMessage(hook, { nonce: told || "n", askedAt: NOW }));
        expectSafe(testTroubleMessage({ told, nextStep: mend }, "maybe_sent"));
        expectSafe(noTestMessage(told, mend));
        const message = severalTargetsMessage(hooks, "/hooks");
        expectSafe(message);
        return message;
      },
    );
  });

  it("status: Slack takes it and nothing in it comes alive", () => {
    check(statusReport, (report) => {
      const message = statusMessage(report);
      expectSafe(message);
      return message;
    });
  });

  it("faults: Slack takes them and nothing in them comes alive", () => {
    check(fc.tuple(hostileText, hostileText, hostileText), ([what, understood, suggestion]) => {
      const facts = { provider: "zendesk", request: what, happened: what, nextStep: what };
      expectSafe(failureMessage(new UnavailableError(facts)));
      const message = faultMessage({ what, understood, suggestion, example: "/hooks failures last 24h" });
      expectSafe(message);
      return message;
    });
  });
});

function check<T>(inputs: fc.Arbitrary<T>, view: (input: T) => Message): void {
  fc.assert(
    fc.property(inputs, (input) => void view(input)),
    { numRuns: RUNS },
  );
}
