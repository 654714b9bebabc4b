import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FaultKind } from "../../../sandbox/zendesk/faults.ts";
import { type Asking, BEARER, listIn, metaOf, startAsking } from "./ask.ts";

const LIST = "/api/v2/webhooks";

let asking: Asking;
let invocations: string;
beforeEach(async () => {
  asking = await startAsking();
  invocations = `${LIST}/${asking.webhookId("Jira sync")}/invocations`;
});
afterEach(() => asking.zendesk.close());

describe("a fault that answers", () => {
  it.each<[FaultKind, number, RegExp, RegExp]>([
    ["429", 429, /text\/plain/, /exceeded/],
    ["500", 500, /json/, /InternalError/],
    ["503", 503, /text\/plain/, /try again/],
    ["html-200", 200, /text\/html/, /<!DOCTYPE html>/],
    ["half-json-200", 200, /json/, /^\{.*"termi$/],
    ["text-error", 400, /text\/plain/, /Bad request/],
    ["old-token", 401, /json/, /invalid_token/],
  ])("%s has status %i", async (kind, status, type, body) => {
    asking.zendesk.fail(kind, { times: 1 });
    const answer = await asking.get(LIST);
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toMatch(type);
    expect(answer.text).toMatch(body);
    expect((await asking.get(LIST)).status).toBe(200);
  });

  it.each([
    [undefined, "30"],
    [7, "7"],
    ["Fri, 20 Nov 2026 12:00:09 GMT", "Fri, 20 Nov 2026 12:00:09 GMT"],
    [null, null],
  ])("429 told to say %s says %s", async (retryAfter, header) => {
    asking.zendesk.fail("429", retryAfter === undefined ? {} : { retryAfter });
    expect((await asking.get(LIST)).headers.get("retry-after")).toBe(header);
  });

  it("redirect names another host", async () => {
    asking.zendesk.fail("redirect");
    const answer = await asking.get(LIST);
    expect(answer.status).toBe(302);
    expect(answer.headers.get("location")).toMatch(/^http:\/\/localhost:\d+\/api\/v2\/webhooks$/);
    asking.zendesk.fail("redirect", { to: "http://elsewhere.invalid/" });
    expect((await asking.get(LIST)).headers.get("location")).toBe("http://elsewhere.invalid/");
  });

  it("unknown-status makes rows whose status nobody has heard of", async () => {
    asking.zendesk.fail("unknown-status");
    const rows = listIn(await asking.get(invocations), "invocations");
    expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(["quarantined"]));
  });

  it("cursor-loop leads to the same page for ever", async () => {
    asking.zendesk.fail("cursor-loop");
    const first = await asking.get(`${invocations}?page[size]=5`);
    const cursor = String(metaOf(first).after_cursor);
    const second = await asking.get(`${invocations}?page[size]=5&page[after]=${encodeURIComponent(cursor)}`);
    expect(metaOf(second)).toMatchObject({ has_more: true, after_cursor: cursor });
    expect(second.json.invocations).toEqual(first.json.invocations);
  });
});

describe("a fault that does not answer", () => {
  it("cut ends the connection before the headers", async () => {
    asking.zendesk.fail("cut", { times: 1 });
    await expect(fetch(asking.zendesk.url + LIST, { headers: BEARER })).rejects.toThrow(/fetch failed/);
    expect((await asking.get(LIST)).status).toBe(200);
  });

  it("cut-body ends the connection in the midst of the body", async () => {
    asking.zendesk.fail("cut-body", { times: 1 });
    const response = await fetch(asking.zendesk.url + LIST, { headers: BEARER });
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow(/terminated/);
  });

  it("hang says nothing until the asker gives up", async () => {
    asking.zendesk.fail("hang");
    const patience = new AbortController();
    const asked = fetch(asking.zendesk.url + LIST, { headers: BEARER, signal: patience.signal });
    while (asking.zendesk.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    patience.abort();
    await expect(asked).rejects.toThrow(/aborted/);
    expect(asking.zendesk.requests.at(-1)?.status).toBeUndefined();
  });

  it("hold answers as it should, once it is healed", async () => {
    asking.zendesk.fail("hold");
    const asked = asking.get(LIST);
    while (asking.zendesk.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(asking.zendesk.requests.at(-1)?.status).toBeUndefined();
    asking.zendesk.heal();
    expect((await asked).status).toBe(200);
  });

  it("hang ends when the sandbox closes", async () => {
    const other = await startAsking();
    other.zendesk.fail("hang");
    const asked = other.get(LIST);
    asked.catch(() => undefined);
    while (other.zendesk.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await other.zendesk.close();
    await expect(asked).rejects.toThrow(/fetch failed/);
  });
});

describe("faults", () => {
  it("strike so often as they are told, then no more", async () => {
    asking.zendesk.fail("500", { times: 2 });
    const statuses = [await asking.get(LIST), await asking.get(LIST), await asking.get(LIST)].map(
      ({ status }) => status,
    );
    expect(statuses).toEqual([500, 500, 200]);
  });

  it("strike until they are healed when nobody counts", async () => {
    asking.zendesk.fail("500");
    for (let i = 0; i < 3; i++) expect((await asking.get(LIST)).status).toBe(500);
    asking.zendesk.heal();
    expect((await asking.get(LIST)).status).toBe(200);
  });

  it("strike only the requests they match", async () => {
    asking.zendesk.fail("500", { match: (path, query) => path.endsWith("/invocations") && query.has("page[after]") });
    const first = await asking.get(invocations);
    expect(first.status).toBe(200);
    const cursor = encodeURIComponent(String(metaOf(first).after_cursor));
    expect((await asking.get(`${invocations}?page[after]=${cursor}`)).status).toBe(500);
    expect((await asking.get(LIST)).status).toBe(200);
  });

  it("leave the token endpoint alone unless it is named", async () => {
    asking.zendesk.fail("500");
    expect((await asking.post("/oauth/tokens", {}, {})).status).toBe(400);
    asking.zendesk.fail("503", { match: (path) => path === "/oauth/tokens" });
    expect((await asking.post("/oauth/tokens", {}, {})).status).toBe(503);
  });
});
