import type { Attempt } from "../model.ts";
import { type BodyReading, readBody } from "./body/read-body.ts";
import { unwrap } from "./unwrap.ts";

/** What an attempt left behind, ready to be read for its cause. Text from outside, already redacted. */
export interface Evidence {
  /** What the receiver answered; absent when nothing did. */
  statusCode?: number;
  /** Response headers by lower-case name, values of one name joined by `, `. */
  headers: ReadonlyMap<string, string>;
  /** The response body taken apart. */
  body: BodyReading;
  /** Whether the body was found in what the sender logged. */
  isUnwrapped: boolean;
  /** What the sender logged of its own, to a bounded length; empty when it logged nothing. */
  errorMessage: string;
}

/** No sentence that a sender logs needs more, the answer within it included. */
const LONGEST_MESSAGE = 32 * 1024;

/** Reads an attempt's response. Takes bounded time and memory whatever its size. */
export function evidenceOf(attempt: Pick<Attempt, "statusCode" | "response" | "errorMessage">): Evidence {
  const headers = new Map<string, string>();
  for (const { name, value } of attempt.response?.headers ?? []) {
    const key = name.toLowerCase();
    const other = headers.get(key);
    headers.set(key, other === undefined ? value : `${other}, ${value}`);
  }
  const errorMessage = (attempt.errorMessage ?? "").slice(0, LONGEST_MESSAGE);
  const sent = readBody(attempt.response?.body ?? "", headers.get("content-type"));
  const unwrapped = sent.kind === "none" ? unwrap(errorMessage) : undefined;
  return {
    headers,
    body: unwrapped ?? sent,
    isUnwrapped: unwrapped !== undefined,
    errorMessage,
    ...(attempt.statusCode === undefined ? {} : { statusCode: attempt.statusCode }),
  };
}
