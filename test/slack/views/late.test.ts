import { describe, expect, it } from "vitest";
import { failuresMessage } from "../../../src/slack/views/failures.ts";
import { invocationsMessage } from "../../../src/slack/views/invocations.ts";
import type { Late } from "../../../src/slack/views/late.ts";
import type { Message } from "../../../src/slack/views/message.ts";
import { webhooksMessage } from "../../../src/slack/views/webhooks.ts";
import { workingMessage } from "../../../src/slack/views/working.ts";
import { readBlocks } from "./read.ts";
import { expectSafe } from "./safe.ts";
import { ASK, coverage, failures, issues, NOW, WINDOW } from "./sample.ts";

const UNTIL = new Date(NOW.getTime() + 10 * 60_000);
const EDITED = "This message is edited when the rest has arrived, until 2026-11-21 06:10 UTC at the latest; after that";
const READING: Late = { state: "being_read", until: UNTIL };
const UNKNOWN = coverage({ state: "unknown", missing: [WINDOW], reason: "Still being read." });
const NOTHING_KNOWN = { coverage: [UNKNOWN], issues: [], totals: { failed: 0, pending: 0 } };

function said(late: Late | undefined, answer = failures({ issues: issues(1) })): string {
  return readBlocks(failuresMessage(answer, ASK, { offset: 0 }, late).blocks);
}

describe("an answer of which the rest is on its way", () => {
  it.each<[string, Late, string]>([
    ["that it is read", READING, `Still reading. ${EDITED} ask again.`],
    [
      "how far it is",
      { ...READING, read: { what: "webhooks", read: 12, of: 1_040 } },
      `Still reading: 12 of 1,040 webhooks so far. ${EDITED} ask again.`,
    ],
    [
      "what comes last",
      { ...READING, read: { what: "attempts" } },
      `Still reading: attempts, which tell why invocations failed. ${EDITED} ask again.`,
    ],
    [
      "what to do where it cannot be edited",
      { state: "being_read", read: { what: "webhooks", read: 0, of: 1 } },
      "Still reading: 0 of 1 webhook so far. Ask again in a minute for the rest.",
    ],
    [
      "that nothing more comes",
      { state: "given_up" },
      "The bot itself failed to read the rest, so this is all for now. Ask again.",
    ],
  ])("says %s, in one line above what is known, and in the notification", (_what, late, line) => {
    const message = failuresMessage(failures({ issues: issues(1) }), ASK, { offset: 0 }, late);
    expect(readBlocks(message.blocks).split("\n")[2]).toContain(line);
    expect(message.text).toContain(line);
    expectSafe(message);
  });

  it("says no word of it where all is there", () => {
    expect(said(undefined)).not.toMatch(/reading|edited/);
  });

  it("does not tell anybody to ask again while nothing is known yet, and gives no all-clear", () => {
    const text = said(READING, failures(NOTHING_KNOWN));
    expect(text).toMatch(/^Nothing is known yet: the invocations are being read\n/);
    expect(text).toContain("This is no all-clear.");
    expect(text).not.toContain("when the provider answers");
  });

  const frame = { window: WINDOW, asOf: NOW, notes: [], coverage: [UNKNOWN] };
  it.each<[string, Message, string]>([
    [
      "invocations",
      invocationsMessage({ ...frame, totals: { failed: 0, pending: 0 }, invocations: [] }, ASK, { offset: 0 }, READING),
      "Nothing is known yet: the invocations are being read",
    ],
    [
      "webhooks",
      webhooksMessage({ ...frame, webhooks: [] }, ASK, READING),
      "Nothing is known yet: the webhooks are being read",
    ],
  ])("says so of %s too", (_what, message, title) => {
    expect(readBlocks(message.blocks)).toMatch(new RegExp(`^${title}\n[\\s\\S]*Still reading\\.`));
    expect(message.text).toContain("Still reading.");
    expectSafe(message);
  });
});

describe("the note that an answer is on its way", () => {
  it.each([
    [undefined, "Reading the providers' logs…"],
    [{ what: "webhooks", read: 3, of: 40 } as const, "Reading the providers' logs: 3 of 40 webhooks so far…"],
  ])("says how far it is, where that is known: %j", (read, text) => {
    expect(workingMessage(read).text).toBe(text);
    expectSafe(workingMessage(read));
  });
});
