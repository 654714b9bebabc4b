import type { ServerResponse } from "node:http";
import { encodeTime } from "ulid";
import { type Window, windowOf } from "../../../src/triage/window.ts";
import { answerJson, type Loopback, type SeenRequest, startLoopback } from "../loopback.ts";

const MINUTE = 60_000;

export const NOW_MS = Date.parse("2026-11-21T12:00:00Z");
export const HOOK = "01HAN96XNH1J7DY8D7RZ22QMT9";

export interface SmallRow {
  id: string;
  status: string;
  statusCode?: number;
  atMs: number;
}

export interface SmallZendesk {
  /** In the order in which they are listed. */
  rows: SmallRow[];
  /** By invocation id, as listed. */
  attempts?: Record<string, unknown[]>;
  shape?: "wire" | "documented";
  /** A server that does not look at filters. */
  ignoresFilters?: boolean;
  /** Rows a page, whatever is asked. */
  pageSize?: number;
}

/** An invocation id that was made at that time. */
export function idAt(atMs: number, number: number): string {
  return encodeTime(atMs, 10) + String(number).padStart(16, "0");
}

/** A failure at each of these times before now. */
export function rowsAt(...minutesAgo: number[]): SmallRow[] {
  return minutesAgo.map((minutes, index) => {
    const atMs = NOW_MS - minutes * MINUTE;
    return { id: idAt(atMs, index), status: "terminated", statusCode: 403, atMs };
  });
}

export function lastHours(hours: number): Window {
  return windowOf(NOW_MS - hours * 60 * MINUTE, NOW_MS);
}

/** A Zendesk with one webhook that answers as recorded traffic does, cursors, absent keys and all. */
export function startSmallZendesk(account: SmallZendesk): Promise<Loopback> {
  return startLoopback((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const attemptsOf = new RegExp(`^/api/v2/webhooks/${HOOK}/invocations/(\\w+)/attempts$`).exec(pathname)?.[1];
    const attempts = attemptsOf === undefined ? undefined : account.attempts?.[attemptsOf];
    response.setHeader("x-rate-limit", "100");
    response.setHeader("x-rate-limit-remaining", "99");
    if (pathname === "/api/v2/webhooks")
      return answerJson(response, { meta: { has_more: false }, webhooks: [webhook(request)] });
    if (pathname === `/api/v2/webhooks/${HOOK}/invocations`) return answerInvocations(account, request, response);
    if (attempts) return answerJson(response, { attempts });
    return answerJson(response, { error: "RecordNotFound", description: "Not found" }, 404);
  });
}

function webhook({ headers }: SeenRequest): Record<string, unknown> {
  return {
    id: HOOK,
    name: "Order sync",
    status: "active",
    endpoint: `https://user:hunter2secret@${headers.host}/hooks?api_key=planted-endpoint-key`,
    subscriptions: ["zen:event-type:user.deleted"],
    http_method: "POST",
  };
}

function answerInvocations(account: SmallZendesk, { url }: SeenRequest, response: ServerResponse): void {
  const query = new URL(url, "http://localhost").searchParams;
  const listed = account.ignoresFilters ? account.rows : account.rows.filter((row) => isAskedFor(row, query));
  const start = Number(
    Buffer.from(query.get("page[after]") ?? "", "base64")
      .toString()
      .split(",")[0] || 0,
  );
  const size = account.pageSize ?? Number(query.get("page[size]") ?? 100);
  const rows = listed.slice(start, start + size);
  const next = start + size;
  const cursor = Buffer.from(`${next},desc`).toString("base64");
  const hasMore = next < listed.length;
  answerJson(response, {
    meta: { has_more: hasMore, ...(hasMore ? { after_cursor: cursor } : {}) },
    links: hasMore ? { next: `https://elsewhere.example:443/steal?page[after]=${cursor}` } : {},
    invocations: rows.map((row) => (account.shape === "documented" ? documentedRow(row) : wireRow(row))),
  });
}

function isAskedFor({ atMs, status }: SmallRow, query: URLSearchParams): boolean {
  const from = query.get("filter[from_ts]");
  const to = query.get("filter[to_ts]");
  const asked = query.get("filter[status]");
  return (!from || atMs >= Date.parse(from)) && (!to || atMs <= Date.parse(to)) && (!asked || asked === status);
}

function wireRow({ id, status, statusCode, atMs }: SmallRow): Record<string, unknown> {
  return { id, ...(statusCode ? { status_code: statusCode } : {}), status, latest_completed_at: zendeskTime(atMs) };
}

function documentedRow({ id, status, statusCode, atMs }: SmallRow): Record<string, unknown> {
  const time = zendeskTime(atMs);
  return {
    id,
    webhook_id: HOOK,
    status,
    response_code: statusCode ?? null,
    latest_completed_at: time,
    event_type: "user.deleted",
    attempts_count: 1,
  };
}

export function zendeskTime(atMs: number): string {
  return new Date(atMs).toISOString().replace(/\.\d+Z$/, "Z");
}
