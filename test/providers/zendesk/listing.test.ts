import { afterEach, describe, expect, it } from "vitest";
import type { InvocationPage, InvocationQuery } from "../../../src/providers/provider.ts";
import { knowableAt } from "../../../src/providers/zendesk/listing.ts";
import { createZendeskProvider } from "../../../src/providers/zendesk/provider.ts";
import { type Window, windowOf } from "../../../src/triage/window.ts";
import { all, neverAborted } from "../clients.ts";
import type { Loopback } from "../loopback.ts";
import { virtualClock } from "../virtual-clock.ts";
import { withAccessToken } from "./settings.ts";
import { HOOK, lastHours, NOW_MS, rowsAt, type SmallZendesk, startSmallZendesk } from "./small-zendesk.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const servers: Loopback[] = [];

async function reading(account: SmallZendesk) {
  const server = await startSmallZendesk(account);
  servers.push(server);
  return { server, provider: createZendeskProvider(withAccessToken(server.url), { clock: virtualClock() }) };
}

async function list(account: SmallZendesk, query: Partial<InvocationQuery> & { window: Window }) {
  const { server, provider } = await reading(account);
  const pages = await all(provider.listInvocations({ webhookId: HOOK, ...query }, neverAborted()));
  const asked = server.requests.map(({ url }) => Object.fromEntries(new URL(url, server.url).searchParams));
  return { pages, asked };
}

function coveredMinutesAgo({ covered }: InvocationPage): [number, number] | undefined {
  return covered && [(NOW_MS - covered.from.getTime()) / MINUTE, (NOW_MS - covered.to.getTime()) / MINUTE];
}

