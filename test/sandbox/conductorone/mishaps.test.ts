import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Asking, DAY_MS, objectAt, startAsking, virtualClock } from "./ask.ts";

let clock: ReturnType<typeof virtualClock>;
let asking: Asking;
beforeEach(async () => {
  clock = virtualClock();
  asking = await startAsking({ now: clock.now, instancesPath: "webhooks/{webhookId}/instances" });
});
afterEach(() => asking.c1.close());

function truthOf(name: string) {
  const window = { from: new Date(clock.now().getTime() - DAY_MS / 2), to: new Date(clock.now().getTime() + 1) };
  return asking.c1.truth(window).webhooks.get(asking.webhookId(name));
}

const QUIET = "Decommission notices";

describe("a receiver that breaks", () => {
  it.each([
    ["unauthorized", 15 * 60],
    ["gone", 59],
    ["bad-response", 59],
    ["timeout", 40 * 60],
  ])("fails three requests at once for %s, which takes %i s at most, and fails on", (cause, seconds) => {
    asking.c1.mishaps.breakReceiver(asking.webhookId(QUIET), cause);
    expect(truthOf(QUIET)?.failed).toEqual([]);
    clock.advance(seconds);
    expect(truthOf(QUIET)?.failedByCause.get(cause)?.length).toBeGreaterThanOrEqual(3);
    clock.advance(4 * 3_600);
    expect(truthOf(QUIET)?.failed.length).toBeGreaterThan(100);
  });

  it("goes well again when it is healed", () => {
    const webhookId = asking.webhookId(QUIET);
    asking.c1.mishaps.breakReceiver(webhookId, "gone");
    clock.advance(600);
    asking.c1.mishaps.healReceiver(webhookId);
    clock.advance(120);
    const failed = truthOf(QUIET)?.failed.length;
    expect(failed).toBeGreaterThan(10);
    clock.advance(3_600);
    expect(truthOf(QUIET)?.failed).toHaveLength(failed ?? -1);
    expect(truthOf(QUIET)?.succeeded).toHaveLength(1);
  });

  it("ends the story's own troubles too when it is healed", () => {
    asking.c1.mishaps.healReceiver(asking.webhookId("ServiceNow provisioning"));
    clock.advance(1_200);
    const failed = truthOf("ServiceNow provisioning")?.failed.length;
    clock.advance(4 * 3_600);
    expect(truthOf("ServiceNow provisioning")?.failed).toHaveLength(failed ?? -1);
  });

  it("fails a test too", async () => {
    const webhookId = asking.webhookId(QUIET);
    asking.c1.mishaps.breakReceiver(webhookId, "gone");
    clock.advance(1);
    const { id } = objectAt((await asking.post(`/api/v1/webhooks/${webhookId}/test`)).json, "webhook");
    clock.advance(5);
    expect(truthOf(QUIET)?.failed).toContain(id);
  });
});

it("a storm is many failures at once", () => {
  asking.c1.mishaps.startStorm(asking.webhookId(QUIET), "certificate-expired", 200);
  clock.advance(15 * 60);
  expect(truthOf(QUIET)?.failed).toHaveLength(200);
});

describe("the handles for curl", () => {
  const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();

  it("list webhooks with what goes wrong there, causes and faults", async () => {
    const { json } = await asking.get("/sandbox/webhooks");
    expect(json.webhooks).toContainEqual(
      expect.objectContaining({ name: "ServiceNow provisioning", use: "provisionStep", failing: ["unauthorized"] }),
    );
    expect((await asking.get("/sandbox/causes")).text).toContain('"gone"');
    expect((await asking.get("/sandbox/faults")).text).toContain('"down"');
  });

  it("break, storm and heal a receiver, by form fields or JSON", async () => {
    const webhookId = asking.webhookId(QUIET);
    expect((await asking.post("/sandbox/break", form({ webhookId, cause: "gone" }))).json).toEqual({ ok: true });
    expect((await asking.post("/sandbox/storm", { webhookId, cause: "gone", count: 4 })).json).toEqual({ ok: true });
    clock.advance(59);
    expect(truthOf(QUIET)?.failed).toHaveLength(7);
    expect((await asking.post("/sandbox/heal", form({ webhookId }))).json).toEqual({ ok: true });
  });

  it("take the API down and up again", async () => {
    await asking.post("/sandbox/fail", form({ kind: "down", times: "1" }));
    expect((await asking.get("/api/v1/webhooks")).status).toBe(503);
    await asking.post("/sandbox/fail", { kind: "429" });
    await asking.post("/sandbox/heal", "");
    expect((await asking.get("/api/v1/webhooks")).status).toBe(200);
  });

  it.each([
    ["/sandbox/break", { webhookId: "nobody", cause: "gone" }, /there is no webhook nobody/],
    ["/sandbox/break", { cause: "gone" }, /webhookId/],
    ["/sandbox/storm", { webhookId: "x", cause: "gone", count: 0 }, /count/],
    ["/sandbox/fail", { kind: "tired" }, /kind/],
  ])("%s with %o says what is wrong", async (path, body, wrong) => {
    const answer = await asking.post(path, body);
    expect(answer.status).toBe(400);
    expect(answer.json.error).toMatch(wrong);
  });

  it("name the causes there are where one is unknown", async () => {
    const webhookId = asking.webhookId(QUIET);
    const answer = await asking.post("/sandbox/break", { webhookId, cause: "gremlins" });
    expect(answer.json.error).toMatch(/there is no cause gremlins; there are unauthorized, /);
  });
});
