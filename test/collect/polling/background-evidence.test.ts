import { afterEach, describe, expect, it } from "vitest";
import { createBackgroundEvidence } from "../../../src/collect/polling/background-evidence.ts";
import { DAY_MS, type Desk, noDeadline, openDesk } from "../desk.ts";
import { askedSince, collectionOf, MINUTE_MS } from "./background.ts";

let desk: Desk;
afterEach(() => desk?.close());

function open() {
  const [provider] = desk.collector.providers;
  if (!provider) throw new Error("no provider");
  return { provider, evidence: createBackgroundEvidence(desk.collector, provider) };
}

describe("evidence in the background", () => {
  it("is wanted at the start, until enough is known, and again when more has failed", async () => {
    desk = await openDesk();
    const { evidence } = open();
    expect(evidence.isWanted).toBe(true);
    expect(await evidence.gather(noDeadline())).toBe(0);
    expect(evidence.isWanted).toBe(false);
    // Whoever reads of it: here a person's question about nothing but what failed.
    await desk.collector.freshen(desk.question(DAY_MS), noDeadline());
    await evidence.look();
    expect(evidence.isWanted).toBe(true);
    const { length: mark } = desk.zendesk.requests;
    let chosen = 0;
    while (evidence.isWanted) chosen += await evidence.gather(noDeadline());
    expect(chosen).toBeGreaterThan(0);
    expect(askedSince(desk, mark)).toEqual({ lists: 0, pages: [], attempts: chosen });
    desk.pass(MINUTE_MS);
    await evidence.look();
    expect(evidence.isWanted).toBe(false);
  });

  it("comes to its end while others ask the same provider without end", async () => {
    desk = await openDesk();
    await collectionOf(desk.collector).round(noDeadline());
    const { provider, evidence } = open();
    const asking = new AbortController();
    let asked = 0;
    const others = (async () => {
      while (!asking.signal.aborted) {
        for await (const _ of provider.listWebhooks(noDeadline())) asked += 1;
      }
    })();
    await expect.poll(() => asked).toBeGreaterThan(0);
    for (let passes = 0; passes < 2; passes += 1) {
      await evidence.gather(noDeadline());
      evidence.note();
    }
    await evidence.gather(noDeadline());
    expect(evidence.isWanted).toBe(false);
    asking.abort();
    await others;
  });

  it("that could not be read is wanted again after ten minutes, and not all the time", async () => {
    desk = await openDesk();
    await desk.collector.freshen(desk.question(DAY_MS), noDeadline());
    const { evidence } = open();
    desk.zendesk.fail("html-200", { match: (path) => path.includes("/attempts") });
    for (let passes = 0; passes < 9 && evidence.isWanted; passes += 1) await evidence.gather(noDeadline());
    expect(evidence.isWanted).toBe(false);
    desk.pass(9 * MINUTE_MS);
    await evidence.look();
    expect(evidence.isWanted).toBe(false);
    desk.zendesk.heal();
    desk.pass(2 * MINUTE_MS);
    await evidence.look();
    expect(evidence.isWanted).toBe(true);
    expect(await evidence.gather(noDeadline())).toBeGreaterThan(0);
  });
});
