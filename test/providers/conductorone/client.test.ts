import nock from "nock";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type ConductorOneClient, createConductorOneClient } from "../../../src/providers/conductorone/client.ts";
import { ForeignRedirectError } from "../../../src/providers/errors.ts";
import { all, failureOf, neverAborted } from "../clients.ts";
import { answerJson, type Handler, type Loopback, startLoopback } from "../loopback.ts";
import { virtualClock } from "../virtual-clock.ts";
import { withAccessToken } from "./settings.ts";

const BASE = "https://acme.conductor.one";
const options = () => ({ signal: neverAborted() });
const servers: Loopback[] = [];

function clientAt(baseUrl = BASE): ConductorOneClient {
  return createConductorOneClient(withAccessToken(baseUrl), { clock: virtualClock() });
}

async function against(handle: Handler) {
  nock.enableNetConnect("127.0.0.1");
  const server = await startLoopback(handle);
  servers.push(server);
  return { server, client: clientAt(server.url) };
}

describe("ConductorOne's client", () => {
  beforeAll(() => {
    // Another file of this worker may have taken it down.
    if (!nock.isActive()) nock.activate();
    nock.disableNetConnect();
  });
  afterEach(async () => {
    nock.cleanAll();
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });
  afterAll(() => {
    nock.enableNetConnect();
    nock.restore();
  });

  it("lists webhooks by pages, with names of the query's own", async () => {
    nock(BASE)
      .get("/api/v1/webhooks")
      .query({ page_size: "100" })
      .reply(200, { list: [{ id: "a" }], nextPageToken: "+/=" });
    nock(BASE)
      .get("/api/v1/webhooks")
      .query({ page_size: "100", page_token: "+/=" })
      .reply(200, { list: null, nextPageToken: "" });
    const pages = await all(clientAt().webhookPages(options()));
    expect(pages.map(({ rows }) => rows.map(({ id }) => id))).toEqual([["a"], []]);
  });

  it.each<[string, unknown]>([
    ["an empty list", { list: [], nextPageToken: "" }],
    ["null", { list: null }],
    ["nothing but the token", { nextPageToken: "" }],
    ["nothing at all", {}],
  ])("takes %s for an empty page", async (_name, body) => {
    nock(BASE).get("/api/v1/webhooks").query(true).reply(200, JSON.stringify(body));
    expect(await clientAt().listWebhooks({}, options())).toMatchObject({ rows: [], nextPageToken: undefined });
  });

  it("leaves out rows that cannot be named, and counts them", async () => {
    nock(BASE)
      .get("/api/v1/webhooks")
      .query(true)
      .reply(200, { list: [null, 7, { displayName: "x" }, { id: "a" }] });
    expect(await clientAt().listWebhooks({}, options())).toMatchObject({ rows: [{ id: "a" }], skippedRows: 3 });
  });

  it("reads one webhook, and searches for some", async () => {
    nock(BASE)
      .get("/api/v1/webhooks/a")
      .reply(200, { webhook: { id: "a", displayName: "Grants" } });
    nock(BASE)
      .post("/api/v1/search/webhooks", { query: "grants", refs: [{ id: "a" }], pageSize: 100 })
      .reply(200, { list: [{ id: "a" }] });
    expect(await clientAt().getWebhook("a", options())).toMatchObject({ displayName: "Grants" });
    expect((await clientAt().searchWebhooks({ query: "grants", ids: ["a"] }, options())).rows).toHaveLength(1);
  });

  it("searches tasks ten at a time, and reads one", async () => {
    const createdAfter = new Date("2026-11-20T00:00:00Z");
    nock(BASE)
      .post("/api/v1/search/tasks", {
        createdAfter: createdAfter.toISOString(),
        taskStates: ["TASK_STATE_OPEN"],
        pageSize: 10,
      })
      .reply(200, { list: [{ task: { id: "t", numericId: "77", state: "TASK_STATE_OPEN" } }] });
    nock(BASE)
      .get("/api/v1/tasks/t")
      .reply(200, { taskView: { task: { id: "t" } }, expanded: null });
    const found = await clientAt().searchTasks({ createdAfter, taskStates: ["TASK_STATE_OPEN"] }, options());
    expect(found.rows).toMatchObject([{ id: "t", numericId: "77" }]);
    expect(await clientAt().getTask("t", options())).toMatchObject({ id: "t" });
  });

  it.each<[string, unknown]>([
    ["as a search has them", { list: [{ automationExecution: { id: "9007199254740993" } }] }],
    ["as a list has them", { automationExecutions: [{ id: "9007199254740993" }] }],
  ])("reads executions %s, their ids whole", async (_name, body) => {
    nock(BASE).post("/api/v1/search/automation_executions").reply(200, JSON.stringify(body));
    const pages = await all(clientAt().executionPages({}, options()));
    expect(pages.flatMap(({ rows }) => rows.map(({ id }) => id))).toEqual(["9007199254740993"]);
  });

  it("reads an execution and an automation", async () => {
    nock(BASE)
      .get("/api/v1/automation_executions/7")
      .reply(200, { automationExecution: { id: "7", state: "X" } });
    const automationSteps = [{ stepName: "s", webhook: { webhookId: "w" } }];
    nock(BASE)
      .get("/api/v1/automations/a")
      .reply(200, { automation: { id: "a", automationSteps } });
    expect(await clientAt().getExecution("7", options())).toMatchObject({ id: "7", state: "X" });
    expect(await clientAt().getAutomation("a", options())).toMatchObject({ automationSteps });
  });

  it.each<[string, (client: ConductorOneClient, id: string) => Promise<unknown>]>([
    ["a webhook", (client, id) => client.getWebhook(id, options())],
    ["a task", (client, id) => client.getTask(id, options())],
    ["a trail", async (client, id) => all(client.auditPages(id, options()))],
    ["a test", (client, id) => client.testWebhook(id, options())],
  ])("never asks for %s with an empty id", async (_name, call) => {
    for (const id of ["", "  "]) await expect(call(clientAt(), id)).rejects.toThrow("empty id");
    expect(nock.pendingMocks()).toEqual([]);
  });

  it.each([
    ["..", "/api/v1/webhooks/%252E%252E"],
    ["../tasks", "/api/v1/webhooks/..%2Ftasks"],
    ["a/b?c#d", "/api/v1/webhooks/a%2Fb%3Fc%23d"],
    ["\ud800", "/api/v1/webhooks/%EF%BF%BD"],
  ])("keeps an id within its segment: %j", async (id, path) => {
    const { server, client } = await against((_request, response) => answerJson(response, { webhook: { id: "x" } }));
    await client.getWebhook(id, options());
    expect(server.requests.map(({ url }) => url)).toEqual([path]);
  });

  it.each(["/api/v1/webhooks", "/login", "/api/v1/webhooks/a/"])(
    "follows no redirect to another path: %s",
    async (location) => {
      const { server, client } = await against((_request, response) => response.writeHead(301, { location }).end());
      expect((await failureOf(client.getWebhook("a", options()))).message).toContain("redirect to another path");
      expect(server.requests).toHaveLength(1);
    },
  );

  it("follows no redirect to another host, and none of a search", async () => {
    const elsewhere = await against((_request, response) => answerJson(response, {}));
    const { server, client } = await against(({ url }, response) => {
      const location = url.includes("search") ? url : `${elsewhere.server.url}${url}`;
      response.writeHead(307, { location }).end();
    });
    expect(await failureOf(client.getWebhook("a", options()))).toBeInstanceOf(ForeignRedirectError);
    await failureOf(client.searchTasks({}, options()));
    expect(server.requests).toHaveLength(2);
    expect(elsewhere.server.requests).toEqual([]);
  });

  it.each(["always the same", "in a ring"])("ends a list whose tokens repeat, %s, and names it", async (way) => {
    const { server, client } = await against((_request, response, index) => {
      answerJson(response, { list: [{ id: `x${index}` }], nextPageToken: way === "in a ring" ? `t${index % 3}` : "t" });
    });
    const error = await failureOf(all(client.instancePages("/webhooks/{webhookId}/instances", "hook", options())));
    expect(error).toMatchObject({ kind: "unexpected_answer", webhookId: "hook" });
    expect(error.message).toContain("repeats a page token");
    expect(error.message).toContain("GET /api/v1/webhooks/hook/instances");
    expect(server.requests.length).toBeLessThanOrEqual(4);
  });

  it.each<[string, (client: ConductorOneClient) => Promise<unknown>]>([
    ["webhooks", (client) => client.listWebhooks({}, options())],
    ["tasks", (client) => client.searchTasks({}, options())],
    ["a trail", async (client) => all(client.auditPages("t", options()))],
    ["a webhook", (client) => client.getWebhook("a", options())],
    ["a task", (client) => client.getTask("t", options())],
  ])("calls an answer without %s unexpected", async (_name, call) => {
    nock(BASE).get(/.*/).reply(200, { hello: "world" });
    nock(BASE).post(/.*/).reply(200, { hello: "world" });
    expect(await failureOf(call(clientAt()))).toMatchObject({
      kind: "unexpected_answer",
      message: expect.stringContaining("without a"),
    });
  });
});
