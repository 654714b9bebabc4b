import { afterEach, describe, expect, it } from "vitest";
import { readAttemptsOf } from "../../src/collect/attempts.ts";
import { askFailures } from "../../src/collect/questions.ts";
import { readStatus } from "../../src/collect/status.ts";
import { overallState } from "../../src/triage/coverage.ts";
import { DAY_MS, type Desk, HOUR_MS, noDeadline, openDesk } from "./desk.ts";

let desk: Desk;
afterEach(() => desk?.close());

describe("a provider that fails", () => {
  it.each(["429", "500", "503", "cut", "cut-body", "html-200", "half-json-200", "text-error", "redirect"] as const)(
    "from the start with %s makes everything unknown, says since when, and is given up in time",
    async (kind) => {
      desk = await openDesk();
      desk.zendesk.fail(kind);
      const began = desk.now();
      const { answer, faults } = await askFailures(desk.collector, desk.question(DAY_MS), noDeadline());
      expect(answer.coverage).toMatchObject([{ provider: "zendesk", webhookId: null, state: "unknown" }]);
      expect(answer.coverage[0]?.reason).toContain("failing since 2026-11-21 08:0");
      expect(faults).toHaveLength(1);
      expect(desk.now().getTime() - began.getTime()).toBeLessThan(60_000);
    },
  );

  it("after the list makes each webhook unknown, and does not try them one after the other for ever", async () => {
    desk = await openDesk();
    desk.zendesk.fail("500", { match: (path) => path.includes("/invocations") });
    const began = desk.now();
    const { answer } = await askFailures(desk.collector, desk.question(DAY_MS), noDeadline());
    expect(answer.coverage).toHaveLength(desk.zendesk.webhooks.length);
    expect(overallState(answer.coverage)).toBe("unknown");
    expect(desk.now().getTime() - began.getTime()).toBeLessThan(60_000);
  });

  it("for one webhook leaves the others whole", async () => {
    desk = await openDesk();
    const [broken] = desk.zendesk.webhooks;
    desk.zendesk.fail("html-200", { match: (path) => path.includes(`${broken?.id}/invocations`) });
    const { answer } = await askFailures(desk.collector, desk.question(DAY_MS), noDeadline());
    const incomplete = answer.coverage.filter(({ state }) => state !== "complete");
    expect(incomplete).toMatchObject([{ webhookId: broken?.id, webhookName: broken?.name, state: "unknown" }]);
  });

  it("in the middle of a webhook keeps the newest part and names the rest", async () => {
    desk = await openDesk();
    desk.zendesk.fail("html-200", { match: (_path, query) => query.has("page[after]") });
    const { answer } = await askFailures(desk.collector, desk.question(7 * DAY_MS), noDeadline());
    const partial = answer.coverage.filter(({ state }) => state === "partial");
    expect(partial.length).toBeGreaterThan(0);
    for (const { missing, from, to } of partial) {
      expect(missing).toHaveLength(1);
      expect(missing[0]?.from).toEqual(from);
      expect(missing[0]?.to.getTime()).toBeLessThan(to.getTime());
    }
  });

  it("after a good answer leaves what was collected, and only what is new is unknown", async () => {
    desk = await openDesk();
    const first = await askFailures(desk.collector, desk.question(DAY_MS), noDeadline());
    desk.pass(HOUR_MS);
    desk.zendesk.fail("503");
    const question = desk.question(DAY_MS);
    const { answer } = await askFailures(desk.collector, question, noDeadline());
    expect(overallState(answer.coverage)).toBe("partial");
    const { failed, pending } = first.answer.totals;
    expect(answer.totals.failed).toBeGreaterThan(0);
    expect(answer.totals.failed).toBeLessThanOrEqual(failed + pending);
    for (const { missing } of answer.coverage) {
      expect(missing).toHaveLength(1);
      expect(missing[0]?.to.getTime()).toBe(question.query.window.to.getTime());
    }
    desk.zendesk.heal();
    const healed = await askFailures(desk.collector, desk.question(DAY_MS), noDeadline());
    expect(overallState(healed.answer.coverage)).toBe("complete");
  });

  it("does not hold an answer beyond its deadline", async () => {
    desk = await openDesk();
    desk.zendesk.fail("hang");
    const deadline = AbortSignal.timeout(50);
    const { answer, faults } = await askFailures(desk.collector, desk.question(DAY_MS), deadline);
    expect(overallState(answer.coverage)).toBe("unknown");
    expect(faults[0]?.reason).toContain("took longer than an answer can wait");
  });

  it("keeps the attempts that were read before", async () => {
    desk = await openDesk();
    const { answer } = await askFailures(desk.collector, desk.question(DAY_MS), noDeadline());
    const invocation = answer.issues[0]?.invocations[0];
    if (!invocation) throw new Error("The scenario has no failure.");
    const fresh = await readAttemptsOf(desk.collector, invocation, noDeadline());
    desk.zendesk.fail("text-error");
    const kept = await readAttemptsOf(desk.collector, invocation, noDeadline());
    expect(kept.attempts.map(({ statusCode }) => statusCode)).toEqual(
      fresh.attempts.map(({ statusCode }) => statusCode),
    );
    expect(kept.staleReason).toContain("Zendesk");
  });

  it("is named in the status, with the mend", async () => {
    desk = await openDesk();
    desk.zendesk.fail("old-token", { times: 100 });
    const { providers } = await readStatus(
      desk.collector,
      { now: desk.now(), channel: "C0OPS", checks: [] },
      noDeadline(),
    );
    expect(providers).toMatchObject([{ id: "zendesk", state: "failing" }]);
    expect(providers[0]?.detail).toContain("ZENDESK_ACCESS_TOKEN");
  });
});

describe("what the provider no longer keeps", () => {
  it("is unknown, not zero", async () => {
    desk = await openDesk();
    const { answer, faults } = await askFailures(desk.collector, desk.question(30 * DAY_MS), noDeadline());
    expect(faults).toEqual([]);
    for (const { state, reason, missing } of answer.coverage) {
      expect(state).toBe("partial");
      expect(reason).toContain("keeps only 7 days");
      expect(missing).toHaveLength(1);
    }
  });

  it("is complete up to five minutes beyond", async () => {
    desk = await openDesk();
    const { answer } = await askFailures(desk.collector, desk.question(7 * DAY_MS + 4 * 60_000), noDeadline());
    expect(overallState(answer.coverage)).toBe("complete");
  });
});
