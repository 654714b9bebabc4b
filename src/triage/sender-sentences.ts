import type { Reading } from "./cause/reading.ts";
import type { CauseCategory } from "./cause.ts";

interface Sentence {
  id: string;
  pattern: RegExp;
  category: CauseCategory;
  title: string;
  nextStep: string;
}

/**
 * What a sender says of its own rules for an answer, as no client library does.
 * Source: "Configure webhooks", https://www.conductorone.com/docs/product/admin/webhooks
 */
const SENTENCES: readonly Sentence[] = [
  {
    id: "callback-missing",
    pattern:
      /\bcall-?back\b.{0,60}\b(?:expired?|time-?d?[ -]?out|not received|never|missing)\b|\b(?:no|without an?y?|expired|timed out|timeout|waiting for)\b.{0,40}\bcall-?back\b/i,
    category: "timeout",
    title: "The receiver took it and never called back",
    nextStep: "Check why {receiver} answered 202 and then posted nothing to the callback URL before its time was over.",
  },
  {
    id: "answer-not-usable",
    pattern:
      /\bresponse document\b(?!.{0,60}\b(?:exceed|too (?:large|big|long)|larger|limit))|\b(?:parse|decode) (?:the )?response body\b|\bunmarshal\b|\blooking for beginning of\b|\bmissing "?version\b|\bresponse: (?:unknown|missing)\b/i,
    // None of the categories is about answers that come and make no sense.
    category: "unknown",
    title: "The receiver's answer could not be used",
    nextStep:
      'Let {receiver} answer with a document that {provider} takes: for ConductorOne, JSON with "version": "v1", at most 250 KB.',
  },
];

const LONGEST_READ = 2_000;

/** Why it failed, where the sender's own rules for answers say so. */
export function readSenderSentence(text: string): Reading | undefined {
  const line = text.slice(0, LONGEST_READ).replace(/\s+/g, " ").trim();
  const sentence = SENTENCES.find(({ pattern }) => pattern.test(line));
  if (sentence === undefined) return undefined;
  const { id, category, title, nextStep } = sentence;
  return {
    id,
    category,
    title,
    nextStep,
    signature: id,
    sureness: "certain",
    telling: { place: "error", text: line },
    masked: [],
  };
}
