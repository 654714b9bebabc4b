import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Asking, everyPost, listIn, startAsking } from "./ask.ts";

let asking: Asking;
beforeAll(async () => {
  asking = await startAsking();
});
afterAll(() => asking.c1.close());

describe("pages", () => {
  it.each([
    [undefined, 25],
    [0, 25],
    [1, 10],
    [-5, 10],
    [30, 30],
    [5_000, 100],
  ])("of size %s hold %i", async (size, expected) => {
    const query = size === undefined ? "" : `?page_size=${size}`;
    const byGet = await asking.get(`/api/v1/automation_executions${query}`);
    expect(listIn(byGet, "automationExecutions")).toHaveLength(Math.min(expected, 95));
    const byPost = await asking.post("/api/v1/search/tasks", size === undefined ? {} : { pageSize: size });
    expect(listIn(byPost, "list")).toHaveLength(expected);
  });

  it("follow one another without gaps or repeats", async () => {
    const tasks = await everyPost(asking, "/api/v1/search/tasks", {});
    const small: unknown[] = [];
    for (let pageToken: unknown = ""; ; ) {
      const page = await asking.post("/api/v1/search/tasks", { page_size: 40, page_token: pageToken });
      small.push(...listIn(page, "list"));
      pageToken = page.json.nextPageToken;
      if (!pageToken) break;
    }
    expect(small).toEqual(tasks);
  });

  it("end with an empty token or with none", async () => {
    const ends = await Promise.all([
      asking.get("/api/v1/webhooks"),
      asking.post("/api/v1/search/webhooks"),
      asking.post("/api/v1/search/tasks", { createdAfter: "2030-01-01T00:00:00Z" }),
      asking.post("/api/v1/search/automation_executions", { executionStates: ["NONE"] }),
    ]);
    const tokens = ends.map(({ json }) => json.nextPageToken);
    expect(new Set(tokens)).toEqual(new Set(["", undefined]));
  });

  it("with nothing on them have a list that is null, absent or empty", async () => {
    for (const path of ["/api/v1/search/webhooks", "/api/v1/search/tasks"]) {
      const { json } = await asking.post(path, { query: "no such thing" });
      expect([null, undefined, "[]"]).toContain(Array.isArray(json.list) ? JSON.stringify(json.list) : json.list);
    }
  });

  it("cannot be had by a token that is none", async () => {
    const answer = await asking.get("/api/v1/webhooks?page_token=nonsense");
    expect(answer.json).toEqual({ code: 3, message: expect.stringMatching(/^invalid page token \(request-id: /) });
  });
});
