import { afterEach, describe, expect, it } from "vitest";
import { askInvocation } from "../../src/collect/one-invocation.ts";
import { askFailures, askInvocations } from "../../src/collect/questions.ts";
import { explainGrouping } from "../../src/collect/why-grouped.ts";
import { saveAttempts } from "../../src/store/attempts.ts";
import type { FailuresAnswer, Issue } from "../../src/triage/issue.ts";
import { type Invocation, occurredAt } from "../../src/triage/model.ts";
import { mixedStorm } from "../e2e/mixed-storm.ts";
import { DAY_MS, type Desk, noDeadline, openDesk, START } from "./desk.ts";

let desk: Desk;
afterEach(() => desk?.close());

const BRIDGE = "Slack alerts bridge";

async function openStorm(): Promise<void> {
  desk = await openDesk({ scenario: mixedStorm(START), shape: "documented" });
}

async function ask(evidence: "sample" | "all" = "sample") {
  const question = desk.question(DAY_MS, { evidence });
  return askFailures(desk.collector, question, noDeadline());
}

function issuesOf({ issues }: Pick<FailuresAnswer, "issues">, name: string): Issue[] {
  return issues.filter(({ webhook }) => webhook.name === name);
}

/** The newest of what failed at one webhook: it is always among those that are read first. */
async function newestOf(name: string): Promise<Invocation> {
  const question = desk.question(DAY_MS);
  await desk.collector.freshen(question, noDeadline());
  const aborted = AbortSignal.abort(new DOMException("time is over", "TimeoutError"));
  const { answer } = await askFailures(desk.collector, question, aborted);
  const [newest] = issuesOf(answer, name)[0]?.invocations ?? [];
  if (!newest) throw new Error(`${name} did not fail`);
  return newest;
}

function requestsFor({ id }: Invocation): number {
  return desk.zendesk.requests.filter(({ path }) => path.includes(`/${id}/attempts`)).length;
}

describe("one invocation whose attempts cannot be read", () => {
  async function openBroken(): Promise<Invocation> {
    await openStorm();
    const broken = await newestOf(BRIDGE);
    desk.zendesk.fail("500", { match: (path) => path.includes(`/${broken.id}/attempts`) });
    return broken;
  }

  it("keeps nobody from reading the others, and is no failure of the provider", async () => {
    await openBroken();
    const { answer, faults } = await ask();
    expect(answer.notes).toEqual([expect.stringMatching(/^Attempts of some invocations could not be read: /)]);
    expect(faults).toEqual([]);
    for (const name of [BRIDGE, "Billing export", "Jira sync"]) {
      for (const issue of issuesOf(answer, name))
        expect(issue).toMatchObject({ cause: { sureness: /certain|likely/ } });
    }
    expect(issuesOf(answer, BRIDGE)).toMatchObject([{ count: 20, isGuessed: false }]);
  });

  it("is asked for again some minutes later and not before, and the answer says so", async () => {
    const broken = await openBroken();
    await ask();
    const before = requestsFor(broken);
    expect(before).toBeGreaterThan(0);
    const { answer, faults } = await ask();
    expect(answer.notes).toEqual([expect.stringContaining("asked for again later")]);
    expect(faults).toEqual([]);
    expect(requestsFor(broken)).toBe(before);
    desk.zendesk.heal();
    desk.pass(11 * 60_000);
    expect((await ask("all")).answer.notes).toEqual([]);
    expect(requestsFor(broken)).toBe(before + 1);
  });

  it("is no end of it where it is one of several: a provider that fails them all is not asked on", async () => {
    await openStorm();
    await newestOf(BRIDGE);
    desk.zendesk.fail("text-error", { match: (path) => path.includes("/attempts") });
    const { faults } = await ask("all");
    expect(faults).toHaveLength(1);
    // Of 257: those that were under way side by side.
    expect(desk.zendesk.requests.filter(({ path }) => path.includes("/attempts")).length).toBeLessThan(16);
  });
});

describe("an invocation whose attempts told nothing", () => {
  it("stays with what looks the same, counted as assumed, and is not asked for again", async () => {
    await openStorm();
    const gone = await newestOf(BRIDGE);
    // What the provider does not know any more is kept as that.
    await saveAttempts(desk.collector.store.db, gone, [], desk.now());
    for (const evidence of ["sample", "all"] as const) {
      const { answer } = await ask(evidence);
      const [issue, ...others] = issuesOf(answer, BRIDGE);
      expect(others).toEqual([]);
      expect(issue).toMatchObject({ count: 20, estimated: true });
      expect(issue?.invocations).toContainEqual(gone);
      if (evidence === "all") expect(issue).toMatchObject({ readCount: 19, assumedCount: 1 });
    }
    expect(requestsFor(gone)).toBe(0);
  });
});

describe("an invocation that was not read", () => {
  it("is the same issue in every window, alone, and where it is explained", async () => {
    await openStorm();
    await ask();
    const { answer } = await askInvocations(desk.collector, desk.question(DAY_MS), noDeadline());
    const one = answer.invocations.find(({ isAssumed, webhook }) => isAssumed && webhook.name === BRIDGE);
    if (!one) throw new Error("nothing is assumed");
    const from = occurredAt(one.invocation);
    const window = { from, to: new Date(from.getTime() + 1) };
    const aborted = AbortSignal.abort(new DOMException("time is over", "TimeoutError"));
    const narrow = { ...desk.question(DAY_MS), query: { words: [], terms: [], window } };
    const { answer: alone } = await askInvocations(desk.collector, narrow, aborted);
    expect(alone.invocations.map(({ issueId, isAssumed }) => [issueId, isAssumed])).toEqual([[one.issueId, true]]);
    const { provider, webhookId } = one.invocation;
    const why = await explainGrouping(
      desk.collector,
      { provider, webhookId, issueId: one.issueId, window },
      noDeadline(),
    );
    expect(why).toMatchObject({ issueId: one.issueId, assumedCount: 1 });
  });

  it("is told alone by the present rules, those that it looks like included", async () => {
    await openStorm();
    await ask();
    const { answer } = await askInvocations(desk.collector, desk.question(DAY_MS), noDeadline());
    const one = answer.invocations.find(({ isAssumed, webhook }) => isAssumed && webhook.name === BRIDGE);
    if (!one) throw new Error("nothing is assumed");
    const { db } = desk.collector.store;
    const kept = await db.selectFrom("diagnoses").select("reading").where("reading", "is not", null).execute();
    const [reading] = kept.flatMap((row) => row.reading ?? []);
    if (!reading) throw new Error("nothing was read");
    const old = { ...reading, id: "by-earlier-rules" };
    await db
      .updateTable("diagnoses")
      .set({ rules: 0, cause_id: old.id, reading: old })
      .where("reading", "is not", null)
      .execute();
    const question = desk.question(DAY_MS);
    const { answer: alone } = await askInvocation(desk.collector, one.invocation.id, question, noDeadline());
    expect(alone).toMatchObject([{ issueId: one.issueId, isAssumed: true }]);
  });
});
