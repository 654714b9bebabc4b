import { describe, expect, it } from "vitest";
import { validateMessage } from "../../../sandbox/slack/validate/index.ts";
import { decodeMore } from "../../../src/slack/button-values.ts";
import { digestMessage } from "../../../src/slack/views/digest.ts";
import { failuresMessage } from "../../../src/slack/views/failures.ts";
import { showInvocationsButton } from "../../../src/slack/views/show-invocations-button.ts";
import { buttonsOf, readBlocks } from "./read.ts";
import { ASK, failures, issues, NOW } from "./sample.ts";

const ASKED = 'webhook:"Jira sync" code:5xx from 2026-11-20T06:00:00Z to 2026-11-21T06:00:00Z';
const DIGEST = { kind: "scheduled", terms: "", queryText: ASKED } as const;
const TOO_LONG = "x".repeat(2_500);

describe("the button Show invocations below issues", () => {
  it("asks the same question, from the first invocation on and as of the same time", () => {
    const { blocks } = failuresMessage(failures(), { ...ASK, queryText: ASKED }, { offset: 0 });
    const buttons = buttonsOf(blocks, "show-invocations");
    expect(buttons.map(({ text }) => text.text)).toEqual(["Show invocations"]);
    expect(buttons[0]?.accessibility_label).toBe("Show every failed invocation, newest first");
    expect(decodeMore(buttons[0]?.value)).toEqual({ view: "invocations", query: ASKED, asOf: NOW, offset: 0 });
  });

  it("stands once in a digest as well, for the digest's own question", () => {
    const { blocks } = digestMessage(failures({ issues: issues(3) }), DIGEST);
    const buttons = buttonsOf(blocks, "show-invocations");
    expect(buttons.map(({ value }) => decodeMore(value))).toEqual([
      { view: "invocations", query: ASKED, asOf: NOW, offset: 0 },
    ]);
  });

  it("asks for all of them also below a later page of issues", () => {
    const { blocks } = failuresMessage(failures({ issues: issues(12) }), ASK, { offset: 5 });
    const [button] = buttonsOf(blocks, "show-invocations");
    expect(decodeMore(button?.value)?.offset).toBe(0);
  });

  it("stands beside More, and each is a button of its own", () => {
    const message = failuresMessage(failures({ issues: issues(12) }), ASK, { offset: 0 });
    expect(buttonsOf(message.blocks, "more")).toHaveLength(1);
    expect(buttonsOf(message.blocks, "show-invocations")).toHaveLength(1);
    expect(validateMessage({ text: message.text, blocks: message.blocks })).toEqual([]);
  });

  it.each([
    ["there is no issue", failures({ issues: [] }), ASK.queryText],
    ["the question is too long for a button", failures({ issues: issues(2) }), TOO_LONG],
  ])("is not there where %s", (_where, answer, queryText) => {
    const asked = failuresMessage(answer, { ...ASK, queryText }, { offset: 0 });
    const digest = digestMessage(answer, { ...DIGEST, queryText });
    for (const { blocks } of [asked, digest]) {
      expect(buttonsOf(blocks, "show-invocations")).toEqual([]);
      expect(readBlocks(blocks)).not.toContain("Show invocations");
    }
  });

  it("is none rather than one that Slack would refuse", () => {
    expect(showInvocationsButton(TOO_LONG, NOW)).toBeUndefined();
    expect(showInvocationsButton("last 24h", NOW)?.value?.length).toBeLessThan(2_000);
  });
});
