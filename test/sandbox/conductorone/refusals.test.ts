import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FaultKind } from "../../../sandbox/conductorone/faults.ts";
import { type Asking, everyPost, isObject, listIn, NOON, startAsking } from "./ask.ts";

const LIST = "/api/v1/webhooks";

let asking: Asking;
beforeEach(async () => {
  asking = await startAsking();
});
afterEach(() => asking.c1.close());

describe("a request that is wrong", () => {
  it.each([
    [`${LIST}/short`, 400, 3, /\^\[a-zA-Z0-9\]\{27\}\$/],
    [`${LIST}/a%2Fb`, 400, 3, /regex/],
    [`${LIST}/2fCjgK8tYJxV9u8d1wupBMeXZ45`, 404, 5, /^not found \(request-id: [\w-]+\)$/],
    ["/api/v1/tasks/12", 404, 5, /not found/],
    ["/api/v1/nothing", 404, 5, /not found/],
    [`${LIST}?page_size=many`, 400, 3, /page_size/],
  ])("GET %s is answered %i", async (path, status, code, message) => {
    const answer = await asking.get(path);
    expect(answer.status).toBe(status);
    expect(answer.json).toEqual({ code, message: expect.stringMatching(message) });
  });

  it.each<[string, unknown, number, number]>([
    ["/api/v1/task/audits", {}, 500, 2],
    ["/api/v1/task/audits", { taskId: "x" }, 400, 3],
    ["/api/v1/search/tasks", "{", 400, 3],
    ["/api/v1/search/tasks", { createdAfter: "yesterday" }, 400, 3],
    ["/api/v1/search/tasks", { pageSize: "many" }, 400, 3],
  ])("POST %s with %o is answered %i", async (path, body, status, code) => {
    const answer = await asking.post(path, body);
    expect([answer.status, answer.json.code]).toEqual([status, code]);
  });

  it.each([`${LIST}/`, `${LIST}/%2F`, "/api/v1/tasks/", `${LIST}//`])(
    "%s, an empty id, leads to the collection",
    async (path) => {
      const answer = await asking.get(path);
      expect(answer.status).toBe(301);
      expect(answer.headers.get("location")).toMatch(/^\/api\/v1\/(webhooks|tasks)$/);
    },
  );
});

describe("a fault", () => {
  it.each<[FaultKind, number, RegExp]>([
    ["429", 429, /^\{"code":8,/],
    ["500", 500, /^\{"code":2,"message":"user_id is required \(request-id: /],
    ["503", 503, /^\{"code":14,/],
    ["html-200", 200, /^<!DOCTYPE html>/],
    ["half-json-200", 200, /^\{"list":\[.*[^}]$/],
    ["old-token", 401, /^\{"code":16,/],
  ])("%s has status %i, once where it is told so", async (kind, status, body) => {
    asking.c1.fail(kind, { times: 1 });
    const answer = await asking.get(LIST);
    expect(answer.status).toBe(status);
    expect(answer.text).toMatch(body);
    expect((await asking.get(LIST)).status).toBe(200);
  });

  it.each([
    [undefined, "2"],
    [7, "7"],
    [null, null],
  ])("429 told to say %s says %s", async (retryAfter, header) => {
    asking.c1.fail("429", retryAfter === undefined ? {} : { retryAfter });
    expect((await asking.get(LIST)).headers.get("retry-after")).toBe(header);
  });

  it("redirect names another host", async () => {
    asking.c1.fail("redirect");
    expect((await asking.get(LIST)).headers.get("location")).toMatch(/^http:\/\/localhost:\d+\/api\/v1\/webhooks$/);
  });

  it("down takes the token endpoint too, until it is healed", async () => {
    asking.c1.fail("down");
    expect((await asking.get(LIST)).status).toBe(503);
    expect((await asking.token({})).status).toBe(503);
    asking.c1.heal();
    expect((await asking.get(LIST)).status).toBe(200);
  });

  it("cut ends the connection before the headers", async () => {
    asking.c1.fail("cut");
    await expect(asking.get(LIST)).rejects.toThrow(/fetch failed/);
  });

  it("token-loop leads to the same page for ever", async () => {
    asking.c1.fail("token-loop");
    const first = await asking.get("/api/v1/automation_executions");
    const token = String(first.json.nextPageToken);
    const second = await asking.get(`/api/v1/automation_executions?page_token=${encodeURIComponent(token)}`);
    expect(second.json).toEqual(first.json);
  });
});

describe("a trail of audits", () => {
  const DAY = { from: new Date(NOON.getTime() - 86_400_000), to: NOON };
  const trail = (taskId: unknown) => everyPost(asking, "/api/v1/task/audits", { taskId });
  const timesOf = (audits: Record<string, unknown>[]) => audits.map(({ created }) => String(created));

  it("may be out of order, whole all the same", async () => {
    const [taskId] = asking.c1.truth(DAY).manual;
    const whole = timesOf(await trail(taskId));
    asking.c1.fail("audits-shuffled");
    const shuffled = timesOf(await trail(taskId));
    expect(shuffled).not.toEqual(whole);
    expect(shuffled.toSorted()).toEqual(whole);
  });

  it("may have gaps", async () => {
    const [taskId] = asking.c1.truth(DAY).manual;
    const whole = timesOf(await trail(taskId));
    asking.c1.fail("audits-gaps");
    const left = timesOf(await trail(taskId));
    expect(left.length).toBeLessThan(whole.length);
    expect(left.every((created) => whole.includes(created))).toBe(true);
  });

  it("may have attempts and no end", async () => {
    const [taskId] = asking.c1.truth(DAY).skipped;
    asking.c1.fail("audits-endless");
    const audits = await trail(taskId);
    expect(audits.some((audit) => isObject(audit.webhookApprovalAttempt))).toBe(true);
    expect(
      audits.some((audit) =>
        Object.entries(audit).some(([key, value]) => /Error$|Success$|Response$/.test(key) && isObject(value)),
      ),
    ).toBe(false);
  });

  it("may have entries that nobody has heard of", async () => {
    const [taskId] = asking.c1.truth(DAY).manual;
    asking.c1.fail("unknown-state");
    expect((await trail(taskId)).some((audit) => isObject(audit.webhookQuarantined))).toBe(true);
  });
});

it("a server whose clock is ahead says so in every answer, and in what it tells", async () => {
  const ahead = await startAsking({ clockAheadMs: 90_000 });
  const answer = await ahead.get(LIST);
  expect(answer.headers.get("date")).toBe("Fri, 20 Nov 2026 12:01:30 GMT");
  const [newest] = listIn(await ahead.get("/api/v1/automation_executions"), "automationExecutions");
  expect(Date.parse(String(newest?.createdAt))).toBeLessThanOrEqual(NOON.getTime() + 90_000);
  await ahead.c1.close();
});

it("the journal remembers what was asked and what was answered", async () => {
  await asking.get(`${LIST}?page_size=10`);
  await asking.token({});
  expect(asking.c1.requests).toMatchObject([
    { method: "GET", path: `${LIST}?page_size=10`, authorization: "bearer", status: 200 },
    { method: "POST", path: "/auth/v1/token", authorization: "none", status: 400 },
  ]);
});
