import nock from "nock";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  createZendeskClient,
  type InvocationParams,
  type WebhookParams,
} from "../../../src/providers/zendesk/client.ts";
import { all, failureOf, neverAborted } from "../clients.ts";
import { answerJson, startLoopback } from "../loopback.ts";
import { virtualClock } from "../virtual-clock.ts";
import { withAccessToken } from "./settings.ts";
import { HOOK } from "./small-zendesk.ts";

const BASE = "https://acme.zendesk.com";

function clientWith() {
  return createZendeskClient(withAccessToken(`${BASE}/`), { clock: virtualClock() });
}

describe("Zendesk's client", () => {
  beforeAll(() => {
    // Another file of this worker may have taken it down.
    if (!nock.isActive()) nock.activate();
    nock.disableNetConnect();
  });
  afterEach(() => nock.cleanAll());
  afterAll(() => {
    nock.enableNetConnect();
    nock.restore();
  });

  it.each<[string, InvocationParams, string]>([
    ["nothing", {}, ""],
    ["from", { from: new Date("2023-12-04T12:00:00.900Z") }, "?filter%5Bfrom_ts%5D=2023-12-04T12%3A00%3A00Z"],
    ["to", { to: new Date("2023-12-04T12:00:00.100Z") }, "?filter%5Bto_ts%5D=2023-12-04T12%3A00%3A01Z"],
    ["a status of two words", { status: "circuit broken" }, "?filter%5Bstatus%5D=circuit%20broken"],
    ["the order", { sort: "-latest_completed_at" }, "?sort=-latest_completed_at"],
    ["a page after", { page: { after: "a+b/c==", size: 50 } }, "?page%5Bsize%5D=50&page%5Bafter%5D=a%2Bb%2Fc%3D%3D"],
    ["a page before", { page: { before: "xyz" } }, "?page%5Bbefore%5D=xyz"],
    ["too large a page", { page: { size: 1000 } }, "?page%5Bsize%5D=100"],
    ["too small a page", { page: { size: 0 } }, "?page%5Bsize%5D=1"],
  ])("asks for invocations by %s", async (_name, params, query) => {
    nock.enableNetConnect("127.0.0.1");
    const server = await startLoopback((_request, response) =>
      answerJson(response, { invocations: [], meta: { has_more: false, before_cursor: "b" } }),
    );
    const client = createZendeskClient(withAccessToken(server.url), { clock: virtualClock() });
    const page = await client.listInvocations(HOOK, params, { signal: neverAborted() });
    await server.close();
    expect(server.requests.map(({ url }) => url)).toEqual([`/api/v2/webhooks/${HOOK}/invocations${query}`]);
    expect(page).toMatchObject({ rows: [], hasMore: false, beforeCursor: "b" });
  });

  it.each<[string, WebhookParams, Record<string, string>]>([
    ["nothing", {}, {}],
    [
      "name, status and order",
      { nameContains: "Jira & co", status: "inactive", sort: "-name" },
      { "filter[name_contains]": "Jira & co", "filter[status]": "inactive", sort: "-name" },
    ],
  ])("asks for webhooks by %s", async (_name, params, query) => {
    nock(BASE)
      .get("/api/v2/webhooks")
      .query(query)
      .reply(200, { webhooks: [{ id: HOOK }] });
    expect((await clientWith().listWebhooks(params, { signal: neverAborted() })).rows).toEqual([
      expect.objectContaining({ id: HOOK }),
    ]);
  });

  it("reads one webhook", async () => {
    nock(BASE)
      .get(`/api/v2/webhooks/${HOOK}`)
      .reply(200, { webhook: { id: HOOK, name: "Orders", custom: 1 } });
    expect(await clientWith().getWebhook(HOOK, { signal: neverAborted() })).toMatchObject({
      id: HOOK,
      name: "Orders",
      custom: 1,
    });
  });

  it("reads attempts in the order in which they come", async () => {
    nock(BASE)
      .get(`/api/v2/webhooks/${HOOK}/invocations/01INV/attempts`)
      .reply(200, { attempts: [{ status: "b" }, { status: "a" }] });
    const attempts = await clientWith().listAttempts(HOOK, "01INV", { signal: neverAborted() });
    expect(attempts.map(({ status }) => status)).toEqual(["b", "a"]);
  });

  it("follows pages from the one it is given", async () => {
    const path = `/api/v2/webhooks/${HOOK}/invocations`;
    nock(BASE)
      .get(path)
      .query({ "page[size]": "1", "page[after]": "first" })
      .reply(200, { invocations: [{ id: "1" }], meta: { has_more: true, after_cursor: "second" } });
    nock(BASE)
      .get(path)
      .query({ "page[size]": "1", "page[after]": "second" })
      .reply(200, { invocations: [{ id: "2" }], meta: { has_more: false } });
    const pages = await all(
      clientWith().invocationPages(HOOK, { page: { size: 1, after: "first" } }, { signal: neverAborted() }),
    );
    expect(pages.flatMap(({ rows }) => rows.map(({ id }) => id))).toEqual(["1", "2"]);
  });

  it("sends a test delivery with what is to be different", async () => {
    nock(BASE)
      .post("/api/v2/webhooks/test", { request: { endpoint: "https://x.example", http_method: "PUT" } })
      .reply(200, { response: { status_code: 204 } });
    const request = { endpoint: "https://x.example", http_method: "PUT" } as const;
    expect(await clientWith().testWebhook(undefined, request, { signal: neverAborted() })).toMatchObject({
      response: { status_code: 204 },
    });
  });

  it.each<[string, (client: ReturnType<typeof clientWith>) => Promise<unknown>]>([
    ["webhooks", (client) => client.listWebhooks({}, { signal: neverAborted() })],
    ["a webhook", (client) => client.getWebhook(HOOK, { signal: neverAborted() })],
    ["invocations", (client) => client.listInvocations(HOOK, {}, { signal: neverAborted() })],
    ["attempts", (client) => client.listAttempts(HOOK, "01INV", { signal: neverAborted() })],
  ])("calls an answer without %s unexpected", async (_name, call) => {
    nock(BASE).get(/.*/).reply(200, { hello: "world" });
    expect(await failureOf(call(clientWith()))).toMatchObject({
      kind: "unexpected_answer",
      message: expect.stringContaining("without a"),
    });
  });

  it("can be told per call how often to try", async () => {
    nock(BASE).get("/api/v2/webhooks").times(5).reply(503);
    const client = clientWith();
    await failureOf(client.listWebhooks({}, { signal: neverAborted(), retry: { attempts: 2 } }));
    await failureOf(client.listWebhooks({}, { signal: neverAborted(), retry: false }));
    expect(client.requestCount).toBe(3);
  });
});
