import type { Incident, ScenarioWebhook } from "../scenario/scenario.ts";
import { readPageRequest } from "./cursor.ts";
import { cutPage, type Page } from "./page.ts";
import { Refusal } from "./refusal.ts";
import { seconds } from "./shapes.ts";

type ShownWebhook = Readonly<ScenarioWebhook>;

const COMPARE: Readonly<Record<string, (a: ShownWebhook, b: ShownWebhook) => number>> = {
  created_at: byId,
  name: (a, b) => compare(a.name, b.name) || byId(a, b),
  "-name": (a, b) => compare(b.name, a.name) || byId(a, b),
  status: (a, b) => compare(statusOf(a), statusOf(b)) || byId(a, b),
  "-status": (a, b) => compare(statusOf(b), statusOf(a)) || byId(a, b),
};

/** @throws Refusal (400) for parameters that make no sense. */
export function listWebhooks(webhooks: readonly ShownWebhook[], query: URLSearchParams): Page<ShownWebhook> {
  const order = query.get("sort") ?? "created_at";
  const compareBy = COMPARE[order];
  if (!compareBy) throw new Refusal(400, { error: "InvalidParameter", description: "sort must be name or status" });
  const nameContains = query.get("filter[name_contains]")?.toLowerCase() ?? "";
  const status = query.get("filter[status]");
  const sorted = webhooks
    .filter((webhook) => webhook.name.toLowerCase().includes(nameContains))
    .filter((webhook) => status === null || statusOf(webhook) === status)
    .sort(compareBy);
  return cutPage(readPageRequest(query, order), order, ({ id }) => id, {
    ahead: (after) => (after === undefined ? sorted : sorted.slice(sorted.findIndex(({ id }) => id === after) + 1)),
    back: (before) =>
      sorted
        .slice(
          0,
          Math.max(
            0,
            sorted.findIndex(({ id }) => id === before),
          ),
        )
        .reverse(),
  });
}

/** As the wire has it: absent rather than null when unset, secrets left out. */
export function shownWebhook(webhook: ShownWebhook): Record<string, unknown> {
  const shown: Record<string, unknown> = {
    id: webhook.id,
    name: webhook.name,
    status: statusOf(webhook),
    subscriptions: webhook.subscriptions,
    created_at: seconds(webhook.createdAt.getTime()),
    created_by: "-1",
    updated_at: seconds(webhook.updatedAt.getTime()),
    updated_by: "-1",
    endpoint: webhook.endpoint,
    http_method: webhook.httpMethod,
    request_format: "json",
  };
  if (webhook.description !== undefined) shown.description = webhook.description;
  if (webhook.authentication !== undefined) {
    shown.authentication = {
      type: webhook.authentication,
      ...(webhook.authentication === "basic_auth" ? { data: { username: "zendesk" } } : {}),
      add_position: "header",
    };
  }
  return shown;
}

/** What goes wrong at the webhook's receiver at `at`, newest first. */
export function incidentsAt(webhook: ShownWebhook, at: Date): Incident[] {
  return webhook.incidents
    .filter(({ cause, everyMs }) => cause !== undefined && everyMs > 0)
    .filter(({ start, end }) => start <= at && (end === undefined || end > at))
    .sort((a, b) => b.start.getTime() - a.start.getTime());
}

function statusOf(webhook: ShownWebhook): "active" | "inactive" {
  return webhook.active ? "active" : "inactive";
}

function byId(a: ShownWebhook, b: ShownWebhook): number {
  return compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
