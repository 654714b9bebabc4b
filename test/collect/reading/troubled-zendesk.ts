import { createCollector, type FreshenRequest } from "../../../src/collect/collector.ts";
import { limitsOf } from "../../../src/collect/freshness.ts";
import { oneAtATime } from "../../../src/collect/one-at-a-time.ts";
import { createLanes } from "../../../src/collect/reading/lanes.ts";
import { type Reading, readWebhook } from "../../../src/collect/reading/reading.ts";
import { createLog } from "../../../src/ops/log.ts";
import { NO_LIMIT } from "../../../src/providers/budget.ts";
import { createZendeskProvider } from "../../../src/providers/zendesk/provider.ts";
import type { Store } from "../../../src/store/database.ts";
import { findInvocations } from "../../../src/store/invocations.ts";
import { type Window, windowOf } from "../../../src/triage/window.ts";
import { answerJson, type SeenRequest, startLoopback } from "../../providers/loopback.ts";
import { virtualClock } from "../../providers/virtual-clock.ts";
import { withAccessToken } from "../../providers/zendesk/settings.ts";
import { idAt, NOW_MS, type SmallRow, zendeskTime } from "../../providers/zendesk/small-zendesk.ts";
import { noDeadline } from "../desk.ts";

/** One page that is asked for. */
export interface AskedPage {
  webhookId: string;
  /** The first of this webhook is 1. */
  number: number;
  isFirstOfListing: boolean;
}

/** A Zendesk whose log changes and fails as a test wants it. */
export interface Troubles {
  /** By webhook. The server lists them by time, the latest first. */
  logs: Map<string, SmallRow[]>;
  pageSize: number;
  /** Of those that are not listed any more. */
  deleted?: Set<string>;
  switchedOff?: ReadonlySet<string>;
  ignoresFilters?: boolean;
  /** A cursor says how many rows to leave out, so that rows that come in meanwhile shift the rest. */
  countsRows?: boolean;
  /** How far the server's clock is ahead of ours; it tells no time where absent. */
  aheadMs?: number;
  /** Called when the webhooks are asked for. */
  beforeList?(): void;
  /** May change all of this, or have the request answered with the status it returns. */
  beforePage?(page: AskedPage): number | undefined;
}

/** Failures of one webhook, a row every so many minutes, the latest that long ago. */
export function rowsEvery(minutes: number, count: number): SmallRow[] {
  return Array.from({ length: count }, (_, index) => rowAt(NOW_MS - (index + 1) * minutes * 60_000, index));
}

export function rowAt(atMs: number, number: number): SmallRow {
  return { id: idAt(atMs, number), status: "terminated", statusCode: 403, atMs };
}

export async function openTroubled(store: Store, troubles: Troubles, spare = Number.POSITIVE_INFINITY) {
  const clock = virtualClock();
  const log = createLog({ level: "silent", secrets: [] });
  const pages: AskedPage[] = [];
  const server = await startLoopback((request, response) => {
    const { aheadMs, deleted } = troubles;
    if (aheadMs !== undefined) response.setHeader("date", new Date(clock.now().getTime() + aheadMs).toUTCString());
    const { pathname, searchParams } = new URL(request.url, "http://localhost");
    const webhookId = /^\/api\/v2\/webhooks\/([^/]+)\/invocations$/.exec(pathname)?.[1];
    if (webhookId === undefined) {
      troubles.beforeList?.();
      const listed = [...troubles.logs.keys()].filter((id) => !deleted?.has(id));
      const statusOf = (id: string) => (troubles.switchedOff?.has(id) ? "inactive" : "active");
      return answerJson(response, { webhooks: listed.map((id) => ({ id, name: `Hook ${id}`, status: statusOf(id) })) });
    }
    const number = pages.filter((page) => page.webhookId === webhookId).length + 1;
    const page = { webhookId, number, isFirstOfListing: !searchParams.has("page[after]") };
    pages.push(page);
    const status = troubles.beforePage?.(page) ?? (deleted?.has(webhookId) ? 404 : 200);
    if (status !== 200) return answerJson(response, { error: "No" }, status);
    return answerJson(response, pageOf(troubles, webhookId, request));
  });
  const provider = createZendeskProvider(withAccessToken(server.url), { clock, budget: { ...NO_LIMIT, spare } });
  const collector = createCollector({ store, providers: [provider], now: clock.now, log });

  function requestFor(window: Window) {
    return { query: { words: [], terms: [], window }, now: clock.now(), maxAgeMs: 0 };
  }
  return {
    server,
    provider,
    collector,
    clock,
    /** In the order in which they were asked for. */
    pages,
    close: server.close,
    last(ms: number): Window {
      return windowOf(clock.now().getTime() - ms, clock.now().getTime());
    },
    freshen(window: Window, overrides: Partial<FreshenRequest> = {}) {
      return collector.freshen({ ...requestFor(window), ...overrides }, noDeadline());
    },
    review(window: Window) {
      return collector.review(requestFor(window));
    },
    /** One turn of a backfill. */
    read(id: string, window: Window, mostPages = Number.POSITIVE_INFINITY) {
      const request = requestFor(window);
      const limits = limitsOf(provider, request);
      const reading: Reading = { store, provider, request, limits, now: clock.now, log };
      return readWebhook(reading, { id }, window, oneAtATime(), noDeadline(), {
        lanes: createLanes(8),
        mostPages,
      });
    },
    async idsIn(window: Window, webhookId?: string): Promise<string[]> {
      const webhooks = webhookId === undefined ? {} : { webhooks: [{ provider: "zendesk", id: webhookId }] };
      const found = await findInvocations(store.db, { window, ...webhooks, asOf: clock.now() });
      return found.map(({ id }) => id).sort();
    },
  };
}

function pageOf({ logs, pageSize, ignoresFilters, countsRows }: Troubles, webhookId: string, { url }: SeenRequest) {
  const query = new URL(url, "http://localhost").searchParams;
  const fromMs = Date.parse(query.get("filter[from_ts]") ?? "1970-01-01");
  const toMs = Date.parse(query.get("filter[to_ts]") ?? "2100-01-01") + 999;
  const listed = (logs.get(webhookId) ?? [])
    .filter(({ atMs }) => ignoresFilters || (atMs >= fromMs && atMs <= toMs))
    .sort((a, b) => (keyOf(a) < keyOf(b) ? 1 : -1));
  const after = query.get("page[after]");
  const left = after === null ? 0 : countsRows ? Number(after) : listed.filter((row) => keyOf(row) >= after).length;
  const rows = listed.slice(left, left + pageSize);
  const last = rows.at(-1);
  const hasMore = last !== undefined && left + pageSize < listed.length;
  return {
    meta: {
      has_more: hasMore,
      ...(hasMore ? { after_cursor: countsRows ? String(left + pageSize) : keyOf(last) } : {}),
    },
    invocations: rows.map(({ id, status, statusCode, atMs }) => ({
      id,
      status,
      status_code: statusCode,
      latest_completed_at: zendeskTime(atMs),
    })),
  };
}

/** In the order of time, as text. */
function keyOf({ atMs, id }: SmallRow): string {
  return `${new Date(atMs).toISOString()} ${id}`;
}
