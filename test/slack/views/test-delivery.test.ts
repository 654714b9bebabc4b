import { describe, expect, it } from "vitest";
import { decodeTest } from "../../../src/slack/button-values.ts";
import { testDeliveryMessage } from "../../../src/slack/views/test-delivery.ts";
import { noTestMessage, severalTargetsMessage, testQuestionMessage } from "../../../src/slack/views/test-question.ts";
import { testPressedMessage, testTroubleMessage } from "../../../src/slack/views/test-trouble.ts";
import type { Attempt } from "../../../src/triage/model.ts";
import { answeredTest, startedTest } from "../../../src/triage/test-delivery.ts";
import { buttonsOf, readBlocks } from "./read.ts";
import { expectSafe } from "./safe.ts";
import { invocation, NOW, webhook } from "./sample.ts";

const QUESTION = { nonce: "one", askedAt: NOW };
const SENDER = { sentBy: "U024BE7LH", command: "/hooks" };
const HOOK = webhook({ endpoint: "https://jira.example.com/in?token=x" });

function attempt(changes: Partial<Attempt> = {}): Attempt {
  return {
    invocationId: "test",
    index: 0,
    status: "success",
    outcome: "succeeded",
    statusCode: 200,
    maskedCount: 0,
    ...changes,
  };
}

describe("the question before a test delivery", () => {
  it("says to what it would be sent and where, and that nothing is sent yet", () => {
    const message = testQuestionMessage(HOOK, QUESTION);
    expectSafe(message);
    const text = readBlocks(message.blocks);
    expect(text).toContain("Jira sync");
    expect(text).toContain("Zendesk sends one sample event to jira.example.com.");
    expect(text).toContain("Nothing is sent until you press");
    expect(text).not.toContain("token");
  });

  it("has one button, which asks again and carries what is asked", () => {
    const buttons = buttonsOf(testQuestionMessage(HOOK, QUESTION).blocks, "test");
    expect(buttons).toHaveLength(1);
    expect(buttons[0]).toMatchObject({
      confirm: { text: { text: expect.stringMatching(/^One sample event goes to jira.*, as Jira sync\.$/) } },
    });
    expect(decodeTest(buttons[0]?.value)).toEqual({ provider: "zendesk", webhookId: "01WEB", ...QUESTION });
  });

  it("has no button for an id that none can carry, and says what works", () => {
    const message = testQuestionMessage(webhook({ id: "x".repeat(2_000) }), QUESTION);
    expectSafe(message);
    expect(buttonsOf(message.blocks, "test")).toEqual([]);
    expect(readBlocks(message.blocks)).toContain("in a terminal");
  });

  it("names those that match where there are several, with what names each alone", () => {
    const message = severalTargetsMessage([HOOK, webhook({ id: 'a "b', name: "Jira export" })], "/hooks");
    expectSafe(message);
    const text = readBlocks(message.blocks);
    expect(text).toContain("2 webhooks match");
    expect(text).toContain('Jira sync · Zendesk: /hooks test "Jira sync"');
    expect(text).toContain('Jira export · Zendesk: /hooks test "Jira export"');
  });

  it.each([
    ["its name is in another's", "Jira", "a b", 'webhook:"a b"'],
    ["another is called the same", "JIRA sync", "01OTHER", "webhook:01OTHER"],
    ["its name cannot be typed", "Jira “EU”", 'a "b', 'webhook:"a b"'],
    ["its name would end a quote", 'Jira" code:5xx "', "01OTHER", "webhook:01OTHER"],
  ])("names one by its id where %s", (_why, name, id, target) => {
    const message = severalTargetsMessage([HOOK, webhook({ id, name })], "/hooks");
    expectSafe(message);
    expect(readBlocks(message.blocks)).toContain(`/hooks test ${target}`);
  });

  it("lists ten of many", () => {
    const many = Array.from({ length: 400 }, (_, index) => webhook({ id: `W${index}` }));
    const text = readBlocks(severalTargetsMessage(many, "/hooks").blocks);
    expect(text.match(/test webhook:W/g)).toHaveLength(10);
    expect(text).toContain("and 390 more");
  });
});

describe("the result of a test delivery", () => {
  it("tells a success by its code, and names who sent it", () => {
    const message = testDeliveryMessage(answeredTest(HOOK, attempt({ durationMs: 120 }), NOW), SENDER);
    expectSafe(message);
    const text = readBlocks(message.blocks);
    expect(text).toContain("The receiver took it · code 200 · took 120 ms");
    expect(text).toContain("<@U024BE7LH> sent this test delivery.");
    expect(text).toContain("Zendesk keeps no record of a test, so this message is the only place it is told.");
    expect(text).not.toContain("Cause");
  });

  it("tells a failure with its cause, what to do next, and the answer", () => {
    const response = { headers: [{ name: "Server", value: "nginx" }], body: "upstream is down", truncated: false };
    const failed = attempt({ status: "server error", outcome: "failed", statusCode: 503, response, maskedCount: 2 });
    const message = testDeliveryMessage(answeredTest(HOOK, failed, NOW), SENDER);
    expectSafe(message);
    const text = readBlocks(message.blocks);
    expect(text).toMatch(/It failed · code 503/);
    expect(text).toMatch(/Cause: .+503/);
    expect(text).toMatch(/Next: .+/);
    expect(text).toContain("upstream is down");
    expect(text).toContain("2 values were masked");
  });

  it("points to the time that stands above it, in other logs", () => {
    const failed = attempt({ status: "server error", outcome: "failed", statusCode: 500 });
    const text = readBlocks(testDeliveryMessage(answeredTest(HOOK, failed, NOW), SENDER).blocks);
    expect(text).toMatch(/Next: Look into the logs of .+ at the time above\./);
    expect(text).not.toContain("below");
  });

  it("tells of an invocation how to open it and where its end is, and claims none", () => {
    const made = invocation({
      provider: "conductorone",
      id: "2fC",
      status: "WEBHOOK_STATE_PENDING",
      outcome: "pending",
    });
    const { statusCode: _, latestCompletedAt: __, ...pending } = made;
    const message = testDeliveryMessage(
      startedTest(webhook({ provider: "conductorone" }), pending, "Look there"),
      SENDER,
    );
    expectSafe(message);
    const text = readBlocks(message.blocks);
    expect(text).toContain("It was sent · pending");
    expect(text).toContain("Look there.");
    expect(text).toContain("Open it with /hooks invocation 2fC");
    expect(text).not.toMatch(/fail|took it/);
    expect(buttonsOf(message.blocks, "attempts")).toHaveLength(1);
  });
});

describe("a test delivery without a result", () => {
  it.each([
    ["not_sent", "Nothing was sent."],
    ["inactive", "Nothing was sent."],
    ["maybe_sent", "Nobody knows whether it was sent."],
    ["unkept", "It was sent."],
  ])("begins with what is known (%s)", (fault, head) => {
    const message = testTroubleMessage({ told: "Zendesk answered 403", nextStep: "Give it webhooks:write" }, fault);
    expectSafe(message);
    expect(readBlocks(message.blocks)).toContain(`${head} Zendesk answered 403.`);
    expect(readBlocks(message.blocks)).toContain("Next: Give it webhooks:write.");
    expect(message.text.startsWith(head)).toBe(true);
  });

  it("says how to ask again after a press that counts for nothing, and why there is none to send", () => {
    expect(readBlocks(testPressedMessage("/hooks").blocks)).toContain("nothing is sent this time");
    expectSafe(testPressedMessage("/hooks"));
    expectSafe(noTestMessage("No provider sends tests.", "Bring about an event."));
  });
});
