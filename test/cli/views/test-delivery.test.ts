import { describe, expect, it } from "vitest";
import { testDeliveryJson, testDeliveryText, testQuestionText } from "../../../src/cli/views/test-delivery.ts";
import type { Attempt, Webhook } from "../../../src/triage/model.ts";
import { answeredTest, startedTest } from "../../../src/triage/test-delivery.ts";
import { obeyedIn } from "../obeyed.ts";

const NOW = new Date("2026-11-21T12:00:00Z");
const HOOK: Webhook = {
  provider: "zendesk",
  id: "01WEB",
  name: "Jira sync",
  endpoint: "https://jira.example.com:8443/in",
  active: true,
  eventTypes: [],
};
const TAKEN: Attempt = {
  invocationId: "test",
  index: 0,
  status: "success",
  outcome: "succeeded",
  statusCode: 204,
  maskedCount: 0,
};
const EVIL = `${String.fromCodePoint(0x1b)}[31m${String.fromCodePoint(0x9b)}2J${String.fromCodePoint(0x202e)}\r`;

describe("a test delivery in a terminal", () => {
  it("is asked for with the webhook and the host that it goes to", () => {
    expect(testQuestionText(HOOK)).toBe(
      "Zendesk sends one sample event to jira.example.com:8443, by the webhook Jira sync. The receiver gets it like any other. Send it?",
    );
  });

  it("that was taken is told in two lines", () => {
    expect(testDeliveryText(answeredTest(HOOK, TAKEN, NOW), "Europe/Berlin").split("\n")).toEqual([
      "Sent one test delivery to jira.example.com:8443, by Zendesk, webhook Jira sync (01WEB)",
      "The receiver took it · code 204 · Sat 21 Nov 13:00:00",
    ]);
  });

  it("that failed is told with cause, next step and the answer", () => {
    const response = { headers: [{ name: "Server", value: "nginx" }], body: "no such route", truncated: true };
    const failed: Attempt = {
      ...TAKEN,
      status: "client error",
      outcome: "failed",
      statusCode: 404,
      response,
      maskedCount: 1,
    };
    const text = testDeliveryText(answeredTest(HOOK, failed, NOW), "UTC");
    expect(text).toMatch(/^It failed · code 404 · Sat 21 Nov 12:00:00\nCause: .+\n(Not sure why: .+\n)?Next: .+$/m);
    expect(text).toMatch(/^ {2}Server: +nginx\n\n {2}no such route\n {2}\(cut here/m);
    expect(text).toContain("1 value masked");
  });

  it("points to the time that stands above it, in other logs", () => {
    const failed: Attempt = { ...TAKEN, status: "server error", outcome: "failed", statusCode: 500 };
    const text = testDeliveryText(answeredTest(HOOK, failed, NOW), "UTC");
    expect(text).toContain("Next: Look into the logs of jira.example.com:8443 at the time above.");
  });

  it("that became an invocation claims no end, and is a document without what only we use", () => {
    const invocation = {
      provider: "conductorone",
      webhookId: "elsewhere",
      id: "2fC",
      status: "WEBHOOK_STATE_ERROR",
      outcome: "pending",
      createdAt: NOW,
      pendingUntil: NOW,
      expiresAt: NOW,
    } as const;
    const delivery = startedTest({ ...HOOK, provider: "conductorone" }, invocation, "Look there.");
    const text = testDeliveryText(delivery, "UTC");
    expect(text.split("\n").slice(1)).toEqual(["error · made Sat 21 Nov 12:00:00", "Invocation 2fC", "Look there."]);
    const { pendingUntil: _, ...rest } = invocation;
    expect(testDeliveryJson(delivery)).toEqual({
      invocation: { ...rest, webhookId: "01WEB", source: { kind: "test" } },
    });
  });

  it("holds nothing that the terminal obeys, whatever comes from outside", () => {
    const hook = { ...HOOK, id: EVIL, name: `a${EVIL}b`, endpoint: `https://x/${EVIL}` };
    const response = { headers: [{ name: EVIL, value: EVIL }], body: EVIL, truncated: false };
    const failed: Attempt = { ...TAKEN, outcome: "failed", status: EVIL, response, errorMessage: EVIL };
    const made = {
      provider: "zendesk",
      webhookId: EVIL,
      id: EVIL,
      status: EVIL,
      outcome: "failed",
      createdAt: NOW,
    } as const;
    const texts = [
      testQuestionText(hook),
      testDeliveryText(answeredTest(hook, failed, NOW), "UTC"),
      testDeliveryText(startedTest(hook, made, EVIL), "UTC"),
    ];
    for (const text of texts) expect(obeyedIn(text)).toEqual([]);
  });
});
