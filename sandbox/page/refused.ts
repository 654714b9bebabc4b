import type { JournalEntry } from "../slack/journal.ts";
import { type BlockFault, isRecord } from "../slack/validate/rule.ts";
import type { Refused, RefusedPart } from "./wire.ts";

/** Refusals that the bot counts on: it then answers another way, and nobody misses anything. */
const EXPECTED = new Set([
  "not_in_channel",
  "channel_not_found",
  "user_not_in_channel",
  "ratelimited",
  "missing_scope",
]);
/** Methods that the bot asks only to see which error comes. */
const PROBES = new Set(["chat.getPermalink"]);

/** What is told, and to whom where it is for one person alone. */
export interface Telling {
  /** An id. */
  user?: string;
  line: Omit<Refused, "key" | "ts">;
}

/** What of an exchange belongs before the eyes of who works on a message; `undefined` for all that went as it should. */
export function refusedIn({ direction, method, request, response, refusal }: JournalEntry): Telling | undefined {
  if (refusal === undefined || EXPECTED.has(refusal.error) || PROBES.has(method)) return undefined;
  const { error, faults, user, channel, threadTs } = refusal;
  const isCall = direction === "bot to slack";
  const sent = isCall ? request : isRecord(response) ? response.ackPayload : undefined;
  return {
    ...(user === undefined ? {} : { user }),
    line: {
      kind: "refused",
      method: isCall ? method : `the answer to ${nameOf(request) ?? method}`,
      error,
      faults: faults.map((fault) => partOf(fault, sent)),
      ...(channel === undefined ? {} : { channel }),
      ...(threadTs === undefined ? {} : { threadTs }),
    },
  };
}

/** Of a delivery: the command, or `view_submission`. */
function nameOf(payload: unknown): string | undefined {
  const name = isRecord(payload) ? (payload.command ?? payload.type) : undefined;
  return typeof name === "string" ? name : undefined;
}

function partOf({ message, pointer }: BlockFault, sent: unknown): RefusedPart {
  const part = partAt(sent, pointer);
  return { message, pointer, ...(part === undefined ? {} : { part }) };
}

/** What the pointer points at, or the nearest around it that is more than a word. Forms carry structures as JSON text. */
function partAt(sent: unknown, pointer: string): unknown {
  let at: unknown = sent;
  let around: unknown;
  for (const step of pointer.split("/").slice(1)) {
    if (typeof at === "object" && at !== null) around = at;
    const name = step.replaceAll("~1", "/").replaceAll("~0", "~");
    at = readable(Object.entries(around ?? {}).find(([key]) => key === name)?.[1]);
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
