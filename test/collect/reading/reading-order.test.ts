import { afterEach, describe, expect, it } from "vitest";
import type { Progress } from "../../../src/collect/collector.ts";
import { askFailures } from "../../../src/collect/questions.ts";
import { saveWebhooks } from "../../../src/store/webhooks.ts";
import { overallState } from "../../../src/triage/coverage.ts";
import { DAY_MS, type Desk, HOUR_MS, noDeadline, openDesk } from "../desk.ts";

let desk: Desk;
afterEach(() => desk?.close());

describe("a question", () => {
  it("tells at the start how many webhooks are to be read, and of each that is", async () => {
    desk = await openDesk();
    const told: Progress[] = [];
    const onProgress = (progress: Progress) => told.push(progress);
    await desk.collector.freshen({ ...desk.question(DAY_MS), onProgress }, noDeadline());
    const of = desk.zendesk.webhooks.length;
    const steps = Array.from({ length: of + 1 }, (_, read) => ({ provider: "zendesk", read, of }));
    expect(told).toEqual(steps);
  });

  it("tells of nothing, and asks for nothing, where 400 webhooks are fresh", async () => {
    desk = await openDesk({ size: "quiet" });
    const { db } = desk.collector.store;
    const listed = desk.zendesk.webhooks.map(({ id, name }) => ({ provider: "zendesk", id, name, active: true }));
    await saveWebhooks(
      db,
      "zendesk",
      listed.map((webhook) => ({ ...webhook, eventTypes: [] })),
      desk.now(),
    );
    const question = desk.question(DAY_MS);
    const { from, to } = question.query.window;
    const covered = listed.map(({ provider, id }) => ({ provider, webhook_id: id, from_at: from, to_at: to }));
    await db.insertInto("coverage").values(covered).execute();
    const told: Progress[] = [];
    const onProgress = (progress: Progress) => told.push(progress);
    const { coverage } = await desk.collector.freshen({ ...question, onProgress }, noDeadline());
    expect([coverage.length, overallState(coverage)]).toEqual([400, "complete"]);
    expect([told, desk.zendesk.requests]).toEqual([[], []]);
  });

  it("does not count as read what failed", async () => {
    desk = await openDesk();
    const [broken] = desk.zendesk.webhooks;
    desk.zendesk.fail("html-200", { match: (path) => path.includes(`${broken?.id}/invocations`) });
    const told: Progress[] = [];
    await desk.collector.freshen(
      { ...desk.question(DAY_MS), onProgress: (progress) => told.push(progress) },
      noDeadline(),
    );
    const of = desk.zendesk.webhooks.length;
    expect(told.at(-1)).toEqual({ provider: "zendesk", read: of - 1, of });
  });
});

describe("a list without an end", () => {
  it("ends with an error that names the webhook, and leaves the others whole", async () => {
    desk = await openDesk();
    const [looping] = desk.zendesk.webhooks;
    desk.zendesk.fail("cursor-loop", { match: (path) => path.includes(`${looping?.id}/invocations`) });
    const { answer, faults } = await askFailures(desk.collector, desk.question(7 * DAY_MS), noDeadline());
    expect(faults).toMatchObject([
      { webhookId: looping?.id, isFinal: false, reason: expect.stringContaining("repeats a page cursor") },
    ]);
    const incomplete = answer.coverage.filter(({ state }) => state !== "complete");
    expect(incomplete.map(({ webhookName }) => webhookName)).toEqual([looping?.name]);
  });
});

describe("an answer from slices", () => {
  it("is right, and stays right for a window that ended while something was pending", async () => {
    desk = await openDesk({ size: "flood", invocations: 6_000 });
    const window = desk.question(3 * DAY_MS).query.window;
    const question = () => ({ ...desk.question(3 * DAY_MS), query: { ...desk.question(3 * DAY_MS).query, window } });
    await desk.collector.freshen(question(), noDeadline());
    const listings = desk.zendesk.requests.filter(
      ({ path }) => path.includes("/invocations?") && !path.includes("page%5Bafter"),
    );
    expect(listings.length).toBeGreaterThan(1);
    desk.pass(2 * HOUR_MS);
    const { answer } = await askFailures(desk.collector, question(), noDeadline());
    expect(answer.totals).toMatchObject({ failed: desk.zendesk.truth(window).totals.failed, pending: 0 });
  });
});
