import { afterEach, describe, expect, it } from "vitest";
import { readAttemptsOf } from "../../src/collect/attempts.ts";
import { askInvocation } from "../../src/collect/one-invocation.ts";
import { askFailures, askInvocations, askWebhooks } from "../../src/collect/questions.ts";
import { overallState } from "../../src/triage/coverage.ts";
import type { FailuresAnswer } from "../../src/triage/issue.ts";
import { DAY_MS, type Desk, HOUR_MS, noDeadline, openDesk } from "./desk.ts";

let desk: Desk;
afterEach(() => desk?.close());

function idsOf(answer: FailuresAnswer): string[] {
  return answer.issues.flatMap((issue) => issue.invocations.map(({ id }) => id)).sort();
}

function truthOf({ zendesk }: Desk, window: { from: Date; to: Date }) {
  const truth = zendesk.truth(window);
  return { totals: truth.totals, failed: [...truth.webhooks.values()].flatMap(({ failed }) => failed).sort() };
}

describe("an answer, against what really happened", () => {
  it.each(["wire", "documented", "mixed"] as const)("is right for the last 7 days, from %s answers", async (shape) => {
    desk = await openDesk({ shape });
    const question = desk.question(7 * DAY_MS);
    const { answer, faults } = await askFailures(desk.collector, question, noDeadline());
    const truth = truthOf(desk, question.query.window);
    expect(faults).toEqual([]);
    expect(overallState(answer.coverage)).toBe("complete");
    expect(answer.totals).toEqual({ failed: truth.totals.failed, pending: truth.totals.pending });
    expect(idsOf(answer)).toEqual(truth.failed);
  });

  it("is right for a window in the past, although rows of it moved on since", async () => {
    desk = await openDesk();
    const question = desk.question(DAY_MS);
    const window = { from: new Date(desk.now().getTime() - 3 * DAY_MS), to: new Date(desk.now().getTime() - DAY_MS) };
    const past = { ...question, query: { ...question.query, window } };
    const { answer } = await askFailures(desk.collector, past, noDeadline());
    expect(idsOf(answer)).toEqual(truthOf(desk, window).failed);
  });

  it("is right with 40 webhooks and 1,500 failures under a limit of 100 requests a minute", async () => {
    desk = await openDesk({ size: "triage", rateLimitPerMinute: 100 });
    const question = desk.question(7 * DAY_MS);
    const { answer, faults } = await askFailures(desk.collector, question, noDeadline());
    expect(faults).toEqual([]);
    expect(idsOf(answer)).toEqual(truthOf(desk, question.query.window).failed);
    expect(answer.totals.failed).toBeGreaterThan(1_400);
  });

  it("agrees with itself: invocations one by one are those of the issues", async () => {
    desk = await openDesk();
    const question = desk.question(2 * DAY_MS);
    const { answer: failures } = await askFailures(desk.collector, question, noDeadline());
    const { answer: list } = await askInvocations(desk.collector, question, noDeadline());
    expect(list.invocations.map(({ invocation }) => invocation.id).sort()).toEqual(idsOf(failures));
    const issueIds = new Set(failures.issues.map(({ id }) => id));
    expect(list.invocations.every(({ issueId }) => issueIds.has(issueId))).toBe(true);
  });

  it("counts every webhook's invocations", async () => {
    desk = await openDesk();
    const question = desk.question(2 * DAY_MS);
    const { answer } = await askWebhooks(desk.collector, question, noDeadline());
    const truth = desk.zendesk.truth(question.query.window);
    for (const { webhook, failed, pending, succeeded } of answer.webhooks) {
      const told = truth.webhooks.get(webhook.id);
      const expected = [told?.failed.length, told?.pending.length, told?.succeeded.length];
      expect([failed, pending, succeeded], webhook.name).toEqual(expected);
    }
  });
});

