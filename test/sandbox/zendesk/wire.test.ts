import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LINKS_HOST } from "../../../sandbox/zendesk/page.ts";
import { type Answer, type Asking, everyPage, isObject, listIn, metaOf, NOON, startAsking } from "./ask.ts";

let asking: Asking;
beforeAll(async () => {
  asking = await startAsking({ size: "triage" });
});
afterAll(() => asking.zendesk.close());

function invocationsOf(cause: string): string {
  const webhook = asking.zendesk.webhooks.find(({ incidents }) =>
    incidents.some((incident) => incident.cause === cause),
  );
  return `/api/v2/webhooks/${webhook?.id}/invocations`;
}

describe("a list of invocations", () => {
  it("has rows with the keys of the wire and no others", async () => {
    const pages = await everyPage(asking, invocationsOf("throttled-then-terminated-403"));
    const rows = pages.flatMap((page) => listIn(page, "invocations"));
    expect(rows.length).toBeGreaterThan(20);
    for (const row of rows) {
      const sent = row.status !== "throttled";
      const keys = sent
        ? ["id", "status_code", "status", "latest_completed_at"]
        : ["id", "status", "latest_completed_at"];
      expect(Object.keys(row)).toEqual(keys);
      expect(row.id).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
      expect(row.latest_completed_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    }
  });

  it("shows one row per attempt, so that ids come back on other pages", async () => {
    const path = `${invocationsOf("throttled-then-terminated-403")}?page[size]=5`;
    const pages = (await everyPage(asking, path)).map((page) => listIn(page, "invocations").map(({ id }) => id));
    const repeated = pages.flatMap((ids, page) =>
      ids.filter((id) => pages.slice(page + 1).some((other) => other.includes(id))),
    );
    expect(repeated.length).toBeGreaterThan(0);
    expect(new Set(pages.flat()).size).toBeLessThan(pages.flat().length);
  });

  it("is sorted by completion, newest first unless asked otherwise", async () => {
    const path = invocationsOf("jwt-expired-401");
    const newest = (await everyPage(asking, `${path}?page[size]=30`)).flatMap((page) => listIn(page, "invocations"));
    const oldest = (await everyPage(asking, `${path}?page[size]=30&sort=latest_completed_at`)).flatMap((page) =>
      listIn(page, "invocations"),
    );
    expect(newest.length).toBeGreaterThan(30);
    expect(newest.map(completed)).toEqual(newest.map(completed).sort().reverse());
    expect(oldest).toEqual(newest.toReversed());
  });

  it("leaves out the cursors and links that lead nowhere", async () => {
    const pages = await everyPage(asking, `${invocationsOf("jwt-expired-401")}?page[size]=40`);
    expect(pages.length).toBeGreaterThan(2);
    expect(Object.keys(metaOf(at(pages, 0)))).toEqual(["has_more", "after_cursor"]);
    expect(Object.keys(metaOf(at(pages, 1)))).toEqual(["has_more", "after_cursor", "before_cursor"]);
    expect(Object.keys(metaOf(at(pages, -1)))).toEqual(["has_more", "before_cursor"]);
    expect(metaOf(at(pages, -1)).has_more).toBe(false);
    expect(Object.keys(linksIn(at(pages, 0)))).toEqual(["next"]);
    expect(Object.keys(linksIn(at(pages, -1)))).toEqual(["prev"]);
  });

  it("links to another host, in the body and in the header", async () => {
    const page = await asking.get(`${invocationsOf("jwt-expired-401")}?page[size]=2`);
    expect(linksIn(page).next).toContain(`https://${LINKS_HOST}/api/v2/webhooks/`);
    expect(linksIn(page).next).toContain("?page[after]=");
    expect(page.headers.get("link")).toContain(`https://${LINKS_HOST}/`);
  });

  it("ends seven days before the present", async () => {
    const pages = await everyPage(asking, invocationsOf("jwt-expired-401"));
    const oldest =
      pages
        .flatMap((page) => listIn(page, "invocations"))
        .map(completed)
        .sort()[0] ?? "";
    const sevenDaysAgo = NOON.getTime() - 7 * 86_400_000;
    expect(Date.parse(oldest)).toBeGreaterThanOrEqual(sevenDaysAgo);
    expect(Date.parse(oldest)).toBeLessThan(sevenDaysAgo + 86_400_000);
  });
});

describe("attempts", () => {
  it("are newest first, all under the webhook's id, with nothing where nothing was sent", async () => {
    const path = invocationsOf("throttled-then-terminated-403");
    const pages = await everyPage(asking, path);
    const terminated = pages
      .flatMap((page) => listIn(page, "invocations"))
      .find(({ status }) => status === "terminated");
    const answer = await asking.get(`${path}/${terminated?.id}/attempts`);
    expect(Object.keys(answer.json)).toEqual(["attempts"]);
    const [newest = {}, oldest = {}] = listIn(answer, "attempts");
    expect(Object.keys(newest)).toEqual([
      "id",
      "invocation_id",
      "status_code",
      "status",
      "request",
      "response",
      "completed_at",
    ]);
    expect(Object.keys(oldest)).toEqual(["id", "invocation_id", "status", "completed_at"]);
    expect(newest).toMatchObject({ status_code: 403, status: "terminated", invocation_id: terminated?.id });
    expect(newest.id).toBe(oldest.id);
    expect(path).toContain(`/${newest.id}/`);
    expect(newest.request).toMatchObject({ payload: expect.stringContaining("{"), headers: expect.any(Array) });
    expect(newest.response).toMatchObject({ payload: expect.stringContaining("403 Forbidden") });
  });

  it.each(["/01HANA2B5D5W9XSJS3NE5SQA1J/attempts", "/nonsense/attempts"])("of %s are not found", async (rest) => {
    const answer = await asking.get(invocationsOf("jwt-expired-401") + rest);
    expect(answer.status).toBe(404);
    expect(answer.json).toEqual({ error: "RecordNotFound", description: "Not found" });
  });
});

describe("webhooks", () => {
  it("come on one page without links where one is enough", async () => {
    const answer = await asking.get("/api/v2/webhooks");
    expect(Object.keys(answer.json)).toEqual(["meta", "webhooks"]);
    expect(answer.json.meta).toEqual({ has_more: false });
    expect(listIn(answer, "webhooks")).toHaveLength(40);
  });

  it.each([
    ["filter[name_contains]=jira", (names: string[]) => expect(names).toEqual(["Jira sync"])],
    ["filter[status]=inactive", (names: string[]) => expect(names).toHaveLength(1)],
    ["sort=name", (names: string[]) => expect(names).toEqual(names.toSorted((a, b) => (a < b ? -1 : 1)))],
  ])("can be asked for with %s", async (query, check) => {
    check(listIn(await asking.get(`/api/v2/webhooks?${query}`), "webhooks").map(({ name }) => String(name)));
  });

  it("come page by page, each once, back and forth", async () => {
    const pages = await everyPage(asking, "/api/v2/webhooks?page[size]=7&sort=name");
    const ids = pages.flatMap((page) => listIn(page, "webhooks")).map(({ id }) => id);
    expect(new Set(ids).size).toBe(40);
    const before = encodeURIComponent(String(metaOf(at(pages, 2)).before_cursor));
    const back = await asking.get(`/api/v2/webhooks?page[size]=7&sort=name&page[before]=${before}`);
    expect(listIn(back, "webhooks")).toEqual(listIn(at(pages, 1), "webhooks"));
  });

  it("can be had one by one, without their secrets", async () => {
    const answer = await asking.get(`/api/v2/webhooks/${asking.webhookId("Jira sync")}`);
    expect(answer.json.webhook).toMatchObject({ name: "Jira sync", status: "active", request_format: "json" });
    expect(answer.text).not.toContain("signing_secret");
    expect((await asking.get("/api/v2/webhooks/01HANA2B5D5W9XSJS3NE5SQA1J")).status).toBe(404);
  });

  it("can be tested: the receiver's answer comes back", async () => {
    const id = asking.webhookId("Jira sync");
    const well = await asking.post(`/api/v2/webhooks/test?webhook_id=${id}`, { request: {} });
    expect(well.json.response).toMatchObject({ status_code: 200, headers: expect.any(Array) });
    expect(well.headers.get("x-rate-limit")).not.toBeNull();
    asking.zendesk.breakEndpoint(id, "endpoint-410-gone");
    const broken = await asking.post(`/api/v2/webhooks/test?webhook_id=${id}`, { request: {} });
    expect(broken.json.response).toMatchObject({ status_code: 410, payload: expect.stringContaining("gone") });
    expect((await asking.post("/api/v2/webhooks/test", "{}")).status).toBe(400);
  });
});

function at(pages: readonly Answer[], index: number): Answer {
  const page = pages.at(index);
  if (!page) throw new Error(`there is no page ${index}`);
  return page;
}

function linksIn(answer: Answer): Record<string, unknown> {
  return isObject(answer.json.links) ? answer.json.links : {};
}

function completed(row: Record<string, unknown>): string {
  return String(row.latest_completed_at);
}
