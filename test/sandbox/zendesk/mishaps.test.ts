import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Asking, listIn, startAsking, type VirtualClock, virtualClock } from "./ask.ts";

let clock: VirtualClock;
let asking: Asking;
let webhookId: string;
beforeEach(async () => {
  clock = virtualClock();
  asking = await startAsking({ now: clock.now });
  webhookId = asking.webhookId("PagerDuty escalation");
});
afterEach(() => asking.zendesk.close());

function counts(minutes = 60): { failed: number; succeeded: number } {
  const now = clock.now().getTime();
  const window = { from: new Date(now - minutes * 60_000), to: new Date(now + 1000) };
  const found = asking.zendesk.truth(window).webhooks.get(webhookId);
  return { failed: found?.failed.length ?? 0, succeeded: found?.succeeded.length ?? 0 };
}

async function newestStatuses(count: number): Promise<unknown[]> {
  const answer = await asking.get(`/api/v2/webhooks/${webhookId}/invocations?page[size]=${count}`);
  return listIn(answer, "invocations").map(({ status }) => status);
}

describe("while the sandbox runs", () => {
  it("a broken endpoint fails at once and goes on failing until it is healed", async () => {
    expect(counts().failed).toBe(0);
    asking.zendesk.breakEndpoint(webhookId, "endpoint-410-gone");
    expect(counts().failed).toBe(3);
    expect(await newestStatuses(3)).toEqual(["terminated", "terminated", "terminated"]);
    clock.advance(300);
    const broken = counts().failed;
    expect(broken).toBeGreaterThan(10);
    asking.zendesk.healEndpoint(webhookId);
    clock.advance(5);
    const healed = counts();
    clock.advance(300);
    expect(counts().failed).toBe(healed.failed);
    expect(healed.failed - broken).toBeLessThanOrEqual(1);
    expect(healed.succeeded).toBeGreaterThan(0);
  });

  it("healing at the instant of breaking keeps what has failed", () => {
    asking.zendesk.breakEndpoint(webhookId, "endpoint-410-gone");
    asking.zendesk.healEndpoint(webhookId);
    expect(counts().failed).toBe(3);
    clock.advance(600);
    expect(counts().failed).toBe(3);
  });

  it("a storm brings all its failures at once", async () => {
    asking.zendesk.startStorm(webhookId, "nginx-502-upstream-gone", 250);
    expect(counts(1).failed).toBe(250);
    expect(new Set(await newestStatuses(100))).toEqual(new Set(["server error"]));
  });

  it("a tripped circuit shows rows without a code", async () => {
    asking.zendesk.tripCircuit(webhookId);
    const answer = await asking.get(`/api/v2/webhooks/${webhookId}/invocations?page[size]=20`);
    for (const row of listIn(answer, "invocations")) {
      expect(row).toMatchObject({ status: "circuit broken" });
      expect(row).not.toHaveProperty("status_code");
    }
  });

  it("new deliveries keep appearing as the clock moves, the same on every run", async () => {
    const before = counts(7 * 1440).succeeded;
    clock.advance(3_600);
    expect(counts(7 * 1440 + 60).succeeded).toBeGreaterThan(before - 1);
    const list = `/api/v2/webhooks/${webhookId}/invocations?page[size]=50`;
    const again = await startAsking({ now: clock.now });
    expect((await again.get(list)).text).toBe((await asking.get(list)).text);
    await again.zendesk.close();
  });

  it("unknown webhooks and causes are refused", () => {
    expect(() => asking.zendesk.breakEndpoint("nobody", "endpoint-410-gone")).toThrow(/no webhook nobody/);
    expect(() => asking.zendesk.breakEndpoint(webhookId, "gremlins")).toThrow(/no cause is named gremlins/);
  });
});

describe("by curl", () => {
  it("webhooks and causes can be listed", async () => {
    const webhooks = listIn(await asking.get("/sandbox/webhooks", {}), "webhooks");
    expect(webhooks).toContainEqual({
      id: asking.webhookId("Jira sync"),
      name: "Jira sync",
      active: true,
      failing: ["field-422-due-date"],
    });
    const causes = listIn(await asking.get("/sandbox/causes", {}), "causes");
    expect(causes).toContainEqual({ name: "jwt-expired-401", category: "auth" });
  });

  it("an endpoint can be broken and healed", async () => {
    const broken = await asking.post("/sandbox/break", { webhookId, cause: "dns-name-gone" }, {});
    expect(broken.json).toEqual({ ok: true });
    clock.advance(60);
    const listed = listIn(await asking.get("/sandbox/webhooks", {}), "webhooks");
    expect(listed.find(({ id }) => id === webhookId)?.failing).toEqual(["dns-name-gone"]);
    await asking.post("/sandbox/heal", { webhookId }, {});
    const healed = listIn(await asking.get("/sandbox/webhooks", {}), "webhooks");
    expect(healed.find(({ id }) => id === webhookId)?.failing).toEqual([]);
  });

  it("form fields do as well as JSON", async () => {
    expect((await asking.post("/sandbox/fail", "kind=500&times=1", {})).json).toEqual({ ok: true });
    expect((await asking.get("/api/v2/webhooks")).status).toBe(500);
    expect((await asking.get("/api/v2/webhooks")).status).toBe(200);
  });

  it("a storm can be started and a circuit tripped", async () => {
    await asking.post("/sandbox/storm", { webhookId, cause: "php-500-memory", count: 40 }, {});
    await asking.post("/sandbox/trip", { webhookId }, {});
    expect(counts(1).failed).toBe(60);
  });

  it("requests can be made to fail and to work again", async () => {
    await asking.post("/sandbox/fail", { kind: "503", times: 5 }, {});
    expect((await asking.get("/api/v2/webhooks")).status).toBe(503);
    await asking.post("/sandbox/heal", "", {});
    expect((await asking.get("/api/v2/webhooks")).status).toBe(200);
  });

  it.each([
    ["/sandbox/break", { webhookId: "nobody", cause: "dns-name-gone" }, /no webhook nobody/],
    ["/sandbox/break", { webhookId: "x" }, /cause/],
    ["/sandbox/fail", { kind: "explode" }, /cursor-loop/],
    ["/sandbox/fail", "nonsense", /JSON/],
  ])("%s refuses %j and says why", async (path, body, why) => {
    const answer = await asking.post(path, body, {});
    expect(answer.status).toBe(400);
    expect(answer.json.error).toMatch(why);
  });

  it("does not show up in the journal", async () => {
    await asking.get("/sandbox/webhooks", {});
    await asking.get("/api/v2/webhooks");
    expect(asking.zendesk.requests).toMatchObject([
      { method: "GET", path: "/api/v2/webhooks", status: 200, authorization: "bearer" },
    ]);
  });
});
