import { afterEach, describe, expect, it } from "vitest";
import { askFailures } from "../../src/collect/questions.ts";
import { explainGrouping } from "../../src/collect/why-grouped.ts";
import type { Issue } from "../../src/triage/issue.ts";
import { partTerms } from "../../src/triage/part-terms.ts";
import { mixedStorm } from "../e2e/mixed-storm.ts";
import { DAY_MS, type Desk, noDeadline, openDesk, START } from "./desk.ts";

let desk: Desk;
afterEach(() => desk?.close());

describe("why invocations are one issue", () => {
  it("is told of those that the question left in, and of no others", async () => {
    desk = await openDesk({ scenario: mixedStorm(START), shape: "documented" });
    const ask = async (terms: string): Promise<Issue[]> => {
      const question = desk.question(DAY_MS, { terms: partTerms(terms) });
      return (await askFailures(desk.collector, question, noDeadline())).answer.issues;
    };
    const whole = await ask("");
    const counted = new Map(whole.map(({ id, count }) => [id, count]));
    const split = whole.find(({ invocations }) => new Set(invocations.map(({ eventType }) => eventType)).size > 1);
    const event = split?.invocations[0]?.eventType;
    let smaller = 0;
    for (const terms of ["", `event:${event}`, `-event:${event} -code:503`]) {
      for (const { id, provider, webhook, count } of await ask(terms)) {
        const ref = { provider, webhookId: webhook.id, issueId: id, window: desk.question(DAY_MS).query.window };
        const why = await explainGrouping(desk.collector, { ...ref, terms: partTerms(terms) }, noDeadline());
        const { readCount = 0, assumedCount = 0, rowCount = 0 } = why ?? {};
        expect([terms, webhook.name, readCount + assumedCount + rowCount]).toEqual([terms, webhook.name, count]);
        if (count < (counted.get(id) ?? 0)) smaller += 1;
      }
    }
    expect(smaller).toBeGreaterThan(0);
  });
});
