import { describe, expect, it } from "vitest";
import { attemptsMessage } from "../../../src/slack/views/attempts.ts";
import { digestMessage } from "../../../src/slack/views/digest.ts";
import { failuresMessage } from "../../../src/slack/views/failures.ts";
import { invocationMessage } from "../../../src/slack/views/invocation.ts";
import { invocationsMessage } from "../../../src/slack/views/invocations.ts";
import type { Invocation } from "../../../src/triage/model.ts";
import { readBlocks } from "./read.ts";
import { ASK, attempt, coverage, failures, invocation, issue, listed, NOW, webhook } from "./sample.ts";

const PAGE = "https://acme.conductor.one/task/2mqT1";
const BADGES = webhook({ provider: "conductorone", id: "2hook", name: "Badge access" });
const COMPLETE = coverage({ provider: "conductorone", webhookId: "2hook", webhookName: "Badge access" });

function stuck(id: string, ref: string, kind = "provisionStep"): Invocation {
  const status = "WEBHOOK_STATE_FATAL_ERROR";
  const of = { provider: "conductorone", webhookId: "2hook", source: { kind, ref } };
  return invocation({ ...of, id, status, statusCode: undefined });
}

function badgeIssue(invocations: Invocation[]) {
  const sourceUrls = new Map(invocations.map(({ id }) => [id, PAGE]));
  return issue({ id: "badges", provider: "conductorone", webhook: BADGES, invocations, sourceUrls });
}

const TWO_REQUESTS = badgeIssue([stuck("i3", "2mqT2"), stuck("i2", "2mqT1"), stuck("i1", "2mqT1")]);

describe("what failures meant", () => {
  it("stands with the issue, and its invocations lead back to what they belonged to", () => {
    const message = failuresMessage(failures({ issues: [TWO_REQUESTS], coverage: [COMPLETE] }), ASK, { offset: 0 });
    expect(readBlocks(message.blocks)).toContain(
      [
        "1. The receiver answered 503 Service Unavailable",
        "Badge access · ConductorOne",
        "3 failed",
        "first 2026-11-21 04:00 UTC · last 2026-11-21 05:31 UTC",
        "rising ▁▁▁▁▁▁▁▁▁▁▃▇",
        "What it meant: 2 access requests fell back to manual provisioning.",
        "Next: Ask the owner of jira.example.com whether it is down.",
        `2026-11-21 05:31 UTC · fatal error · provisioning step of access request 2mqT2 · <${PAGE}|open in ConductorOne>`,
      ].join("\n"),
    );
    expect(message.text).toContain("What it meant: 2 access requests fell back to manual provisioning.");
  });

  it("stands above several issues for all of them, each access request counted once", () => {
    const another = issue({ ...badgeIssue([stuck("i4", "2mqT1")]), id: "other" });
    const answer = failures({ issues: [TWO_REQUESTS, another, issue()], coverage: [COMPLETE, coverage()] });
    const [, top = ""] = failuresMessage(answer, ASK, { offset: 0 }).blocks.map((block) => readBlocks([block]));
    expect(top).toContain("What it meant: 2 access requests fell back to manual provisioning.");
  });

  it("is no more than at least where a part of it is unknown, and sure where another provider's is", () => {
    const unread = { state: "unknown", reason: "It is down." } as const;
    const told = (gaps: ReturnType<typeof coverage>[]) =>
      readBlocks(failuresMessage(failures({ issues: [TWO_REQUESTS], coverage: gaps }), ASK, { offset: 0 }).blocks);
    expect(told([{ ...COMPLETE, ...unread }])).toContain("What it meant: At least 2 access requests");
    expect(told([COMPLETE, coverage(unread)])).toContain("What it meant: 2 access requests");
  });

  it("stands in a digest as well", () => {
    const answer = failures({ issues: [TWO_REQUESTS, issue()], coverage: [COMPLETE, coverage()] });
    const message = digestMessage(answer, { kind: "scheduled", terms: "", queryText: "last 24h" });
    const text = readBlocks(message.blocks);
    expect(text.match(/What it meant: 2 access requests fell back to manual provisioning\./g)).toHaveLength(2);
    expect(message.text).toContain("What it meant: 2 access requests");
  });

  it("is not told where nobody can tell it", () => {
    const text = readBlocks(failuresMessage(failures(), ASK, { offset: 0 }).blocks);
    expect(text).not.toContain("What it meant");
  });

  it("stands above invocations one by one, each with its link", () => {
    const { totals: _, issues: __, ...frame } = failures({ coverage: [COMPLETE] });
    const one = { ...listed(), invocation: stuck("i1", "77", "workflowStep"), webhook: BADGES, sourceUrl: PAGE };
    const answer = { ...frame, totals: { failed: 1, pending: 0 }, invocations: [one] };
    const text = readBlocks(invocationsMessage(answer, ASK, { offset: 0 }).blocks);
    expect(text).toContain("What it meant: 1 automation run failed.");
    expect(text).toContain(`automation run 77 · <${PAGE}|open in ConductorOne>`);
  });

  it.each([
    ["without the id behind the link", PAGE, `provisioning step of access request 77 · <${PAGE}|open in ConductorOne>`],
    ["with its id where there is no link", undefined, "provisioning step of access request 77 (2mqT1)\n"],
    [
      "with its id where the link leads nowhere",
      "javascript:alert(1)",
      "provisioning step of access request 77 (2mqT1)\n",
    ],
  ])("names an access request as people do, %s", (_how, sourceUrl, told) => {
    const one = stuck("i1", "2mqT1");
    const source = { kind: "provisionStep", ref: "2mqT1", name: "77" };
    const named = badgeIssue([{ ...one, source }]);
    const sourceUrls = new Map(sourceUrl === undefined ? [] : [["i1", sourceUrl]]);
    const answer = failures({ issues: [{ ...named, sourceUrls }], coverage: [COMPLETE] });
    expect(readBlocks(failuresMessage(answer, ASK, { offset: 0 }).blocks)).toContain(` · ${told}`);
  });

  it("stands with a single invocation, whose link is an element of its own", () => {
    const one = { ...listed(), invocation: stuck("i1", "2mqT1"), webhook: BADGES, sourceUrl: PAGE };
    const { blocks } = invocationMessage([one], ASK);
    expect(readBlocks(blocks)).toContain(
      "Sent because of: provisioning step of access request 2mqT1 · open in ConductorOne",
    );
    expect(JSON.stringify(blocks)).toContain(`{"type":"link","url":"${PAGE}","text":"open in ConductorOne"}`);
  });

  it.each(["javascript:alert(1)", "http://acme.conductor.one/task/1", "https://a:b@acme.conductor.one/", "nonsense"])(
    "links nowhere else: %s",
    (sourceUrl) => {
      const one = { ...listed(), invocation: stuck("i1", "2mqT1"), webhook: BADGES, sourceUrl };
      const text = JSON.stringify(invocationMessage([one], ASK).blocks);
      expect(text).toContain("provisioning step of access request 2mqT1");
      expect(text).not.toMatch(/"link"|open in ConductorOne/);
    },
  );
});