describe("a listing of Zendesk's invocations", () => {
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  describe("asks for", () => {
    it.each<[string, Window, Record<string, string>]>([
      [
        "a window in the past with a margin on both sides",
        windowOf(NOW_MS - 5 * HOUR, NOW_MS - 2 * HOUR),
        { "filter[from_ts]": "2026-11-21T06:45:00Z", "filter[to_ts]": "2026-11-21T10:15:00Z" },
      ],
      ["a window up to now without an end", lastHours(5), { "filter[from_ts]": "2026-11-21T06:45:00Z" }],
      [
        "a window that ended ten minutes ago without an end",
        windowOf(NOW_MS - 5 * HOUR, NOW_MS - 10 * MINUTE),
        { "filter[from_ts]": "2026-11-21T06:45:00Z" },
      ],
      ["all that is kept without a start", windowOf(NOW_MS - 7 * DAY, NOW_MS), {}],
      [
        "more than is kept without a start",
        windowOf(NOW_MS - 30 * DAY, NOW_MS - DAY),
        { "filter[to_ts]": "2026-11-20T12:15:00Z" },
      ],
      [
        "fractions of a second by whole ones",
        windowOf(NOW_MS - 5 * HOUR + 999, NOW_MS - 2 * HOUR + 1),
        { "filter[from_ts]": "2026-11-21T06:45:00Z", "filter[to_ts]": "2026-11-21T10:15:01Z" },
      ],
    ])("%s", async (_name, window, expected) => {
      const { asked } = await list({ rows: [] }, { window });
      expect(asked).toEqual([{ ...expected, "page[size]": "100" }]);
    });

    it.each<[string, string[] | undefined, string | undefined]>([
      ["one documented status with a filter", ["circuit broken"], "circuit broken"],
      ["one that Zendesk cannot filter by without", ["terminated"], undefined],
      ["two without", ["timeout", "failed"], undefined],
      ["any without", undefined, undefined],
    ])("%s", async (_name, statuses, expected) => {
      const { asked } = await list({ rows: [] }, { window: lastHours(1), statuses });
      expect(asked[0]?.["filter[status]"]).toBe(expected);
    });

    it("no more than a minute beyond a window behind which all is collected", async () => {
      const window = windowOf(NOW_MS - 5 * HOUR, NOW_MS - 2 * HOUR);
      const { asked } = await list({ rows: [] }, { window, isFollowed: true });
      expect(asked).toMatchObject([
        { "filter[from_ts]": "2026-11-21T06:45:00Z", "filter[to_ts]": "2026-11-21T10:01:00Z" },
      ]);
    });

    it("the page size and order that the query names", async () => {
      const { asked } = await list({ rows: [] }, { window: lastHours(1), pageSize: 500, sort: "oldest" });
      expect(asked[0]).toMatchObject({ "page[size]": "100", sort: "latest_completed_at" });
    });
  });

  describe("says what is covered:", () => {
    it("from the oldest second read, not included, then all with the last page", async () => {
      const { pages } = await list({ rows: rowsAt(1, 2, 3, 4), pageSize: 2 }, { window: lastHours(1) });
      expect(pages.map(coveredMinutesAgo)).toEqual([
        [2 - 1 / 60, 0],
        [60, 0],
      ]);
    });

    it("nothing before the end while rows are out of order", async () => {
      const { pages } = await list({ rows: rowsAt(1, 3, 2, 4, 5, 6), pageSize: 2 }, { window: lastHours(1) });
      expect(pages.map(coveredMinutesAgo)).toEqual([[3 - 1 / 60, 0], undefined, [60, 0]]);
    });

    it("nothing before the end when the oldest come first", async () => {
      const { pages } = await list({ rows: rowsAt(4, 3, 2, 1), pageSize: 2 }, { window: lastHours(1), sort: "oldest" });
      expect(pages.map(coveredMinutesAgo)).toEqual([undefined, [60, 0]]);
    });

    it("nothing when only one status was asked for", async () => {
      const { pages } = await list({ rows: rowsAt(1, 2) }, { window: lastHours(1), statuses: ["timeout"] });
      expect(pages.map(coveredMinutesAgo)).toEqual([undefined]);
    });

    it("nothing of the future", async () => {
      const { pages } = await list({ rows: [] }, { window: windowOf(NOW_MS - HOUR, NOW_MS + HOUR) });
      expect(pages.map(coveredMinutesAgo)).toEqual([[60, 0]]);
      const later = await list({ rows: [] }, { window: windowOf(NOW_MS + HOUR, NOW_MS + 2 * HOUR) });
      expect(later.pages.map(coveredMinutesAgo)).toEqual([undefined]);
    });
  });

  describe("can tell, where their clock", () => {
    it.each<[string, number | undefined, Window]>([
      ["tells no time, all until now", undefined, windowOf(0, NOW_MS)],
      ["agrees, all until now", 0, windowOf(0, NOW_MS)],
      ["is a second off, all until now", -1_000, windowOf(0, NOW_MS)],
      ["is ten minutes behind, what was until then", -10 * MINUTE, windowOf(0, NOW_MS - 10 * MINUTE)],
      ["is ten minutes ahead, what they keep still", 10 * MINUTE, windowOf(NOW_MS - 7 * DAY + 5 * MINUTE, NOW_MS)],
    ])("%s", (_name, aheadMs, expected) => {
      const startedAt = new Date(NOW_MS);
      const reading = aheadMs === undefined ? undefined : { theirs: new Date(NOW_MS + aheadMs), ours: startedAt };
      expect(knowableAt(startedAt, reading)).toEqual(expected);
    });
  });

  it("stops at the first page that is older than the window and its margin", async () => {
    const rows = rowsAt(1, 2, 70, 74, 80, 90, 100, 110);
    const { pages, asked } = await list({ rows, pageSize: 2, ignoresFilters: true }, { window: lastHours(1) });
    expect(pages.flatMap(({ invocations }) => invocations)).toHaveLength(6);
    expect(asked).toHaveLength(3);
    expect(pages.map(coveredMinutesAgo).at(-1)).toEqual([60, 0]);
  });

  it("reads to the end when order proves nothing", async () => {
    const rows = rowsAt(2, 1, 80, 90, 100, 110, 3, 4);
    const { pages } = await list({ rows, pageSize: 2, ignoresFilters: true }, { window: lastHours(1) });
    expect(pages.flatMap(({ invocations }) => invocations)).toHaveLength(8);
  });

  it("returns rows outside the window too, and each row of an invocation", async () => {
    const [held, failed] = rowsAt(66, 65);
    const rows = [failed, held && { ...held, id: failed?.id ?? "", status: "throttled" }].filter(
      (row) => row !== undefined,
    );
    const { pages } = await list({ rows }, { window: lastHours(1) });
    expect(pages[0]?.invocations.map(({ status }) => status)).toEqual(["terminated", "throttled"]);
  });
});
