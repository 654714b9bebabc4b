import { describe, expect, it } from "vitest";
import { failuresMessage } from "../../../src/slack/views/failures.ts";
import { invocationsMessage } from "../../../src/slack/views/invocations.ts";
import type { Late, Slowed } from "../../../src/slack/views/late.ts";
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

function slowedBy(left?: Slowed["left"]): Slowed {
  return { provider: "zendesk", limitPerMinute: 10, isTold: true, ...(left && { left }) };
}

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
      { ...READING, read: { what: "attempts", read: 0, of: 0 } },
      `Still reading: attempts, which tell why invocations failed. ${EDITED} ask again.`,
    ],
    [
      "how far that is",
      { ...READING, read: { what: "attempts", read: 12, of: 40 } },
      `Still reading: attempts 12 of 40 so far, which tell why invocations failed. ${EDITED} ask again.`,
    ],
    [
      "no count that looks like the end",
      { ...READING, read: { what: "webhooks", read: 37, of: 37 } },
      `Still reading. ${EDITED} ask again.`,
    ],
    [
      "which budget slows it, and an estimate",
      { ...READING, read: { what: "webhooks", read: 12, of: 40 }, slowed: slowedBy({ minutes: 3, isInTime: true }) },
      `Still reading: 12 of 40 webhooks so far. Zendesk allows 10 requests a minute: about 3 more minutes. ${EDITED} ask again.`,
    ],
    [
      "which budget slows it, while nobody knows what is left",
      { ...READING, slowed: { ...slowedBy(), limitPerMinute: 1 } },
      `Still reading. Zendesk allows 1 request a minute. ${EDITED} ask again.`,
    ],
    [
      "that not all of it will be there in time",
      { ...READING, slowed: slowedBy({ minutes: 12, isInTime: false }) },
      "Zendesk allows 10 requests a minute: not all of it will be read by 2026-11-21 06:10 UTC. This message is edited until then; after that ask again.",
    ],
    [
      "when to ask again where it cannot be edited and a budget slows it",
      { state: "being_read", slowed: slowedBy({ minutes: 3, isInTime: true }) },
      "Still reading. Zendesk allows 10 requests a minute: about 3 more minutes. Ask again in about 3 minutes for the rest.",
    ],
    [
      "why it was ended",
      { state: "cut_short", why: "The bot is being restarted. Ask again." },
      "The bot is being restarted. Ask again. Some causes are told in less detail.",
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
  it("says nothing that goes on meanwhile, since it is shown once", () => {
    expect(workingMessage().text).toBe("Reading the providers' logs…");
    expectSafe(workingMessage());
  });
});
