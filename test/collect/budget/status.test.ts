import { describe, expect, it } from "vitest";
import { FRESH, withSpent } from "../../../src/collect/budget/budget-state.ts";
import { readStatus } from "../../../src/collect/status.ts";
import { changeBudget } from "../../../src/store/budgets.ts";
import { noDeadline, openDesk } from "../desk.ts";

describe("the status of a provider", () => {
  it("is asked for while its budget has room, and told from the last time where it has none", async () => {
    const desk = await openDesk({ size: "demo" });
    const { collector } = desk;
    const [provider] = collector.providers;
    const ask = () => readStatus(collector, { now: desk.now(), channel: "C1", checks: [] }, noDeadline());
    expect((await ask()).providers).toMatchObject([{ state: "reachable", budget: { isTold: false, used: 0 } }]);
    const asked = provider?.requestCount;
    const full = withSpent({ ...FRESH, limit: 1, isLimitTold: true }, desk.now().getTime(), { waiting: 1 });
    await changeBudget(collector.store.db, "zendesk", () => ({ state: full, result: undefined }));
    expect((await ask()).providers).toMatchObject([
      {
        state: "reachable",
        detail: expect.stringContaining("Not asked now"),
        budget: { limitPerMinute: 1, isTold: true, used: 1, spare: 0 },
      },
    ]);
    expect(provider?.requestCount).toBe(asked);
    await desk.close();
  });
});
