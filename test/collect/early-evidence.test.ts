import { afterEach, describe, expect, it, vi } from "vitest";
import { gatherEarly } from "../../src/collect/early-evidence.ts";
import { askFailures, type Question } from "../../src/collect/questions.ts";
import { findInvocations } from "../../src/store/invocations.ts";
import { stratumOf } from "../../src/triage/assume.ts";
import { isCertainFromRow } from "../../src/triage/cause-of.ts";
import type { FailuresAnswer } from "../../src/triage/issue.ts";
import type { Invocation } from "../../src/triage/model.ts";
import { mixedStorm } from "../e2e/mixed-storm.ts";
import { DAY_MS, type Desk, noDeadline, openDesk, START } from "./desk.ts";

/** On a machine that has much to do. */
const PATIENCE = { timeout: 10_000 };

let desk: Desk;
afterEach(async () => {
  desk?.zendesk.heal();
  await desk?.close();
});

async function openStorm(): Promise<void> {
  desk = await openDesk({ scenario: mixedStorm(START), shape: "documented" });
}

/** From now on requests for these paths get no answer until `heal`. */
function hold(paths: RegExp): void {
  desk.zendesk.fail("hold", { match: (path) => paths.test(path) });
}

/** No page of this webhook can be had. */
function holdUp(name: string): void {
  const webhook = desk.zendesk.webhooks.find((candidate) => candidate.name === name);
  if (!webhook) throw new Error(`there is no ${name}`);
  hold(new RegExp(`/${webhook.id}/invocations(\\?|$)`));
}

function attemptsRead(): string[] {
  return desk.zendesk.requests.filter(({ path }) => path.includes("/attempts")).map(({ path }) => path);
}

/** Issues that a read told of, of what the store has by now. */
async function toldSoFar(question: Question): Promise<FailuresAnswer["issues"]> {
  const { answer } = await askFailures(desk.collector, { ...question, isUnderWay: true }, noDeadline());
  return answer.issues.filter(({ readCount }) => readCount > 0);
}

/** Lists all, without any attempts; then the same pages may be told of one by one. */
async function listed(question: Question): Promise<Invocation[]> {
  await desk.collector.freshen(question, noDeadline());
  return findInvocations(desk.collector.store.db, {
    window: question.query.window,
    outcomes: ["failed"],
    asOf: question.now,
  });
}

function looksOf(failed: readonly Invocation[]): number {
  return new Set(failed.filter((one) => !isCertainFromRow(one)).map(stratumOf)).size;
}

describe("while invocations are still being listed", () => {
  it("causes of what is listed are known, by one read of each look", async () => {
    await openStorm();
    holdUp("Okta deprovisioning");
    const question = desk.question(DAY_MS);
    const whole = askFailures(desk.collector, question, noDeadline());
    await vi.waitFor(async () => {
      const told = (await toldSoFar(question)).map(({ webhook }) => webhook.name);
      expect(told.toSorted()).toEqual(["Billing export", "HR onboarding", "Jira sync", "Slack alerts bridge"]);
    }, PATIENCE);
    expect(attemptsRead()).toHaveLength(4);
    desk.zendesk.heal();
    const { answer } = await whole;
    expect(answer.notes).toEqual([]);
    // None of them twice.
    expect(new Set(attemptsRead()).size).toBe(attemptsRead().length);
  });

  it("no more is read in all than would be read in the end", async () => {
    await openStorm();
    await listed(desk.question(DAY_MS));
    await askFailures(desk.collector, desk.question(DAY_MS), noDeadline());
    const inTheEnd = attemptsRead().length;
    await desk.close();
    await openStorm();
    const { answer } = await askFailures(desk.collector, desk.question(DAY_MS), noDeadline());
    expect(answer.issues.length).toBeGreaterThan(4);
    expect(attemptsRead().length).toBeLessThanOrEqual(inTheEnd + 1);
  });

  it("a few are read at a time, one look after the other, and in all half of what may be read", async () => {
    desk = await openDesk({ size: "triage" });
    const question = desk.question(7 * DAY_MS);
    const failed = await listed(question);
    expect(looksOf(failed)).toBeGreaterThan(20);
    hold(/attempts/);
    const early = gatherEarly(desk.collector, question, noDeadline());
    const [one, ...others] = failed.filter((invocation) => !isCertainFromRow(invocation));
    if (!one) throw new Error("nothing failed");
    early.onKept([one]);
    await vi.waitFor(() => expect(attemptsRead()).not.toEqual([]), PATIENCE);
    for (const other of others) early.onKept([other]);
    await new Promise(setImmediate);
    expect(attemptsRead().length).toBeLessThanOrEqual(6);
    desk.zendesk.heal();
    await vi.waitFor(() => expect(attemptsRead().length).toBeGreaterThan(20), PATIENCE);
    early.end();
    const { chosen, errors } = await early.whole;
    expect(errors).toEqual([]);
    expect(attemptsRead()).toHaveLength(chosen);
    expect(chosen).toBeLessThanOrEqual(39);
  });

  it("what could not be read is told in the end, which begins anew", async () => {
    await openStorm();
    const question = desk.question(DAY_MS);
    holdUp("Okta deprovisioning");
    desk.zendesk.fail("text-error", { match: (path) => path.includes("/attempts") });
    const whole = askFailures(desk.collector, question, noDeadline());
    await vi.waitFor(() => expect(attemptsRead().length).toBeGreaterThanOrEqual(3), PATIENCE);
    desk.zendesk.heal();
    const { answer, faults } = await whole;
    expect(answer.notes).toEqual([expect.stringMatching(/^Attempts of some invocations could not be read: /)]);
    expect(faults).toEqual([]);
    for (const { cause } of answer.issues) expect(cause.sureness).not.toBe("unsure");
  });
});

describe("nothing more is asked for", () => {
  it("once the question's time is over", async () => {
    await openStorm();
    const question = desk.question(DAY_MS);
    const failed = await listed(question);
    hold(/attempts/);
    const deadline = new AbortController();
    const early = gatherEarly(desk.collector, question, deadline.signal);
    early.onKept(failed.slice(0, 1));
    await vi.waitFor(() => expect(attemptsRead()).toHaveLength(1), PATIENCE);
    deadline.abort(new DOMException("time is over", "TimeoutError"));
    early.onKept(failed);
    early.end();
    await early.whole;
    expect(attemptsRead()).toHaveLength(1);
  });

  it("once all is listed: the rest is chosen from all of it", async () => {
    await openStorm();
    const question = desk.question(DAY_MS);
    const failed = await listed(question);
    const early = gatherEarly(desk.collector, question, noDeadline());
    early.end();
    early.onKept(failed);
    expect(await early.whole).toEqual({ chosen: 0, errors: [] });
    expect(attemptsRead()).toEqual([]);
  });

  it("where what is listed looks like what was read before, or lies outside of the window", async () => {
    await openStorm();
    await askFailures(desk.collector, desk.question(DAY_MS), noDeadline());
    const before = attemptsRead().length;
    const question = desk.question(DAY_MS);
    const failed = await listed(question);
    for (const asked of [question, desk.question(1)]) {
      const early = gatherEarly(desk.collector, asked, noDeadline());
      early.onKept(failed);
      await new Promise(setImmediate);
      early.end();
      expect(await early.whole).toEqual({ chosen: 0, errors: [] });
    }
    expect(attemptsRead()).toHaveLength(before);
  });
});