describe("a second question", () => {
  it("costs nothing within the max age, and says as of when it is true", async () => {
    desk = await openDesk();
    const first = await askFailures(desk.collector, desk.question(DAY_MS), noDeadline());
    const askedAt = desk.now();
    desk.pass(20_000);
    const second = await askFailures(desk.collector, desk.question(DAY_MS), noDeadline());
    expect(first.requests.zendesk).toBeGreaterThan(0);
    expect(second.requests).toEqual({ zendesk: 0 });
    expect(second.answer.asOf).toEqual(askedAt);
    expect(overallState(second.answer.coverage)).toBe("complete");
  });

  it("reads only what is new after that, and is right again", async () => {
    desk = await openDesk();
    await askFailures(desk.collector, desk.question(7 * DAY_MS), noDeadline());
    const listingsBefore = desk.zendesk.requests.filter(({ path }) => !path.includes("/attempts")).length;
    desk.pass(6 * HOUR_MS);
    const question = desk.question(2 * DAY_MS);
    const { answer, requests } = await askFailures(desk.collector, question, noDeadline());
    const listings = desk.zendesk.requests.filter(({ path }) => !path.includes("/attempts")).length;
    expect(listings - listingsBefore).toBe(1 + desk.zendesk.webhooks.length);
    // New evidence: of each look that has new failures, and of what is a larger part of the shorter window.
    expect(requests.zendesk).toBeLessThanOrEqual(listings - listingsBefore + 12);
    expect(idsOf(answer)).toEqual(truthOf(desk, question.query.window).failed);
  });

  it("at the same moment shares what the first one reads", async () => {
    const alone = await openDesk();
    const { answer, requests } = await askFailures(alone.collector, alone.question(DAY_MS), noDeadline());
    await alone.close();

    desk = await openDesk();
    const question = desk.question(DAY_MS);
    const three = await Promise.all([1, 2, 3].map(() => askFailures(desk.collector, question, noDeadline())));
    expect(desk.zendesk.requests).toHaveLength(requests.zendesk ?? 0);
    for (const shared of three) expect(idsOf(shared.answer)).toEqual(idsOf(answer));
  });

  it("about one webhook reads that webhook alone", async () => {
    desk = await openDesk();
    const terms = [{ key: "webhook", value: "jira", negated: false }] as const;
    const question = desk.question(DAY_MS, { terms: [...terms] });
    const { answer } = await askFailures(desk.collector, question, noDeadline());
    const [webhookId] = answer.coverage.map((entry) => entry.webhookId);
    const [list, ...ofWebhook] = desk.zendesk.requests.map(({ path }) => path);
    expect(answer.coverage).toHaveLength(1);
    expect(list).toMatch(/^\/api\/v2\/webhooks\?/);
    expect(ofWebhook.every((path) => path.startsWith(`/api/v2/webhooks/${webhookId}/`))).toBe(true);
    expect(ofWebhook.filter((path) => !path.includes("/attempts"))).toHaveLength(1);
  });
});

describe("evidence", () => {
  it("of every failed invocation is read with `all`, once", async () => {
    desk = await openDesk();
    const sampled = await askFailures(desk.collector, desk.question(DAY_MS), noDeadline());
    const read = desk.zendesk.requests.filter(({ path }) => path.includes("/attempts")).length;
    expect(read).toBeLessThan(sampled.answer.totals.failed);
    const question = desk.question(DAY_MS, { evidence: "all" });
    const { answer, requests } = await askFailures(desk.collector, question, noDeadline());
    const again = await askFailures(desk.collector, question, noDeadline());
    // Those of the sample are not read again.
    expect(requests.zendesk).toBe(answer.totals.failed - read);
    expect(again.requests).toEqual({ zendesk: 0 });
  });

  it("of one invocation is what its provider has, redacted", async () => {
    desk = await openDesk();
    const { answer } = await askFailures(desk.collector, desk.question(DAY_MS), noDeadline());
    const invocation = answer.issues[0]?.invocations[0];
    if (!invocation) throw new Error("The scenario has no failure.");
    const { attempts } = await readAttemptsOf(desk.collector, invocation, noDeadline());
    expect(attempts.at(-1)?.statusCode).toBe(invocation.statusCode);
    expect(JSON.stringify(attempts)).not.toMatch(/@customer|Basic [A-Za-z0-9+/]{8}/);
  });
});

describe("one invocation by its id", () => {
  it("is found without a request when it is known, and by reading when it is not", async () => {
    desk = await openDesk();
    const question = desk.question(7 * DAY_MS);
    const [webhookId, told] =
      [...desk.zendesk.truth(question.query.window).webhooks].find(([, of]) => of.failed.length > 0) ?? [];
    const id = told?.failed[0] ?? "";
    const first = await askInvocation(desk.collector, id, question, noDeadline());
    const second = await askInvocation(desk.collector, id, question, noDeadline());
    expect(first.answer.map(({ webhook }) => webhook.id)).toEqual([webhookId]);
    expect(second.requests).toEqual({ zendesk: 0 });
  });
});