describe("the attempts of a provider that tells a timeline alone", () => {
  const status = "WEBHOOK_STATE_ERROR";
  const bare = { status, statusCode: undefined, response: undefined, durationMs: undefined };
  const report = {
    ref: { provider: "conductorone", webhookId: "2hook", id: "i1" },
    listed: { ...listed(), invocation: stuck("i1", "2mqT1"), webhook: BADGES, sourceUrl: PAGE },
    attempts: [
      attempt(bare),
      attempt({
        ...bare,
        index: 1,
        status: "WEBHOOK_STATE_FATAL_ERROR",
        startedAt: new Date("2026-11-21T05:30:09Z"),
        errorMessage: "unexpected status code 503 Service Unavailable",
      }),
    ],
    readAt: NOW,
    detail: "timeline" as const,
    timelineOnlyBecause: "There is no more.",
  };

  it("are when, state, gap and error, and why there is no more", () => {
    const { blocks, text } = attemptsMessage(report);
    expect(readBlocks(blocks)).toBe(
      [
        "Attempts: Badge access",
        "2 attempts · fatal error · ended 2026-11-21 05:31:00 UTC",
        "Cause: The receiver answered 503 Service Unavailable",
        "What it meant: 1 access request fell back to manual provisioning.",
        "Next: Ask the owner of jira.example.com whether it is down.",
        "Sent because of: provisioning step of access request 2mqT1 · open in ConductorOne",
        "Invocation i1 · ConductorOne · read 2026-11-21 06:00:00 UTC",
        "# | When | State | Gap | Error",
        "1 | 2026-11-21 05:30:00 UTC | error | – | –",
        "2 | 2026-11-21 05:30:09 UTC | fatal error | 9 s | unexpected status code 503 Service Unavailable",
        "Attempt 2",
        "Error: unexpected status code 503 Service Unavailable",
        "There is no more.",
      ].join("\n"),
    );
    expect(text).toBe("2 attempts of an invocation to Badge access, the last fatal error.");
  });

  it("are the same line by line in classic blocks", () => {
    const classic = readBlocks(attemptsMessage(report).classic ?? []);
    expect(classic).toContain("2026-11-21 05:30:00 UTC · error\n");
    expect(classic).toContain("· after 9 s · fatal error · unexpected status code 503 Service Unavailable");
    expect(classic).toContain("There is no more.");
  });

  it("say when there were more than it tells of, and when it tells of none", () => {
    const { invocation: known } = report.listed;
    const gappy = { ...report, listed: { ...report.listed, invocation: { ...known, attemptsCount: 50 } } };
    expect(readBlocks(attemptsMessage(gappy).blocks)).toContain("ConductorOne counts 50 attempts and tells of 2.");
    const none = readBlocks(attemptsMessage({ ...report, attempts: [] }).blocks);
    expect(none).toContain("ConductorOne lists no attempts of this invocation");
    expect(none).toContain("There is no more.");
  });
});
