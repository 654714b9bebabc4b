import { describe, expect, it } from "vitest";
import { FRESH, withSpent } from "../../../src/collect/budget/budget-state.ts";
import { readWebhookList } from "../../../src/collect/reading/reading.ts";
import { readStatus } from "../../../src/collect/status.ts";
import { changeBudget } from "../../../src/store/budgets.ts";
import { savePolls } from "../../../src/store/polls.ts";
import { listWebhooks } from "../../../src/store/webhooks.ts";
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

  it("does not speak of a last time where there was none", async () => {
    const desk = await openDesk({ size: "demo" });
    const { collector } = desk;
    const full = withSpent({ ...FRESH, limit: 1, isLimitTold: true }, desk.now().getTime(), { waiting: 1 });
    await changeBudget(collector.store.db, "zendesk", () => ({ state: full, result: undefined }));
    const { providers } = await readStatus(collector, { now: desk.now(), channel: "C1", checks: [] }, noDeadline());
    const detail = "Not asked yet: its budget allows no request at this moment.";
    expect(providers).toMatchObject([{ state: "untried", detail }]);
    await desk.close();
  });

  it("says what is being read in the background, as long as somebody is at it", async () => {
    const desk = await openDesk({ size: "demo" });
    const { collector } = desk;
    const [provider] = collector.providers;
    if (!provider) throw new Error("no provider");
    const request = { now: desk.now(), maxAgeMs: 0 };
    await readWebhookList({ store: collector.store, provider, now: desk.now, request }, noDeadline());
    const reasons = async () => {
      const status = await readStatus(collector, { now: desk.now(), channel: "C1", checks: [] }, noDeadline());
      return [...new Set(status.providers.flatMap(({ coverage }) => coverage.map(({ reason }) => reason)))];
    };
    expect(await reasons()).toEqual(["This part was not collected."]);
    const [webhook] = await listWebhooks(collector.store.db, { providers: ["zendesk"] });
    const tried = { webhookIds: [webhook?.id ?? ""], polledAt: desk.now(), failed: false };
    await savePolls(collector.store.db, "zendesk", tried);
    expect(await reasons()).toEqual([
      expect.stringMatching(/^Being read in the background: 0 of \d+ webhooks so far\.$/),
    ]);
    desk.pass(11 * 60_000);
    expect(await reasons()).toEqual(["This part was not collected."]);
    await desk.close();
  });
});
