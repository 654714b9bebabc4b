import { redactText } from "../triage/redact.ts";

export interface ExcerptLimits {
  /** Characters that are looked at; the rest of a long text is not worth the work. */
  readChars: number;
  keptChars: number;
}

export interface Excerpt {
  text: string;
  maskedCount: number;
  truncated: boolean;
}

/** A secret that was cut in half does not look like one any more, so what stands next to that cut is dropped. */
const DROPPED_AT_CUT_CHARS = 200;
const SEARCHED_FOR_BOUNDARY_CHARS = 8 * 1024;

/** Redacts a text and shortens it, in this order, with work bounded by `readChars`. */
export function redactedExcerpt(
  text: string,
  { readChars, keptChars }: ExcerptLimits,
  redact: (text: string) => { text: string; maskedCount: number } = redactText,
): Excerpt {
  const isPreCut = text.length > readChars;
  const redacted = redact(isPreCut ? text.slice(0, boundaryBefore(text, readChars)) : text);
  const safeChars = isPreCut ? Math.max(0, redacted.text.length - DROPPED_AT_CUT_CHARS) : redacted.text.length;
  const cut = redacted.text.slice(0, Math.min(keptChars, safeChars));
  const kept = cut.length < redacted.text.length ? withoutHalfCharacter(cut) : cut;
  return { text: kept, maskedCount: redacted.maskedCount, truncated: isPreCut || kept.length < redacted.text.length };
}

/** The last position up to `end` where a token ends: white space, else a quote, comma or the like. */
function boundaryBefore(text: string, end: number): number {
  const searched = text.slice(Math.max(0, end - SEARCHED_FOR_BOUNDARY_CHARS), end);
  const boundary = Math.max(searched.search(/\s\S*$/), 0) || searched.search(/[",;&<>{}][^",;&<>{}]*$/);
  return boundary > 0 ? end - searched.length + boundary : end;
}

function withoutHalfCharacter(text: string): string {
  return /[\uD800-\uDBFF]$/.test(text) ? text.slice(0, -1) : text;
}
