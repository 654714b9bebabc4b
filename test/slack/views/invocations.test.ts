import { describe, expect, it } from "vitest";
import { decodeAttempts, decodeMore } from "../../../src/slack/button-values.ts";
import { invocationMessage, notFoundYetMessage } from "../../../src/slack/views/invocation.ts";
import { invocationsMessage } from "../../../src/slack/views/invocations.ts";
import type { InvocationsAnswer } from "../../../src/triage/issue.ts";
import { buttonsOf, readBlocks } from "./read.ts";
import { ASK, CAUSE, coverage, listed, NOW, WINDOW, webhook } from "./sample.ts";

function answer(changes: Partial<InvocationsAnswer> = {}): InvocationsAnswer {
  const invocations = changes.invocations ?? [listed()];
  const totals = { failed: invocations.length, pending: 0 };
  return { window: WINDOW, asOf: NOW, coverage: [coverage()], notes: [], totals, invocations, ...changes };
}

const TWELVE = Array.from({ length: 12 }, (_, index) => listed({ id: `inv-${index + 1}` }));

describe("an invocation that is not found", () => {
  it.each([
    [
      { webhooks: 6, of: 12, isTimeOver: true },
      "Not found so far: 6 of 12 webhooks are not read yet.\nAsk again in a few minutes.",
    ],
    [
      { webhooks: 1, of: 1, isTimeOver: true },
      "Not found so far: 1 of 1 webhook is not read yet.\nAsk again in a few minutes.",
    ],
    [{ webhooks: 1, of: 12, isTimeOver: false }, "Not found so far: 1 of 12 webhooks is not read.\nZendesk is down."],
    [
      { webhooks: 0, of: 12, isTimeOver: false },
      "Not found so far: not everything could be searched.\nZendesk is down.",
    ],
  ])("may be in what is not read, and nothing costlier is advised: %j", (unread, told) => {
    const message = notFoundYetMessage({ unread, reasons: ["Zendesk is down", "Zendesk is down"] });
    expect(readBlocks(message.blocks)).toBe(told);
    expect(message.text).toBe(told.replace("\n", " "));
  });
});

describe("invocations, as a person reads them", () => {
  it("says of each when, how it ended, of which webhook and why", () => {
    expect(readBlocks(invocationsMessage(answer(), ASK, { offset: 0 }).blocks)).toContain(
      [
        "1 failed invocation",
        "Since 2026-11-20 06:00 UTC · as of 2026-11-21 06:00 UTC",
        "2026-11-21 05:31 UTC · terminated · code 503",
        "Jira sync",
        "The receiver answered 503 Service Unavailable",
      ].join("\n"),
    );
  });

  it("has a line between one and the next, and above the first", () => {
    const { blocks } = invocationsMessage(answer({ invocations: TWELVE.slice(0, 2) }), ASK, { offset: 0 });
    const of = ({ type }: { type: string }) => type === "divider" || type === "section";
    expect(blocks.filter(of).map(({ type }) => type)).toEqual(["divider", "section", "divider", "section"]);
  });

  it.each([
    [0, "inv-1", 10, "Invocations 1 to 10 of 12", 10],
    [10, "inv-11", 2, "Invocations 11 to 12 of 12", undefined],
    [11, "inv-12", 1, "Invocations: number 12 of 12", undefined],
  ])("shows ten from %i on", (offset, first, count, place, next) => {
    const { blocks } = invocationsMessage(answer({ invocations: TWELVE }), ASK, { offset });
    const buttons = buttonsOf(blocks, "attempts");
    expect(buttons.length).toBe(count);
    expect(decodeAttempts(buttons[0]?.value)?.id).toBe(first);
    expect(readBlocks(blocks)).toContain(place);
    const [more] = buttonsOf(blocks, "more");
    expect(decodeMore(more?.value)?.offset).toBe(next);
  });

  it("marks a cause that is assumed", () => {
    const invocations = [listed(), { ...listed(), isAssumed: true }];
    const text = readBlocks(invocationsMessage(answer({ invocations }), ASK, { offset: 0 }).blocks);
    expect(text.match(/503 Service Unavailable.*/g)).toEqual([
      "503 Service Unavailable",
      "503 Service Unavailable (assumed)",
    ]);
  });

  it("is no all-clear when something is unknown", () => {
    const gap = coverage({ state: "unknown", reason: "Zendesk is down." });
    const { blocks, text } = invocationsMessage(answer({ invocations: [], coverage: [gap] }), ASK, { offset: 0 });
    expect(readBlocks(blocks)).toMatch(/^Unknown: the invocations could not be read\n[\s\S]*no all-clear/);
    expect(text).toMatch(/^Unknown/);
  });
});

