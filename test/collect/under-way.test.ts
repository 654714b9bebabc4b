import { afterEach, expect, it } from "vitest";
import { askFailures, askInvocations, askWebhooks, type Question } from "../../src/collect/questions.ts";
import { overallState } from "../../src/triage/coverage.ts";
import { DAY_MS, type Desk, HOUR_MS, noDeadline, openDesk } from "./desk.ts";

let desk: Desk;
afterEach(() => desk?.close());

/** The question as it is answered while it is being read. */
const underWay = (question: Question): Question => ({ ...question, isUnderWay: true });

it("of what was never read nothing is known, and it is no fault", async () => {
  desk = await openDesk();
  const question = underWay(desk.question(DAY_MS));
  for (const ask of [askFailures, askInvocations, askWebhooks]) {
    const { answer, faults, unmatched } = await ask(desk.collector, question, noDeadline());
    expect(answer.coverage).toMatchObject([{ webhookId: null, state: "unknown", reason: "Still being read." }]);
    expect({ faults, unmatched }).toEqual({ faults: [], unmatched: undefined });
  }
  expect(desk.zendesk.requests).toEqual([]);
});

it("what was read before counts, without a request and without attempts", async () => {
  desk = await openDesk();
  const earlier = desk.question(DAY_MS);
  await askFailures(desk.collector, earlier, noDeadline());
  desk.pass(2 * HOUR_MS);
  const requests = desk.zendesk.requests.length;
  const { answer } = await askFailures(desk.collector, underWay(desk.question(DAY_MS)), noDeadline());
  expect(desk.zendesk.requests).toHaveLength(requests);
  expect(overallState(answer.coverage)).toBe("partial");
  expect(answer.totals.failed).toBeGreaterThan(0);
  for (const { missing, reason } of answer.coverage) {
    expect(reason).toBe("Still being read.");
    expect(missing).toEqual([{ from: earlier.query.window.to, to: desk.now() }]);
  }
});

it("agrees with the whole answer once all is read, and keeps its moment", async () => {
  desk = await openDesk();
  const question = desk.question(DAY_MS);
  const { answer: whole } = await askFailures(desk.collector, question, noDeadline());
  desk.pass(5 * 60_000);
  const { answer } = await askFailures(desk.collector, underWay(question), noDeadline());
  expect(answer).toEqual(whole);
});

it("says since when a provider fails, as it may go on failing", async () => {
  desk = await openDesk();
  desk.zendesk.fail("500");
  await askFailures(desk.collector, desk.question(DAY_MS), noDeadline());
  const { answer } = await askFailures(desk.collector, underWay(desk.question(DAY_MS)), noDeadline());
  expect(answer.coverage.map(({ reason }) => reason)).toEqual([
    expect.stringMatching(/^Zendesk could not be read so far, failing since 2026-11-21 08:0\d UTC\.$/),
  ]);
});

it("tells what is done meanwhile: webhooks first, attempts last", async () => {
  desk = await openDesk();
  const told: string[] = [];
  const question: Question = {
    ...desk.question(DAY_MS),
    onProgress: ({ provider, read, of }) => told.push(`${provider} ${read}/${of}`),
    onAttempts: () => told.push("attempts"),
  };
  await askFailures(desk.collector, question, noDeadline());
  const attempts = told.indexOf("attempts");
  expect(told[attempts - 1]).toBe("zendesk 12/12");
  expect(new Set(told.slice(attempts))).toEqual(new Set(["attempts"]));
});
