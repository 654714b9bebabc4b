import { z } from "zod";
import type { Header } from "../../triage/model.ts";

/**
 * What Zendesk answers. The documented models (https://developer.zendesk.com/api-reference/webhooks/webhooks-api/webhooks/) and
 * what it really sends differ, so every field of both is optional, and a field of a wrong type is taken for missing: it never
 * costs the row. Only what cannot be named, a row without an id, is none.
 */

/** 2015 to 2100: what lies outside is no time of an event, whatever it was meant to be. */
const EARLIEST_MS = Date.UTC(2015, 0, 1);
const LATEST_MS = Date.UTC(2100, 0, 1);
const WITHOUT_ZONE = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?$/;

const text = z.string().optional().catch(undefined);
const id = z
  .union([z.string(), z.number()])
  .transform((value) => String(value).trim())
  .pipe(z.string().min(1).max(200));
const count = z.int().nonnegative().optional().catch(undefined);
const durationMs = z.number().nonnegative().optional().catch(undefined);
const statusCode = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d{3}$/)
      .transform(Number),
  ])
  .pipe(z.int().min(100).max(599))
  .optional()
  .catch(undefined);
const time = z
  .string()
  .transform((value) => plausibleDate(Date.parse(WITHOUT_ZONE.test(value) ? `${value}Z` : value)))
  .optional()
  .catch(undefined);
/** A body is text, but a parsed one is as good. */
const body = z
  .unknown()
  .transform((value) => (typeof value === "string" ? value : isEmptyBody(value) ? undefined : JSON.stringify(value)))
  .optional()
  .catch(undefined);
const headers = z.unknown().transform(readHeaders).optional();

export const message = z.looseObject({ status_code: statusCode, headers, payload: body, body });
const optionalMessage = message.optional().catch(undefined);

export const webhookRow = z.looseObject({
  id,
  name: text,
  status: text,
  endpoint: text,
  subscriptions: z.array(text).optional().catch(undefined),
});
export type WebhookRow = z.infer<typeof webhookRow>;

export const invocationRow = z.looseObject({
  id,
  webhook_id: id.optional().catch(undefined),
  status: text,
  status_code: statusCode,
  response_code: statusCode,
  event_type: text,
  created_at: time,
  latest_completed_at: time,
  attempts_count: count,
});
export type InvocationRow = z.infer<typeof invocationRow>;

export const attemptRow = z.looseObject({
  status: text,
  status_code: statusCode,
  request: optionalMessage,
  response: optionalMessage,
  response_code: statusCode,
  response_body: body,
  response_headers: headers,
  request_body: body,
  request_headers: headers,
  error_message: text,
  created_at: time,
  completed_at: time,
  duration_ms: durationMs,
});
export type AttemptRow = z.infer<typeof attemptRow>;

const cursor = z.string().min(1).optional().catch(undefined);
export const pageMeta = z
  .looseObject({ has_more: z.boolean().optional().catch(undefined), after_cursor: cursor, before_cursor: cursor })
  .optional()
  .catch(undefined);

/** The instant, or `undefined` for what cannot be the time of an event. */
export function plausibleDate(epochMs: number): Date | undefined {
  return epochMs >= EARLIEST_MS && epochMs < LATEST_MS ? new Date(epochMs) : undefined;
}

const headerEntry = z.union([
  z.looseObject({ key: z.string(), value: z.unknown() }).transform(({ key, value }) => ({ name: key, value })),
  z.looseObject({ name: z.string(), value: z.unknown() }),
  z.tuple([z.string(), z.unknown()]).transform(([name, value]) => ({ name, value })),
]);

/** Headers come as a list of `{key, value}`, or as a dictionary. `undefined` where there are none to speak of. */
function readHeaders(value: unknown): Header[] | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const entries = Array.isArray(value) ? value : Object.entries(value);
  return entries.flatMap((entry) => {
    const read = headerEntry.safeParse(entry);
    if (!read.success) return [];
    const values = Array.isArray(read.data.value) ? read.data.value : [read.data.value];
    return values.filter(isScalar).map((single) => ({ name: read.data.name, value: String(single) }));
  });
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

function isEmptyBody(value: unknown): boolean {
  return value === undefined || value === null;
}