describe("one invocation, as a person reads it", () => {
  it("gives all facts and what to do next", () => {
    const one = listed({
      eventType: "ticket.created",
      attemptsCount: 3,
      source: { kind: "approvalStep", ref: "step 4" },
      expiresAt: new Date("2026-11-28T05:30:00Z"),
    });
    const { blocks } = invocationMessage(
      [{ ...one, webhook: webhook({ endpoint: "https://jira.example.com/in" }) }],
      ASK,
    );
    expect(readBlocks(blocks)).toBe(
      [
        "An invocation that failed",
        "Jira sync · Zendesk",
        "The receiver answered 503 Service Unavailable",
        "What it meant: 1 access request went on without its webhook approval step.",
        "Next: Ask the owner of jira.example.com whether it is down.",
        "Invocation: 01INV",
        "Event: ticket.created",
        "Sent because of: approval step of access request step 4",
        "Receiver: https://jira.example.com/in",
        "Created: 2026-11-21 05:30:00 UTC",
        "Ended: 2026-11-21 05:31:00 UTC",
        "3 attempts",
        "Expires: 2026-11-28 05:30 UTC",
        "2026-11-21 05:31 UTC · terminated · code 503 · approval step of access request step 4",
        "<@U024BE7LH> asked:/hooks failures last 24htimes as in Europe/Berlin",
      ].join("\n"),
    );
    expect(decodeAttempts(buttonsOf(blocks, "attempts")[0]?.value)?.id).toBe("01INV");
  });

  it.each([
    [
      "it is assumed",
      { isAssumed: true },
      "\nIts attempts were not read, or tell nothing: it is taken for this cause because it looks like",
    ],
    [
      "nobody can be sure",
      { cause: { ...CAUSE, sureness: "unsure" as const }, isRead: true },
      "\nNot sure why: the attempts that were read do not say.\n",
    ],
    [
      "its attempts tell nothing",
      { cause: { ...CAUSE, sureness: "unsure" as const }, isSilent: true },
      "\nNot sure why: what is known so far does not say.\n",
    ],
    [
      "nobody has looked yet",
      { cause: { ...CAUSE, sureness: "unsure" as const } },
      "\nWhy: its attempts are not read yet.\nNext: Press Attempts below: that reads why it failed.\n",
    ],
  ])("says of its cause that %s", (_what, changes, told) => {
    expect(readBlocks(invocationMessage([{ ...listed(), ...changes }], ASK).blocks)).toContain(told);
    expect(readBlocks(invocationMessage([listed()], ASK).blocks)).not.toContain(told);
  });

  it("gives no cause where nothing failed", () => {
    const text = readBlocks(
      invocationMessage([listed({ outcome: "succeeded", status: "success", statusCode: 200 })], ASK).blocks,
    );
    expect(text).toContain("An invocation that succeeded");
    expect(text).not.toContain(CAUSE.nextStep);
  });

  it("says until when a pending one is waited for", () => {
    const pendingUntil = new Date("2026-11-21T06:10:00Z");
    const text = readBlocks(
      invocationMessage([listed({ outcome: "pending", status: "accepted", pendingUntil })], ASK).blocks,
    );
    expect(text).toContain("An invocation that is still pending");
    expect(text).toContain("Counts as failed after: 2026-11-21 06:10 UTC");
  });

  it("shows each where several webhooks use the same id", () => {
    const { blocks } = invocationMessage([listed({ webhookId: "a" }), listed({ webhookId: "b" })], ASK);
    expect(readBlocks(blocks)).toContain("2 invocations have this id");
    expect(buttonsOf(blocks, "attempts").map((button) => decodeAttempts(button.value)?.webhookId)).toEqual(["a", "b"]);
  });
});
