import { describe, expect, it } from "vitest";
import { AuthenticationError } from "../../../src/providers/errors.ts";
import { faultMessage } from "../../../src/slack/views/fault.ts";
import { helpMessage } from "../../../src/slack/views/help.ts";
import type { Message } from "../../../src/slack/views/message.ts";
import { busyMessage, failureMessage, refusalMessage, staleButtonMessage } from "../../../src/slack/views/refusal.ts";
import { workingMessage } from "../../../src/slack/views/working.ts";
import { readBlocks } from "./read.ts";
import { expectSafe } from "./safe.ts";

describe("short answers", () => {
  it.each<[string, Message, RegExp]>([
    [
      "help",
      helpMessage(),
      /\n\/hooks failures last 24h – issues, worst first, each with what to do next\n[\s\S]*webhook:"Jira sync"[\s\S]*since 9am/,
    ],
    ["a guest", refusalMessage("guest"), /Sorry, guests/],
    [
      "another organisation",
      refusalMessage("other_organisation"),
      /Sorry, this bot answers only people of the organisation/,
    ],
    [
      "somebody unverified",
      refusalMessage("unverified", "0123456789"),
      /Try again in a minute[\s\S]*Request 0123456789/,
    ],
    [
      "everybody while a scope is missing",
      refusalMessage("missing_scope", "0123456789"),
      /scope users:read[\s\S]*OAuth & Permissions[\s\S]*install the app again[\s\S]*Request 0123456789/,
    ],
    ["a shared channel", refusalMessage("shared_channel"), /shared with another organisation/],
    ["a stale button", staleButtonMessage(), /too old[\s\S]*\/hooks failures/],
    ["a second press", busyMessage(), /fetched already/],
    ["work in progress", workingMessage(), /^Reading the providers' logs…/],
  ])("for %s say what to do, in words that Slack takes", (_what, message, said) => {
    expect(readBlocks(message.blocks)).toMatch(said);
    expectSafe(message);
  });

  it("tell what was understood, what was not, and what works", () => {
    const fault = {
      what: 'There is no term "stauts".',
      understood: "failures last 24h",
      suggestion: "Did you mean status:terminated?",
      example: "failures status:terminated last 24h",
    };
    expect(readBlocks(faultMessage(fault).blocks)).toBe(
      [
        'There is no term "stauts".',
        "Understood: failures last 24h",
        "Did you mean status:terminated?",
        "This works: /hooks failures status:terminated last 24h",
      ].join("\n"),
    );
  });

  it.each([
    [
      "a provider's error",
      new AuthenticationError({
        provider: "zendesk",
        request: "GET /api/v2/webhooks",
        webhookId: "01KJ1RA0000000000000000000",
        happened: "refuses our token",
        nextStep: "Renew ZENDESK_ACCESS_TOKEN",
      }),
      "Zendesk refuses our token. Renew ZENDESK_ACCESS_TOKEN.",
    ],
    ["a deadline", new DOMException("The operation was aborted", "TimeoutError"), "It took too long to read."],
    ["an error of our own", new Error("relation does not exist at postgres://user:pw@db"), "The bot itself failed"],
    ["what is no error", "nothing", "The bot itself failed"],
  ])("quote %s only if it is written for people", (_what, error, told) => {
    const text = readBlocks(failureMessage(error).blocks);
    expect(text).toContain(told);
    expect(text).not.toContain("postgres");
    expect(text).not.toContain("/api/");
  });
});
