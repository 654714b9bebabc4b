import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FILTER_STATUSES } from "../../../sandbox/zendesk/list-invocations.ts";
import { type Asking, everyPage, listIn, metaOf, NOON, startAsking, virtualClock } from "./ask.ts";

let asking: Asking;
let path: string;
beforeAll(async () => {
  asking = await startAsking({ size: "flood", invocations: 3_000 });
  path = `/api/v2/webhooks/${asking.zendesk.webhooks[0]?.id}/invocations`;
});
afterAll(() => asking.zendesk.close());

describe("pages of invocations", () => {
  it("have 100 rows when nothing else is asked, and never more", async () => {
    expect(listIn(await asking.get(path), "invocations")).toHaveLength(100);
    expect(listIn(await asking.get(`${path}?page[size]=100`), "invocations")).toHaveLength(100);
    const answer = await asking.get(`${path}?page[size]=101`);
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({ error: "TooManyValues", max_count: 100 });
  });

  it("lead back by page[before] to the rows they came from", async () => {
    const pages = await everyPage(asking, `${path}?page[size]=90`);
    const [first, second, third] = pages;
    if (!first || !second || !third) throw new Error("three pages are expected");
    const back = await asking.get(`${path}?page[size]=90&page[before]=${encoded(metaOf(third).before_cursor)}`);
    expect(back.json.invocations).toEqual(second.json.invocations);
    expect(metaOf(back)).toMatchObject({ has_more: true, after_cursor: metaOf(second).after_cursor });
    const start = await asking.get(`${path}?page[size]=90&page[before]=${encoded(metaOf(second).before_cursor)}`);
    expect(start.json.invocations).toEqual(first.json.invocations);
    expect(metaOf(start).before_cursor).toBeUndefined();
  });

  it("stay where they are while new rows arrive on top", async () => {
    const clock = virtualClock();
    const moving = await startAsking({ now: clock.now });
    const list = `/api/v2/webhooks/${moving.webhookId("Slack alerts bridge")}/invocations?page[size]=10`;
    const first = await moving.get(list);
    const second = `${list}&page[after]=${encoded(metaOf(first).after_cursor)}`;
    const before = await moving.get(second);
    clock.advance(3_600);
    expect((await moving.get(list)).json.invocations).not.toEqual(first.json.invocations);
    expect((await moving.get(second)).json.invocations).toEqual(before.json.invocations);
    await moving.zendesk.close();
  });

  it.each([
    ["page[size]=0"],
    ["page[size]=many"],
    ["page[after]=bm9uc2Vuc2U="],
    [
      "page[after]=MDFIQU5BMkI1RDVXOVhTSlMzTkU1U1FBMUosZGVzYw==&page[before]=MDFIQU5BMkI1RDVXOVhTSlMzTkU1U1FBMUosZGVzYw==",
    ],
    ["page[after]=MDFIQU5BMkI1RDVXOVhTSlMzTkU1U1FBMUosZGVzYw==&sort=latest_completed_at"],
    ["sort=created_at"],
    ["filter[status]=terminated"],
    ["filter[from_ts]=yesterday"],
  ])("are refused for %s", async (query) => {
    expect((await asking.get(`${path}?${query}`)).status).toBe(400);
  });
});

describe("filters", () => {
  it("by time count both ends, by the second", async () => {
    const rows = listIn(await asking.get(path), "invocations");
    const from = String(rows[60]?.latest_completed_at);
    const to = String(rows[20]?.latest_completed_at);
    const filtered = listIn(await asking.get(`${path}?filter[from_ts]=${from}&filter[to_ts]=${to}`), "invocations");
    const expected = rows.filter(({ latest_completed_at: at }) => String(at) >= from && String(at) <= to);
    expect(filtered).toEqual(expected);
    expect(filtered.length).toBeGreaterThanOrEqual(41);
  });

  it("by time find nothing in the future or beyond seven days", async () => {
    const future = new Date(NOON.getTime() + 60_000).toISOString();
    const longAgo = new Date(NOON.getTime() - 8 * 86_400_000).toISOString();
    expect((await asking.get(`${path}?filter[from_ts]=${future}`)).json).toEqual({
      meta: { has_more: false },
      invocations: [],
    });
    expect(listIn(await asking.get(`${path}?filter[to_ts]=${longAgo}`), "invocations")).toEqual([]);
    expect(listIn(await asking.get(`${path}?filter[from_ts]=${longAgo}`), "invocations")).toHaveLength(100);
  });

  it("by status never find what was terminated", async () => {
    const all = (await everyPage(asking, path)).flatMap((page) => listIn(page, "invocations"));
    expect(all.some(({ status }) => status === "terminated")).toBe(true);
    let found = 0;
    for (const status of FILTER_STATUSES) {
      const pages = await everyPage(asking, `${path}?filter[status]=${encodeURIComponent(status)}`);
      const rows = pages.flatMap((page) => listIn(page, "invocations"));
      expect(rows.every((row) => row.status === status)).toBe(true);
      found += rows.length;
    }
    expect(found).toBe(all.filter(({ status }) => status !== "terminated").length);
  });
});

function encoded(cursor: unknown): string {
  return encodeURIComponent(String(cursor));
}
