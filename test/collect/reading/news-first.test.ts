import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inOrderOfNews, type LatelySeen } from "../../../src/collect/reading/news-first.ts";

const NOTHING = { succeeded: 0, failed: 0, pending: 0 };

function seen(webhookId: string, counts: Partial<LatelySeen>): LatelySeen {
  return { ...NOTHING, webhookId, ...counts };
}

function failedAt(minute: number): Partial<LatelySeen> {
  return { failed: 1, lastFailureAt: new Date(minute * 60_000) };
}

describe("webhooks are read", () => {
  it.each<[string, LatelySeen[], string]>([
    ["as they come where nothing is known, what is switched off last", [], "abcd-"],
    ["what failed latest first", [seen("b", failedAt(1)), seen("c", failedAt(2))], "cbad-"],
    ["what failed before what is only busy", [seen("a", { succeeded: 900 }), seen("d", failedAt(1))], "dabc-"],
    [
      "what is busiest before what is quiet",
      [seen("c", { succeeded: 3, pending: 3 }), seen("b", { succeeded: 5 })],
      "cbad-",
    ],
    ["what is switched off last, failed as it may have lately", [seen("-", failedAt(1))], "abcd-"],
  ])("%s", (_, lately, expected) => {
    const webhooks = [..."-abcd"].map((id) => ({ id, active: id !== "-", isUnread: false }));
    expect(
      inOrderOfNews(webhooks, lately)
        .map(({ id }) => id)
        .join(""),
    ).toBe(expected);
  });

  it("first where nothing is known of them, those that failed lately first among these and among the others", () => {
    const webhooks = [..."aBcDE-"].map((id) => ({ id, active: id !== "-", isUnread: id === id.toUpperCase() }));
    const lately = [seen("c", failedAt(3)), seen("D", failedAt(2)), seen("-", failedAt(4))];
    const ordered = inOrderOfNews(webhooks, lately).map(({ id }) => id);
    expect(ordered.join("")).toBe("DBEca-");
  });

  it("each once, whatever is known", () => {
    const id = fc.constantFrom(..."abcdefgh");
    const lately = fc.array(fc.record({ webhookId: id, succeeded: fc.nat(), failed: fc.nat(3), pending: fc.nat() }));
    fc.assert(
      fc.property(fc.uniqueArray(id), fc.boolean(), lately, (ids, active, counts) => {
        const ordered = inOrderOfNews(
          ids.map((each) => ({ id: each, active, isUnread: !active })),
          counts,
        );
        expect(ordered.map((webhook) => webhook.id).sort()).toEqual([...ids].sort());
      }),
    );
  });
});
