import type { Reading } from "../reading.ts";
import { namedCode } from "./named-code.ts";
import { NOT_OURS } from "./not-ours.ts";
import { unknownTlsReason } from "./openssl-reason.ts";
import { phraseBook } from "./phrases.ts";
import type { TransportCause } from "./rule.ts";
import { GENERAL_RULES, SPECIFIC_RULES } from "./stages.ts";
import { readWords } from "./words-of.ts";

const LONGEST_TELLING = 2_000;

const RULES = [NOT_OURS, ...SPECIFIC_RULES, ...GENERAL_RULES];
const FIRST_GENERAL = 1 + SPECIFIC_RULES.length;
const BOOK = phraseBook(RULES);

/**
 * Why nothing was answered, or nothing that can be read, in one vocabulary for the words of all client libraries. `undefined` for a text that is about
 * something else: an HTTP answer, a proxy's upstream, an application. Total; its time is linear and bounded.
 */
export function readTransport(text: string): Reading | undefined {
  const { words, masked } = readWords(text);
  const found = causeOf(words, text);
  if (found === undefined || namedCode(text) !== undefined) return undefined;
  const { id, category, title, nextStep } = found.cause;
  return {
    id,
    category,
    title,
    nextStep,
    signature: id,
    sureness: found.sureness,
    telling: { place: "error", text: text.slice(0, LONGEST_TELLING).replace(/\s+/g, " ").trim() },
    masked,
  };
}

interface Found {
  cause: TransportCause;
  sureness: Reading["sureness"];
}

/** The innermost words are the most specific ones; a wrapper (`Max retries exceeded`, `fetch failed`) is in no rule. */
function causeOf(words: readonly string[], text: string): Found | undefined {
  const place = BOOK.find(words);
  const rule = RULES[place];
  if (rule === NOT_OURS) return undefined;
  // What OpenSSL names says more than `the handshake failed`.
  const reason = place < 0 || place >= FIRST_GENERAL ? unknownTlsReason(text.slice(0, LONGEST_TELLING)) : undefined;
  if (reason) return { cause: reason, sureness: "certain" };
  return rule && { cause: rule.cause, sureness: rule.sureness ?? "certain" };
}
