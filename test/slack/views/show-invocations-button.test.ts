import { describe, expect, it } from "vitest";
import { validateMessage } from "../../../sandbox/slack/validate/index.ts";
import { decodeMore } from "../../../src/slack/button-values.ts";
import { digestMessage } from "../../../src/slack/views/digest.ts";
import { failuresMessage } from "../../../src/slack/views/failures.ts";
import { showInvocationsButton } from "../../../src/slack/views/show-invocations-button.ts";
import { buttonsOf, readBlocks } from "./read.ts";
import { ASK, CAUSE, failures, invocation, issue, issues, NOW, webhook } from "./sample.ts";

const ASKED = 'webhook:"Jira sync" code:5xx from 2026-11-20T06:00:00Z to 2026-11-21T06:00:00Z';
const DIGEST = { kind: "scheduled", terms: "", queryText: ASKED } as const;
const TOO_LONG = "x".repeat(2_500);
const TWENTY = withFailures(20);

/** An issue of so many failed invocations, of which an answer gets the latest few. */
function withFailures(count: number) {
  const invocations = Array.from({ length: Math.min(count, 3) }, (_, index) => invocation({ id: `inv-${index}` }));
  return issue({ count, invocations });
}

describe("the button Show invocations below issues", () => {
  it("asks the same question, from the first invocation on and as of the same time", () => {
    const { blocks } = failuresMessage(failures({ issues: [TWENTY] }), { ...ASK, queryText: ASKED }, { offset: 0 });
    const buttons = buttonsOf(blocks, "show-invocations");
    expect(buttons.map(({ text }) => text.text)).toEqual(["Show invocations"]);
    expect(buttons[0]?.accessibility_label).toBe("Show invocations: every failed one, newest first");
    expect(decodeMore(buttons[0]?.value)).toEqual({ view: "invocations", query: ASKED, asOf: NOW, offset: 0 });
  });

  it("stands once in a digest as well, for the digest's own question", () => {
    const { blocks } = digestMessage(failures({ issues: [TWENTY, ...issues(2)] }), DIGEST);
    const buttons = buttonsOf(blocks, "show-invocations");
    expect(buttons.map(({ value }) => decodeMore(value))).toEqual([
      { view: "invocations", query: ASKED, asOf: NOW, offset: 0 },
    ]);
  });

  it("stands below the first page of issues alone: it is of all pages", () => {
    const shown = [0, 5, 10].map((offset) => failuresMessage(failures({ issues: issues(12) }), ASK, { offset }));
    expect(shown.map(({ blocks }) => buttonsOf(blocks, "show-invocations").length)).toEqual([1, 0, 0]);
    for (const { blocks } of shown.slice(1)) expect(readBlocks(blocks)).not.toMatch(/Show|Every failed/);
  });

  it.each([
    ["five issues with one each", issues(5), 0],
    ["an issue with two", [withFailures(2)], 0],
    ["an issue with three, of which two stand above", [withFailures(3)], 1],
    ["one of five issues with three", [...issues(4), withFailures(3)], 1],
    ["an issue more than a page has", issues(6), 1],
  ])("stands only where not all failed ones stand above it: %s", (_what, some, count) => {
    const answer = failures({ issues: some });
    const shown = [failuresMessage(answer, ASK, { offset: 0 }), digestMessage(answer, DIGEST)];
    for (const { blocks } of shown) {
      expect(buttonsOf(blocks, "show-invocations")).toHaveLength(count);
      expect(readBlocks(blocks)).not.toContain("Every failed invocation");
    }
  });

  it("stands below issues that show one of their two invocations, since two have no room", () => {
    const page = `https://acme.conductor.one/task/${"x".repeat(100)}`;
    const long = issue({
      cause: { ...CAUSE, sureness: "unsure", title: "t".repeat(160), nextStep: "n".repeat(300) },
      breadth: 4,
      webhook: webhook({ name: "w".repeat(200) }),
      invocations: ["a", "b"].map((id) => invocation({ id, source: { kind: "provisionStep", ref: "2mqT1" } })),
      sourceUrls: new Map(["a", "b"].map((id) => [id, page])),
    });
    const { blocks } = failuresMessage(failures({ issues: Array.from({ length: 5 }, () => long) }), ASK, { offset: 0 });
    expect(buttonsOf(blocks, "attempts")).toHaveLength(5);
    expect(buttonsOf(blocks, "show-invocations")).toHaveLength(1);
  });

  it("stands beside More, and each is a button of its own", () => {
    const message = failuresMessage(failures({ issues: issues(12) }), ASK, { offset: 0 });
    expect(buttonsOf(message.blocks, "more")).toHaveLength(1);
    expect(buttonsOf(message.blocks, "show-invocations")).toHaveLength(1);
    expect(validateMessage({ text: message.text, blocks: message.blocks })).toEqual([]);
  });

  it("is not there where there is no issue", () => {
    const none = failures({ issues: [] });
    for (const { blocks } of [failuresMessage(none, ASK, { offset: 0 }), digestMessage(none, DIGEST)]) {
      expect(buttonsOf(blocks, "show-invocations")).toEqual([]);
      expect(readBlocks(blocks)).not.toMatch(/Show invocations|Every failed/);
    }
  });

  it("gives way to the command where the question is too long for a button", () => {
    const line = "Every failed invocation: ask a shorter question with /hooks invocations";
    const alone = failures({ issues: [TWENTY] });
    const two = failures({ issues: [TWENTY, ...issues(1)] });
    const ask = { ...ASK, queryText: TOO_LONG };
    const shown = [alone, two].flatMap((answer) => [
      failuresMessage(answer, ask, { offset: 0 }),
      digestMessage(answer, { ...DIGEST, queryText: TOO_LONG }),
    ]);
    for (const { blocks } of shown) {
      expect(buttonsOf(blocks, "show-invocations")).toEqual([]);
      expect(readBlocks(blocks).split("\n")).toContain(line);
    }
    const [all, later] = [failures({ issues: issues(2) }), failures({ issues: issues(12) })];
    expect(readBlocks(failuresMessage(all, ask, { offset: 0 }).blocks)).not.toContain("Every failed");
    expect(readBlocks(failuresMessage(later, ask, { offset: 5 }).blocks)).not.toContain("Every failed");
    const asked = failuresMessage(alone, { ...ask, command: "/wh failures" }, { offset: 0 });
    expect(readBlocks(asked.blocks)).toContain("ask a shorter question with /wh invocations\n");
  });

  it("is none rather than one that Slack would refuse", () => {
    expect(showInvocationsButton(TOO_LONG, NOW)).toBeUndefined();
    expect(showInvocationsButton("last 24h", NOW)?.value?.length).toBeLessThan(2_000);
  });
});
