import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeScenario } from "../../sandbox/scenario/make-scenario.ts";
import { pastIncident } from "../../sandbox/scenario/sizes/incidents.ts";
import { askFailures } from "../../src/collect/questions.ts";
import { readDiagnoses } from "../../src/store/diagnoses.ts";
import type { FailuresAnswer } from "../../src/triage/issue.ts";
import { refKey } from "../../src/triage/model.ts";
import { DAY_MS, type Desk, HOUR_MS, noDeadline, openDesk, START } from "./desk.ts";

let desk: Desk;
let answer: FailuresAnswer;
/** One that fails for the first time in the hour after the first question. */
let later: string;

beforeAll(async () => {
  const scenario = makeScenario({ seed: 7, now: START, size: "triage" });
  const [busy] = scenario.webhooks;
  if (!busy) throw new Error("there are 40");
  const soon = new Date(START.getTime() + HOUR_MS);
  busy.incidents.push(pastIncident("nginx-502-upstream-gone", 50, soon, 0.9, 0.8));
  later = busy.id;
  desk = await openDesk({ scenario });
  answer = await ask();
}, 60_000);
afterAll(() => desk?.close());

async function ask(): Promise<FailuresAnswer> {
  return (await askFailures(desk.collector, desk.question(7 * DAY_MS), noDeadline())).answer;
}

function attemptsRequests(): number {
  return desk.zendesk.requests.filter(({ path }) => path.includes("/attempts")).length;
}

/** By `webhook cause`: how many invocations have it, and how many the answer tells of it. */
async function countsOf({ window, issues }: FailuresAnswer): Promise<Map<string, { true: number; told: number }>> {
  const counts = new Map<string, { true: number; told: number }>();
  const causes = new Map<string, string>();
  for (const [webhookId, { failedByCause }] of desk.zendesk.truth(window).webhooks) {
    for (const [cause, ids] of failedByCause) {
      counts.set(`${webhookId} ${cause}`, { true: ids.length, told: 0 });
      for (const id of ids) causes.set(`${webhookId} ${id}`, `${webhookId} ${cause}`);
    }
  }
  for (const { webhook, invocations, count, readCount, assumedCount } of issues) {
    const read = await readDiagnoses(desk.collector.store.db, invocations);
    const isToldByRow = readCount + assumedCount === 0;
    // An issue stands for the cause of those of its members that told of it.
    const telling = invocations.find((invocation) => isToldByRow || read.has(refKey(invocation)));
    const found = counts.get(causes.get(`${webhook.id} ${telling?.id}`) ?? "");
    if (found) found.told += count;
  }
  return counts;
}

describe("7 days of 40 webhooks and 1,500 failures with 30 causes", () => {
  it("are told by a tenth of the requests of reading all, nearly all causes found and counts nearly right", async () => {
    const failed = answer.totals.failed;
    const requests = desk.zendesk.requests.length;
    const listing = requests - attemptsRequests();
    expect(failed).toBe(1_500);
    expect(answer.issues.reduce((sum, { count }) => sum + count, 0)).toBe(failed);
    expect(requests / (listing + failed)).toBeLessThanOrEqual(0.1);
    const counts = await countsOf(answer);
    const causes = Map.groupBy(counts, ([key]) => key.split(" ").at(-1));
    const found = [...causes.values()].filter((all) => all.some(([, { told }]) => told > 0));
    expect(causes.size).toBe(30);
    expect(found.length / causes.size).toBeGreaterThanOrEqual(0.95);
    const wrong = [...counts.values()].reduce((sum, count) => sum + Math.abs(count.told - count.true), 0);
    expect(wrong / failed).toBeLessThanOrEqual(0.1);
    for (const { estimated, assumedCount } of answer.issues) expect(estimated || assumedCount === 0).toBe(true);
  });

  it("cost no attempts when they are asked for again, and a few when more has failed", async () => {
    const first = attemptsRequests();
    await ask();
    expect(attemptsRequests()).toBe(first);
    desk.pass(HOUR_MS);
    const { issues } = await ask();
    expect(issues.find(({ webhook }) => webhook.id === later)?.count).toBeGreaterThanOrEqual(50);
    expect(attemptsRequests() - first).toBeGreaterThanOrEqual(1);
    expect(attemptsRequests() - first).toBeLessThanOrEqual(8);
  });
});
