import { maskCookies } from "./cookies.ts";
import { isCookieName, isCountingName, isHarmlessValue, isTellingName, MASK, type Tally } from "./names.ts";
import { readQuote } from "./quotes.ts";
import { schemeOf } from "./tokens.ts";

interface Level {
  isObject: boolean;
  /** Whether everything in here is a secret. */
  isSecret: boolean;
  /** The key whose value comes next. */
  key?: string;
  isSecretKey?: boolean;
  /** What `{"name": …, "value": …}` names. */
  sibling?: string;
}

const OTHER = /[^"{}[\],]+/y;
const KEY_OF_DIGITS = /^[0-9a-f]{32,}$/i;
const SCALAR = /^(\s*:?\s*)(-?\d[\d.eE+-]*)/;

export function isJson(text: string): boolean {
  if (!/^\s{0,64}[{["]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * Masks secrets inside the strings and numbers of valid JSON, which stays valid; all else stays as it was written. Strings
 * that are not secret by their key are handed to `redactString`, decoded, so that escapes hide nothing.
 */
export function maskJson(json: string, redactString: (text: string) => string, tally: Tally): string {
  const levels: Level[] = [];
  const out: string[] = [];
  let at = 0;
  while (at < json.length) {
    const level = levels.at(-1);
    const char = json[at] ?? "";
    const quote = char === '"' ? readQuote(json, at) : undefined;
    if (quote) {
      out.push(maskString(json.slice(at, quote.end), level, redactString, tally));
      at = quote.end;
      continue;
    }
    OTHER.lastIndex = at;
    const piece = OTHER.exec(json)?.[0] ?? char;
    if (char === "{" || char === "[") {
      levels.push({ isObject: char === "{", isSecret: level !== undefined && isSecretNext(level) });
    }
    if (char === "}" || char === "]") levels.pop();
    if (char === "," && level) {
      level.key = undefined;
      level.isSecretKey = false;
    }
    out.push(level ? maskNumber(piece, level, tally) : piece);
    at += piece.length;
  }
  return out.join("");
}

function maskString(
  literal: string,
  level: Level | undefined,
  redactString: (text: string) => string,
  tally: Tally,
): string {
  const text = String(JSON.parse(literal));
  if (level?.isObject && level.key === undefined) {
    const key = redactString(text);
    level.key = key;
    level.isSecretKey = isTellingName(key) || (/^val(?:ue)?$/i.test(key) && isTellingName(level.sibling ?? ""));
    return key === text ? literal : JSON.stringify(key);
  }
  if (level && /^(?:key|name)$/i.test(level.key ?? "")) level.sibling = text;
  const isKey = /^key$/i.test(level?.key ?? "") && KEY_OF_DIGITS.test(text);
  const masked =
    level && (isKey || isSecretNext(level)) ? maskSecret(text, level.key ?? "", tally) : redactString(text);
  return masked === text ? literal : JSON.stringify(masked);
}

function maskSecret(text: string, key: string, tally: Tally): string {
  if (isCookieName(key) && text.includes("=")) return maskCookies(text, tally);
  const scheme = schemeOf(text);
  if (isHarmlessValue(text) || isHarmlessValue(text.slice(scheme.length))) return text;
  tally.count += 1;
  return scheme + MASK;
}

function maskNumber(piece: string, level: Level, tally: Tally): string {
  if (!isSecretNext(level) || isCountingName(level.key ?? "")) return piece;
  return piece.replace(SCALAR, (_: string, before: string) => {
    tally.count += 1;
    return `${before}"${MASK}"`;
  });
}

function isSecretNext(level: Level): boolean {
  return level.isSecret || level.isSecretKey === true;
}
