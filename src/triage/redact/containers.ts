import { EMAIL_MASK, isHarmlessValue, MASK, type Tally } from "./names.ts";
import { readQuote } from "./quotes.ts";

export interface ContainerOptions {
  /** The quote of this level of JSON: `"`, or `\"` inside a string. */
  quote: string;
  keepNumbers: boolean;
}

const BLANK = /(?:\s|\\[nrt]|[,:=])+/y;
const BARE = /[^\s,:={}[\]"'\\]+/y;
const BEFORE_VALUE = /\s{0,64}[:=]/y;

/**
 * Masks every value in the array or object at `from`, which belongs to a name that announces a secret; keys stay. What was
 * cut off is masked up to the end of the text.
 */
export function maskContainer(
  text: string,
  from: number,
  options: ContainerOptions,
  tally: Tally,
): { from: number; to: number; text: string } {
  let out = "";
  let at = from;
  let depth = 0;
  while (at < text.length) {
    const piece = readPiece(text, at, options, tally);
    if (!piece) break;
    const char = piece.end - at === 1 ? text[at] : undefined;
    out += piece.text;
    at = piece.end;
    if (char === "{" || char === "[") depth += 1;
    if (char === "}" || char === "]") depth -= 1;
    if (depth === 0) break;
  }
  return { from, to: at, text: out };
}

/** The next piece and what it becomes. `undefined` where the string around this JSON ends. */
function readPiece(
  text: string,
  at: number,
  options: ContainerOptions,
  tally: Tally,
): { text: string; end: number } | undefined {
  const blank = matchLength(BLANK, text, at);
  if (blank > 0) return { text: text.slice(at, at + blank), end: at + blank };
  const masked = [MASK, EMAIL_MASK].find((known) => text.startsWith(known, at));
  if (masked !== undefined) return { text: masked, end: at + masked.length };
  const quote = readQuote(text, at);
  if (quote) {
    if (quote.mark.length < options.quote.length && quote.mark.endsWith('"')) return undefined;
    const content = text.slice(quote.from, quote.to);
    const isKey = matchLength(BEFORE_VALUE, text, quote.end) > 0;
    if (isKey || isHarmlessValue(content)) return { text: text.slice(at, quote.end), end: quote.end };
    tally.count += 1;
    return { text: quote.mark + MASK + text.slice(quote.to, quote.end), end: quote.end };
  }
  const bare = matchLength(BARE, text, at);
  if (bare === 0) return { text: text.slice(at, at + 1), end: at + 1 };
  const value = text.slice(at, at + bare);
  const isKept =
    isHarmlessValue(value) ||
    matchLength(BEFORE_VALUE, text, at + bare) > 0 ||
    (options.keepNumbers && /^-?[\d.]+$/.test(value));
  if (isKept) return { text: value, end: at + bare };
  tally.count += 1;
  return { text: options.quote + MASK + options.quote, end: at + bare };
}

function matchLength(sticky: RegExp, text: string, at: number): number {
  sticky.lastIndex = at;
  return sticky.exec(text)?.[0].length ?? 0;
}
