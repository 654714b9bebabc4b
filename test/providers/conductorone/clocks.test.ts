import { afterEach, describe, expect, it } from "vitest";
import { startConductorOne } from "../../../sandbox/conductorone/start.ts";
import { reachedByBoth, reachedByEither } from "../../../src/providers/clocks.ts";
import { createConductorOneProvider } from "../../../src/providers/conductorone/provider.ts";
import type { Provider } from "../../../src/providers/provider.ts";
import { windowOf } from "../../../src/triage/window.ts";
import { all, neverAborted } from "../clients.ts";
import { answerJson } from "../loopback.ts";
import { virtualClock } from "../virtual-clock.ts";
import { closeTenants, failedTask, HOUR, NOW, tenantAnswering } from "./failed.ts";

const MINUTE = 60_000;

/** Until when the two hours before are covered. */
async function coveredUntil(provider: Provider, toMs: number): Promise<Date | undefined> {
  const query = { webhookId: "hook", window: windowOf(toMs - 2 * HOUR, toMs) };
  const pages = await all(provider.listInvocations(query, neverAborted()));
  return pages.at(-1)?.covered?.to;
}

/** A tenant whose clock is ahead of ours by what `aheadMs` says at the time. */
async function tenantAhead(aheadMs: () => number) {
  const opened = await tenantAnswering((_request, response) => {
    const theirs = new Date(opened.clock.now().getTime() + aheadMs());
    answerJson(response, {}, 200, { date: theirs.toUTCString() });
  });
  return opened;
}

describe("two clocks", () => {
  it.each([
    [0, 0, 0],
    [10 * MINUTE, 0, 10 * MINUTE],
    [-10 * MINUTE, -10 * MINUTE, 0],
    [-1_900, 0, 0],
  ])("of which theirs is %i ms ahead", (aheadMs, bothMs, eitherMs) => {
    const reading = { theirs: new Date(NOW + aheadMs), ours: new Date(NOW) };
    expect(reachedByBoth(NOW + HOUR, reading)).toBe(NOW + HOUR + bothMs);
    expect(reachedByEither(NOW + HOUR, reading)).toBe(NOW + HOUR + eitherMs);
  });
});

describe("what is covered", () => {
  afterEach(closeTenants);

  it.each([
    ["agrees with ours", 0, NOW],
    ["is ten minutes ahead", 10 * MINUTE, NOW],
    ["is ten minutes behind", -10 * MINUTE, NOW - 10 * MINUTE],
  ])("ends where both clocks have come to, where theirs %s", async (_name, aheadMs, untilMs) => {
    const { provider } = await tenantAhead(() => aheadMs);
    expect(await coveredUntil(provider, NOW)).toEqual(new Date(untilMs));
  });

  it("never reaches beyond their clock where ours was ahead and is put back", async () => {
    let aheadMs = -10 * MINUTE;
    const { provider, clock } = await tenantAhead(() => aheadMs);
    expect(await coveredUntil(provider, NOW)).toEqual(new Date(NOW - 10 * MINUTE));
    clock.advance(-10 * MINUTE);
    aheadMs = 0;
    expect(await coveredUntil(provider, NOW)).toEqual(new Date(NOW - 10 * MINUTE));
    clock.advance(MINUTE);
    expect(await coveredUntil(provider, NOW)).toEqual(new Date(NOW - 9 * MINUTE));
  });

  it("goes on where ours was right and is put back", async () => {
    let aheadMs = 0;
    const { provider, clock } = await tenantAhead(() => aheadMs);
    await coveredUntil(provider, NOW);
    clock.advance(-10 * MINUTE);
    aheadMs = 10 * MINUTE;
    expect(await coveredUntil(provider, NOW)).toEqual(new Date(NOW - 10 * MINUTE));
  });

  it("ends with the earliest of what was read, a trail that is still good included", async () => {
    const { audits, ...task } = failedTask("a", NOW - MINUTE);
    let listings = 0;
    const opened = await tenantAnswering(({ url }, response) => {
      if (!url.includes("search/tasks")) return answerJson(response, {});
      listings += 1;
      // The first listing takes long.
      if (listings === 1) opened.clock.advance(40_000);
      answerJson(response, { list: [{ task }] });
    });
    const { clock, provider } = opened;
    expect(await coveredUntil(provider, NOW + HOUR)).toEqual(new Date(NOW));
    clock.advance(4_000);
    // The tasks are listed anew, and the trail is that of a moment ago.
    expect(await coveredUntil(provider, NOW + HOUR)).toEqual(new Date(NOW + 40_000));
  });

  it("leaves nothing out that happens while their clock is behind", async () => {
    const clock = virtualClock();
    const sandbox = await startConductorOne({ seed: 7, now: clock.now, clockAheadMs: -10 * MINUTE });
    const settings = {
      baseUrl: sandbox.url,
      credentials: { kind: "access_token", token: sandbox.accessToken },
    } as const;
    const provider = createConductorOneProvider(settings, { clock });
    const webhookId = sandbox.webhooks.find(({ name }) => name === "ServiceNow provisioning")?.id ?? "";
    const seen = new Set<string>();
    let fromMs = NOW - 2 * HOUR;
    let untilMs = fromMs;
    for (let turn = 0; turn < 3; turn += 1) {
      const query = { webhookId, window: windowOf(fromMs, clock.now().getTime()) };
      for (const { invocations, covered } of await all(provider.listInvocations(query, neverAborted()))) {
        for (const { id, outcome } of invocations) if (outcome === "failed") seen.add(id);
        untilMs = Math.max(untilMs, covered?.to.getTime() ?? 0);
      }
      fromMs = untilMs;
      clock.advance(7 * MINUTE);
    }
    const truth = sandbox.truth(windowOf(NOW - 2 * HOUR, untilMs)).webhooks.get(webhookId);
    expect(truth?.failed.length).toBeGreaterThan(3);
    expect([...seen]).toEqual(expect.arrayContaining(truth?.failed ?? []));
    await sandbox.close();
  });
});
