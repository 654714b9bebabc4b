import { afterEach, describe, expect, it } from "vitest";
import { readAttemptsOf } from "../../src/collect/attempts.ts";
import { askInvocation } from "../../src/collect/one-invocation.ts";
import { askFailures, askInvocations } from "../../src/collect/questions.ts";
import { explainGrouping } from "../../src/collect/why-grouped.ts";
import { issueId } from "../../src/triage/group.ts";
import type { FailuresAnswer, Issue } from "../../src/triage/issue.ts";
import type { Term } from "../../src/triage/query.ts";
import { readRow } from "../../src/triage/read-row.ts";
import { mixedStorm, TRUE_COUNTS } from "../e2e/mixed-storm.ts";
import { DAY_MS, type Desk, HOUR_MS, noDeadline, openDesk, START } from "./desk.ts";

let desk: Desk;
afterEach(() => desk?.close());

/** Only the documented shape tells why nothing answered. */
async function openStorm(): Promise<void> {
  desk = await openDesk({ scenario: mixedStorm(START), shape: "documented" });
}

async function ask(terms: readonly Term[] = []): Promise<FailuresAnswer> {
  const { answer } = await askFailures(desk.collector, desk.question(DAY_MS, { terms: [...terms] }), noDeadline());
  return answer;
}

/** How many of each cause an answer tells, as `webhook: cause`, each issue for all that is in it. */
function countsOf({ window, issues }: FailuresAnswer): Map<string, number> {
  const truth = desk.zendesk.truth(window);
  const counts = new Map<string, number>();
  for (const { webhook, invocations } of issues) {
    const causes = [...(truth.webhooks.get(webhook.id)?.failedByCause ?? [])];
    const found = new Set(invocations.map(({ id }) => causes.find(([, ids]) => ids.includes(id))?.[0]));
    for (const cause of found) {
      const name = `${webhook.name}: ${cause}`;
      counts.set(name, (counts.get(name) ?? 0) + invocations.length);
    }
  }
  return counts;
}

function attemptsRead(): string[] {
  return desk.zendesk.requests.filter(({ path }) => path.includes("/attempts")).map(({ path }) => path);
}

function issueOf({ issues }: Pick<FailuresAnswer, "issues">, name: string): Issue {
  const issue = issues.find(({ webhook }) => webhook.name === name);
  if (!issue) throw new Error(`${name} has no issue`);
  return issue;
}

