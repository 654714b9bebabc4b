import { type Attempt, type Header, outcomeAt } from "../../triage/model.ts";
import { redactBody, redactHeaders } from "../../triage/redact.ts";
import { type Excerpt, redactedExcerpt } from "../excerpt.ts";
import { type AttemptRow, plausibleDate } from "./schema.ts";
import { outcomeOf } from "./status.ts";

const BODY_LIMITS = { readChars: 256 * 1024, keptChars: 64 * 1024 };
const ERROR_LIMITS = { readChars: 16 * 1024, keptChars: 2_000 };
const HEADER_LIMITS = { readChars: 64 * 1024, keptChars: 4_000 };
const WORD_LIMITS = { readChars: 2_000, keptChars: 200 };
const MOST_HEADERS = 200;

interface Message {
  headers: Header[];
  body?: string;
  truncated: boolean;
}

interface MaskedMessage {
  message: Message | undefined;
  maskedCount: number;
}

/** Rows as they came, newest first, to attempts, oldest first. */
export function decodeAttempts(rows: readonly AttemptRow[], invocationId: string, now: Date): Attempt[] {
  return oldestFirst(rows).map((row, index) => decodeAttempt(row, { invocationId, index }, now));
}

/** One attempt, redacted. `now` decides whether what was held back may still be pending. */
export function decodeAttempt(row: AttemptRow, place: Pick<Attempt, "invocationId" | "index">, now: Date): Attempt {
  const status = redactedExcerpt(row.status?.trim() || "unknown", WORD_LIMITS);
  const request = redactMessage(row.request?.headers ?? row.request_headers, bodyOf(row.request) ?? row.request_body);
  const response = redactMessage(
    row.response?.headers ?? row.response_headers,
    bodyOf(row.response) ?? row.response_body,
  );
  const error = row.error_message ? redactedExcerpt(row.error_message, ERROR_LIMITS) : undefined;
  const times = timesOf(row);
  const { outcome, pendingUntil } = outcomeOf(status.text, times.completedAt ?? times.startedAt);
  return {
    ...place,
    status: status.text,
    outcome: outcomeAt({ outcome, pendingUntil }, now),
    statusCode: row.status_code ?? row.response_code ?? row.response?.status_code,
    request: request.message && { headers: request.message.headers, body: request.message.body },
    response: response.message,
    errorMessage: error?.text,
    ...times,
    maskedCount: status.maskedCount + request.maskedCount + response.maskedCount + (error?.maskedCount ?? 0),
  };
}

/** By time; rows of one second, and rows without a time, keep the order in which they came, which is newest first. */
function oldestFirst(rows: readonly AttemptRow[]): AttemptRow[] {
  let lastMs = Number.NEGATIVE_INFINITY;
  const timed = rows.toReversed().map((row) => {
    const { completedAt, startedAt } = timesOf(row);
    lastMs = (completedAt ?? startedAt)?.getTime() ?? lastMs;
    return { row, atMs: lastMs };
  });
  return timed.sort((a, b) => (a.atMs === b.atMs ? 0 : a.atMs - b.atMs)).map(({ row }) => row);
}

function timesOf(row: AttemptRow): Pick<Attempt, "startedAt" | "completedAt" | "durationMs"> {
  const { created_at: createdAt, completed_at: completedAt, duration_ms: durationMs } = row;
  return {
    startedAt: createdAt ?? shifted(completedAt, durationMs, -1),
    completedAt: completedAt ?? shifted(createdAt, durationMs, 1),
    durationMs: durationMs ?? between(createdAt, completedAt),
  };
}

function shifted(at: Date | undefined, ms: number | undefined, sign: 1 | -1): Date | undefined {
  if (!at || ms === undefined) return undefined;
  return plausibleDate(at.getTime() + sign * ms);
}

function between(from: Date | undefined, to: Date | undefined): number | undefined {
  return from && to && to >= from ? to.getTime() - from.getTime() : undefined;
}

function bodyOf(message: AttemptRow["request"]): string | undefined {
  return message?.payload ?? message?.body;
}

function redactMessage(headers: readonly Header[] | undefined, body: string | undefined): MaskedMessage {
  if (!headers && body === undefined) return { message: undefined, maskedCount: 0 };
  const masked = (headers ?? []).slice(0, MOST_HEADERS).map(redactHeader);
  const contentType = headers?.find(({ name }) => name.toLowerCase() === "content-type")?.value;
  const excerpt = body === undefined ? undefined : redactedBody(body, contentType);
  return {
    message: {
      headers: masked.map(({ header }) => header),
      body: excerpt?.text,
      truncated: excerpt?.truncated ?? false,
    },
    maskedCount: masked.reduce((sum, { maskedCount }) => sum + maskedCount, excerpt?.maskedCount ?? 0),
  };
}

function redactHeader({ name, value }: Header): { header: Header; maskedCount: number } {
  const excerpt = redactedExcerpt(value, HEADER_LIMITS, (text) => {
    const { headers, maskedCount } = redactHeaders([{ name, value: text }]);
    return { text: headers[0]?.value ?? "", maskedCount };
  });
  const header = { name: redactedExcerpt(name, WORD_LIMITS).text, value: excerpt.text };
  return { header, maskedCount: excerpt.maskedCount };
}

function redactedBody(body: string, contentType: string | undefined): Excerpt {
  return redactedExcerpt(body, BODY_LIMITS, (text) => redactBody(text, contentType));
}
