import type { JournalEntry } from "../slack/journal.ts";
import { isRecord, listOf } from "../slack/validate/rule.ts";
import type { Refused, RefusedPart } from "./wire.ts";

/** Refusals that the bot counts on: it then answers another way, and nobody misses anything. */
const EXPECTED = new Set([
  "not_in_channel",
  "channel_not_found",
  "user_not_in_channel",
  "ratelimited",
  "missing_scope",
]);

/** What of an exchange belongs before the eyes of who works on a message; `undefined` for all that went as it should. */
export function refusedIn({
  direction,
  method,
  request,
  response,
  status,
}: JournalEntry): Omit<Refused, "key" | "ts"> | undefined {
  if (direction !== "bot to slack" || !isRecord(request)) return undefined;
  const error = errorOf(response, status);
  if (error === undefined || EXPECTED.has(error)) return undefined;
  const faults = isRecord(response) ? listOf(response.errors).map((told) => partOf(String(told), request)) : [];
  const { channel, thread_ts: threadTs } = request;
  return {
    kind: "refused",
    method,
    error,
    faults,
    ...(typeof channel === "string" ? { channel } : {}),
    ...(typeof threadTs === "string" ? { threadTs } : {}),
  };
}

function errorOf(response: unknown, status: number | undefined): string | undefined {
  if (isRecord(response) && response.ok === false) return String(response.error);
  const isRefusedUrl = typeof response === "string" && status !== undefined && status >= 400;
  return isRefusedUrl && /^\w+$/.test(response) ? response : undefined;
}

function partOf(told: string, request: Readonly<Record<string, unknown>>): RefusedPart {
  const [, message = told, pointer = ""] = /^(.*) \[json-pointer:(.*)\]$/.exec(told) ?? [];
  const part = partAt(request, pointer);
  return { message, pointer, ...(part === undefined ? {} : { part }) };
}

/** What the pointer points at, or the nearest around it that is more than a word. Forms carry structures as JSON text. */
function partAt(request: Readonly<Record<string, unknown>>, pointer: string): unknown {
  let at: unknown = request;
  let around: unknown;
  for (const step of pointer.split("/").slice(1)) {
    if (typeof at === "object" && at !== null) around = at;
    at = readable(Object.entries(around ?? {}).find(([key]) => key === step)?.[1]);
  }
  return typeof at === "object" && at !== null ? at : around;
}

function readable(value: unknown): unknown {
  if (typeof value !== "string" || !/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
