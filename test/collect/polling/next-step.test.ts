import { describe, expect, it } from "vitest";
import { nextStep, sharedPart, type Wishes } from "../../../src/collect/polling/next-step.ts";
import type { Outlook } from "../../../src/collect/polling/outlook.ts";
import { type Window, windowOf } from "../../../src/triage/window.ts";

const MINUTE_MS = 60_000;
const HOUR = 60;
const DAY = 24 * HOUR;
const NOW_MS = Date.UTC(2026, 10, 21, 8);
const at = (minutesAgo: number) => new Date(NOW_MS - minutesAgo * MINUTE_MS);
const span = (from: number, to: number) => windowOf(NOW_MS - from * MINUTE_MS, NOW_MS - to * MINUTE_MS);
const WISHES: Wishes = {
  now: at(0),
  dueUntil: at(0),
  isEvidenceWanted: false,
  backfillsAtOnce: 2,
  isHeld: () => false,
  had: () => 0,
};

function outlook(id: string, fields: Partial<Outlook> = {}): Outlook {
  return { id, isFailing: false, missing: [], dueAt: at(-1), ...fields };
}

function idsOf(outlooks: readonly Outlook[], wishes: Partial<Wishes> = {}) {
  const step = nextStep(outlooks, { ...WISHES, ...wishes });
  if (step.kind === "poll") return step.webhooks.map(({ id }) => id);
  return step.kind === "backfill" ? step.parts.map(({ webhook }) => webhook.id) : step.kind;
}

describe("what to do next", () => {
  const due = outlook("due", { dueAt: at(0) });
  const behind = outlook("behind", { missing: [span(DAY, HOUR)] });
  it.each([
    ["nothing", [outlook("a")], {}, "rest"],
    ["polls before all else", [behind, due], { isEvidenceWanted: true }, ["due"]],
    ["evidence before the backfill", [behind], { isEvidenceWanted: true }, "evidence"],
    ["the backfill at last", [outlook("a"), behind], {}, ["behind"]],
    ["nothing for webhooks that are left alone", [{ ...behind, pausedUntil: at(-1) }], {}, "rest"],
    ["what was left alone for long enough", [{ ...behind, pausedUntil: at(0) }], {}, ["behind"]],
    ["nothing for one that is never polled", [{ id: "off", isFailing: false, missing: [] }], {}, "rest"],
  ])("is %s", (_, outlooks, wishes, expected) => {
    expect(idsOf(outlooks, wishes)).toEqual(expected);
  });

  it("polls those first that fail, and of these those that are due for longest", () => {
    const outlooks = [
      outlook("quiet, long due", { dueAt: at(60) }),
      outlook("failing, just due", { dueAt: at(0), isFailing: true }),
      outlook("failing, long due", { dueAt: at(5), isFailing: true }),
      outlook("not due", { isFailing: true }),
    ];
    expect(idsOf(outlooks)).toEqual(["failing, long due", "failing, just due", "quiet, long due"]);
  });

  it("takes for due what comes due before anybody looks again", () => {
    const soon = outlook("soon", { dueAt: at(-0.5) });
    expect(idsOf([soon], { dueUntil: at(-0.5) })).toEqual(["soon"]);
    expect(idsOf([soon], { dueUntil: at(-0.4) })).toBe("rest");
    expect(idsOf([due], { dueUntil: at(1) })).toEqual(["due"]);
  });

  it.each([
    ["evidence, where polls had their share", { poll: 1 }, "evidence"],
    ["the backfill, where evidence had its share as well", { poll: 1, evidence: 1 }, ["behind"]],
    ["what had the least of its share, where all had theirs", { poll: 1.5, evidence: 1.1, backfill: 1.2 }, "evidence"],
    ["polls, as long as they have not had their share", { poll: 0.9, evidence: 0, backfill: 0 }, ["due"]],
  ])("is %s", (_, had, expected) => {
    const all: Partial<Record<string, number>> = had;
    expect(idsOf([behind, due], { isEvidenceWanted: true, had: (kind) => all[kind] ?? 0 })).toEqual(expected);
  });

  it("is more polls where there is nothing else to do", () => {
    expect(idsOf([due], { had: () => 5 })).toEqual(["due"]);
  });

  it("goes on with an older part where the newest could not be proven", () => {
    const held = outlook("w", { missing: [span(DAY, 600), span(500, 400)] });
    const isHeld = (_: string, { to }: Window) => to.getTime() === at(400).getTime();
    expect(nextStep([held], { ...WISHES, isHeld })).toEqual({
      kind: "backfill",
      parts: [{ webhook: held, part: span(DAY, 600) }],
    });
  });

  it("has the last hour of every webhook before the last week of one", () => {
    const missing = new Map(["busy", "b", "c", "d"].map((id) => [id, span(7 * DAY, 0)]));
    // A turn of a busy one gets 20 minutes done, of the others a day.
    const turnOf = (id: string) => (id === "busy" ? 20 : DAY);
    const order: string[] = [];
    for (;;) {
      const outlooks = [...missing].map(([id, part]) => outlook(id, { missing: [part] }));
      const step = nextStep(outlooks, { ...WISHES, backfillsAtOnce: 1 });
      if (step.kind !== "backfill") break;
      for (const { webhook, part } of step.parts) {
        order.push(webhook.id);
        const toMs = part.to.getTime() - turnOf(webhook.id) * MINUTE_MS;
        if (toMs <= part.from.getTime()) missing.delete(webhook.id);
        else missing.set(webhook.id, { from: part.from, to: new Date(toMs) });
      }
    }
    // Every other webhook has its last day before the busy one has its last hours.
    expect(order.slice(0, 7)).toEqual(["busy", "b", "c", "d", "busy", "busy", "busy"]);
    expect(order.filter((id) => id === "busy")).toHaveLength((7 * DAY) / 20);
  });
});

describe("what is read of all webhooks together", () => {
  it.each([
    ["a day of the newest", [span(7 * DAY, 0), span(9 * DAY, HOUR)], span(DAY, 0)],
    ["no more than is missing", [span(3 * HOUR, HOUR), span(2 * HOUR, HOUR)], span(3 * HOUR, HOUR)],
    ["nothing where nothing is missing", [], undefined],
  ])("is %s", (_, parts, expected) => {
    expect(
      sharedPart(
        parts.map((part) => ({ part })),
        DAY * MINUTE_MS,
      ),
    ).toEqual(expected);
  });
});