describe("a storm of failures", () => {
  it("is told as what it is, from few attempts", async () => {
    await openStorm();
    const answer = await ask();
    expect(countsOf(answer)).toEqual(new Map(TRUE_COUNTS));
    expect(answer.issues).toHaveLength(TRUE_COUNTS.size);
    expect(attemptsRead().length).toBeLessThanOrEqual(40);
    expect(answer.notes).toEqual([]);
  });

  it("is told the same with every attempt read, and then nothing is assumed", async () => {
    await openStorm();
    const sampled = await ask();
    const before = attemptsRead().length;
    const question = desk.question(DAY_MS, { evidence: "all" });
    const { answer } = await askFailures(desk.collector, question, noDeadline());
    const summary = ({ issues }: FailuresAnswer) => issues.map(({ id, count }) => [id, count]);
    expect(summary(answer)).toEqual(summary(sampled));
    expect(sampled.issues.some(({ estimated }) => estimated)).toBe(true);
    expect(answer.issues.every(({ estimated, assumedCount }) => !estimated && assumedCount === 0)).toBe(true);
    // Each invocation once, those of the sample included.
    expect(attemptsRead()).toHaveLength(answer.totals.failed);
    expect(new Set(attemptsRead()).size).toBe(attemptsRead().length);
    expect(before).toBeLessThan(answer.totals.failed / 4);
  });

  it("is read once by questions that come together, and not at all by one that comes after", async () => {
    await openStorm();
    const answers = await Promise.all([ask(), ask(), ask()]);
    expect(new Set(attemptsRead()).size).toBe(attemptsRead().length);
    for (const answer of answers) expect(countsOf(answer)).toEqual(new Map(TRUE_COUNTS));
    const before = attemptsRead().length;
    await ask();
    expect(attemptsRead()).toHaveLength(before);
  });

  it("is narrowed by cause and by code, the codes of attempts included", async () => {
    await openStorm();
    const names = async (term: Term) => [...countsOf(await ask([term])).keys()].toSorted();
    expect(await names({ key: "cause", value: "dns", negated: false })).toEqual(["HR onboarding: dns-name-gone"]);
    expect(await names({ key: "cause", value: "tls", negated: false })).toEqual(["HR onboarding: certificate-expired"]);
    expect(await names({ key: "code", value: "422", negated: false })).toEqual([
      "Jira sync: field-422-assignee",
      "Jira sync: field-422-due-date",
    ]);
  });

  it("says when there was no time for the attempts, and tells by the rows what it can", async () => {
    await openStorm();
    const deadline = new AbortController();
    const listing = desk.question(DAY_MS);
    await desk.collector.freshen(listing, noDeadline());
    deadline.abort(new DOMException("time is over", "TimeoutError"));
    const { answer } = await askFailures(desk.collector, listing, deadline.signal);
    expect(answer.notes).toEqual(["There was no time to read all attempts: some causes are told in less detail."]);
    expect(answer.totals.failed).toBe([...TRUE_COUNTS.values()].reduce((sum, count) => sum + count));
    expect(issueOf(answer, "Billing export")).toMatchObject({ cause: { sureness: "unsure" }, assumedCount: 0 });
  });

  it("whose attempts cannot be read is told by its rows, with a note, and the provider is not asked on", async () => {
    await openStorm();
    await desk.collector.freshen(desk.question(DAY_MS), noDeadline());
    desk.zendesk.fail("500");
    const { answer, faults } = await askFailures(desk.collector, desk.question(DAY_MS), noDeadline());
    expect(answer.notes[0]).toMatch(/^Attempts of some invocations could not be read: /);
    expect(faults.length).toBeGreaterThan(0);
    expect(answer.issues.every(({ assumedCount }) => assumedCount === 0)).toBe(true);
  });

  it("gives each of its invocations the cause of its issue, one by one and alone", async () => {
    await openStorm();
    const { issues } = await ask();
    const question = desk.question(DAY_MS);
    const { answer } = await askInvocations(desk.collector, question, noDeadline());
    const assumed = answer.invocations.filter(({ isAssumed }) => isAssumed);
    expect(assumed).toHaveLength(issues.reduce((sum, { assumedCount }) => sum + assumedCount, 0));
    const [one] = assumed;
    if (!one) throw new Error("nothing is assumed");
    const { answer: alone } = await askInvocation(desk.collector, one.invocation.id, question, noDeadline());
    expect(alone).toMatchObject([{ issueId: one.issueId, isAssumed: true, cause: { id: one.cause.id } }]);
    expect(issues.find(({ id }) => id === one.issueId)?.cause).toEqual(one.cause);
    // A person who looks at the attempts learns it for sure.
    const { diagnosis } = await readAttemptsOf(desk.collector, one.invocation, noDeadline());
    expect(diagnosis?.reading.id).toBe(one.cause.id);
    const { answer: sure } = await askInvocation(desk.collector, one.invocation.id, question, noDeadline());
    expect(sure).toMatchObject([{ issueId: one.issueId, isAssumed: false }]);
  });
});

describe("why grouped", () => {
  it("is explained from the store alone", async () => {
    await openStorm();
    const { issues, window } = await ask();
    const issue = issues.find(({ webhook, assumedCount }) => webhook.name === "Billing export" && assumedCount > 0);
    if (!issue) throw new Error("nothing is assumed");
    const requests = desk.zendesk.requests.length;
    const ref = { provider: issue.provider, webhookId: issue.webhook.id, issueId: issue.id, window };
    const why = await explainGrouping(desk.collector, ref, noDeadline());
    expect(why).toMatchObject({
      issueId: issue.id,
      cause: issue.cause,
      assumedCount: issue.assumedCount,
      regrouped: [],
    });
    expect(why?.readCount).toBe(issue.count - issue.assumedCount);
    expect(why?.members.length).toBeLessThanOrEqual(5);
    expect(why?.members[0]?.telling).toBeDefined();
    expect(desk.zendesk.requests).toHaveLength(requests);
  });

  it("leads from what was said before the attempts were read to what is known now", async () => {
    await openStorm();
    const { issues, window } = await ask();
    const now = issueOf({ issues }, "Slack alerts bridge");
    const ref = { provider: "zendesk", webhookId: now.webhook.id, window };
    const [row] = now.invocations.map(readRow);
    const before = issueId("zendesk", now.webhook.id, row?.id ?? "");
    const why = await explainGrouping(desk.collector, { ...ref, issueId: before }, noDeadline());
    expect(why?.issueId).toBe(now.id);
  });

  it("has no answer for what did not fail in the window", async () => {
    await openStorm();
    const { issues, window } = await ask();
    const [issue] = issues;
    if (!issue) throw new Error("there is no issue");
    const ref = { provider: "zendesk", webhookId: issue.webhook.id, window };
    expect(await explainGrouping(desk.collector, { ...ref, issueId: "0123456789ab" }, noDeadline())).toBeUndefined();
    const earlier = { from: new Date(window.from.getTime() - HOUR_MS), to: window.from };
    const gone = { ...ref, issueId: issue.id, window: earlier };
    expect(await explainGrouping(desk.collector, gone, noDeadline())).toBeUndefined();
  });
});
