import { RETENTION_MS } from "../scenario/retention.ts";
import { readPageRequest } from "./cursor.ts";
import { cutPage, type Page } from "./page.ts";
import { Refusal } from "./refusal.ts";
import type { Row, RowRange, RowSource } from "./row-source.ts";

/** What `filter[status]` may name. Rows carry other words too, `terminated` among them, which no value here finds. */
export const FILTER_STATUSES = [
  "unknown",
  "accepted",
  "success",
  "failed",
  "timeout",
  "circuit broken",
  "throttled",
  "client error",
  "server error",
] as const;

/** @throws Refusal (400) for parameters that make no sense. */
export function listInvocations(source: RowSource, webhookId: string, query: URLSearchParams, now: Date): Page<Row> {
  const order = readOrder(query.get("sort"));
  const newestFirst = order === "desc";
  const status = readStatus(query.get("filter[status]"));
  const range = readRange(query, now);
  const rows = (direction: boolean, beyond?: string) =>
    source
      .walk(webhookId, range, direction, beyond)
      .filter(({ outcome }) => status === undefined || outcome.status === status);
  return cutPage(readPageRequest(query, order), order, ({ rowId }) => rowId, {
    ahead: (after) => rows(newestFirst, after),
    back: (before) => rows(!newestFirst, before),
  });
}

function readOrder(sort: string | null): "asc" | "desc" {
  if (sort === null || sort === "-latest_completed_at") return "desc";
  if (sort === "latest_completed_at") return "asc";
  throw invalid("sort", "latest_completed_at or -latest_completed_at");
}

function readStatus(status: string | null): string | undefined {
  if (status === null) return undefined;
  if (FILTER_STATUSES.some((known) => known === status)) return status;
  throw invalid("filter[status]", `one of ${FILTER_STATUSES.join(", ")}`);
}

/** Both ends count, and rows are compared by the second they show. */
function readRange(query: URLSearchParams, now: Date): RowRange {
  const keptFromMs = now.getTime() - RETENTION_MS;
  const fromMs = readTime(query, "filter[from_ts]");
  const toMs = readTime(query, "filter[to_ts]");
  return {
    fromMs: Math.max(keptFromMs, fromMs === undefined ? keptFromMs : Math.ceil(fromMs / 1000) * 1000),
    toMs: Math.min(now.getTime(), toMs === undefined ? now.getTime() : Math.floor(toMs / 1000) * 1000 + 999) + 1,
  };
}

function readTime(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const timeMs = Date.parse(text);
  const isIso = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/.test(text);
  if (!isIso || Number.isNaN(timeMs)) throw invalid(name, "an ISO 8601 time in UTC, such as 2023-12-04T12:00:00Z");
  return timeMs;
}

function invalid(name: string, wanted: string): Refusal {
  return new Refusal(400, {
    errors: [{ code: "InvalidParameter", title: "Invalid parameter", detail: `${name} must be ${wanted}` }],
  });
}
