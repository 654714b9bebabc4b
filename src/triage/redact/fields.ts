import { maskContainer } from "./containers.ts";
import { maskCookies } from "./cookies.ts";
import {
  EMAIL_MASK,
  isCookieName,
  isCountingName,
  isHarmlessValue,
  isProse,
  isTellingName,
  MASK,
  type Tally,
} from "./names.ts";
import { type Quote, readQuote } from "./quotes.ts";
import { valueInSentence } from "./sentences.ts";
import { schemeOf, skipEscape } from "./tokens.ts";

/** Where names that announce a secret may stand; `isTellingName` has the last word on each. */
const KEYWORDS =
  /pass|pwd|secret|token|signature|sig|credential|auth|session|sessid|cookie|jwt|csrf|xsrf|otp|pin|ssn|cvv|cvc|bearer|hmac|sid|iban|pan|pw|(?:api|access|private|signing|encryption|account|shared|master|functions|subscription|routing|integration|license|hash)[-_ ]?key|card[-_ ]?(?:number|no)|credit[-_ ]?card|client[-_ ]?assertion|connection[-_ ]?string|social[-_ ]?security|security[-_ ]?(?:code|number)|(?:recovery|backup|verification)[-_ ]?code/gi;

const LONGEST_NAME = 64;

/** What may stand between a name and its value in JSON, forms, query strings, logs and source code. */
const SEPARATOR =
  /(?:\\{0,7}["'`]|&(?:quot|apos|#34|#39|#x22|#x27);|%2[27]|\\u002[27]|\]|%5D){0,2}(\s{0,64})(=>|:=|=(?!=)|:(?!:|\/\/)|%3[AD]|&#(?:61|58|x3[aAdD]);|\\u003[aAdD])(\s{0,64})/iy;

/** `{"name":"token","value":"…"}`, `<input name="token" value="…">` and `<meta name="csrf-token" content="…">`. */
const SIBLING =
  /\\{0,7}["']\s{0,8}(?:,\s{0,64}\\{0,7}["'](?:value|val)\\{0,7}["']\s{0,8}:\s{0,8}|\s(?:type=\\{0,7}["']\w{0,16}\\{0,7}["']\s{1,8})?(?:value|content)=)/iy;

const TAG_END = /(?:\s[^<>]{0,256})?(?:>|&gt;|\\u003e)\s{0,64}(?:<!\[CDATA\[)?/iy;
const FORM_PART = /"(?:;[^\r\n]{0,256})?\r?\n(?:[^\r\n]{1,256}\r?\n){0,4}\r?\n/y;
const ARGUMENT = / {1,4}(?![-\s])/y;

const SCHEME_PARAMETER = /[\w-]{1,64} ?= ?(?:\\{0,3}"[^"\\]{0,4096}\\{0,3}"|[^\s,"\\]{1,4096}),?\s{0,4}/y;

interface Name {
  text: string;
  from: number;
  to: number;
}

interface Place {
  from: number;
  /** `pair`: after a separator. `tag`: up to the next tag. `line`: up to the end of the line. */
  kind: "pair" | "tag" | "line";
  separator: string;
  /** White space between separator and value. */
  gap: string;
}

interface Masked {
  from: number;
  to: number;
  text: string;
}

/** Masks values beside names that announce a secret: JSON, forms, query strings, XML, `name: value` and `name=value` text. */
export function maskFields(text: string, tally: Tally): string {
  let out = "";
  let kept = 0;
  const keywords = new RegExp(KEYWORDS);
  for (let match = keywords.exec(text); match; match = keywords.exec(text)) {
    const name = nameAround(text, match.index, keywords.lastIndex, kept);
    keywords.lastIndex = name.to;
    const countBefore = tally.count;
    const masked = isTellingName(name.text) ? maskValueOf(text, name, tally) : undefined;
    if (!masked) continue;
    if (masked.text === text.slice(masked.from, masked.to)) tally.count = countBefore;
    out += text.slice(kept, masked.from) + masked.text;
    kept = masked.to;
    keywords.lastIndex = Math.max(masked.to, name.to);
  }
  return out + text.slice(kept);
}

function nameAround(text: string, keywordFrom: number, keywordTo: number, limit: number): Name {
  let from = keywordFrom;
  let to = keywordTo;
  const lowest = Math.max(limit, keywordFrom - LONGEST_NAME);
  const highest = Math.min(text.length, keywordTo + LONGEST_NAME);
  while (from > lowest && isNameChar(text.charCodeAt(from - 1))) from -= 1;
  while (to < highest && isNameChar(text.charCodeAt(to))) to += 1;
  from = Math.min(keywordFrom, skipEscape(text, from, to));
  return { text: text.slice(from, to), from, to };
}

/** Letters, digits and `$ - . _`. */
function isNameChar(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x30 && code <= 0x39) ||
    code === 0x5f ||
    code === 0x2d ||
    code === 0x2e ||
    code === 0x24
  );
}

function maskValueOf(text: string, name: Name, tally: Tally): Masked | undefined {
  const place = placeOf(text, name);
  if (!place) return maskInSentence(text, name, tally);
  if (place.kind === "tag") return maskUntil(text, place.from, /<|&lt;|\\u003c|\]\]>/gi, tally);
  if (place.kind === "line") return maskUntil(text, place.from, /[\r\n]/g, tally);
  const quote = readQuote(text, place.from);
  if (quote) return maskQuoted(text, name, quote, tally);
  const first = text[place.from];
  const nameQuote = quoteBefore(text, name.from);
  if ((first === "{" || first === "[") && !text.startsWith(MASK, place.from)) {
    if (nameQuote === undefined && place.separator === ":") return undefined;
    return maskContainer(text, place.from, { quote: nameQuote ?? '"', keepNumbers: isCountingName(name.text) }, tally);
  }
  return maskBare(text, name, place, nameQuote, tally);
}

function maskInSentence(text: string, name: Name, tally: Tally): Masked | undefined {
  const value = valueInSentence(text, name);
  if (!value) return undefined;
  tally.count += 1;
  return { ...value, text: MASK };
}

function placeOf(text: string, name: Name): Place | undefined {
  const pair = matchAt(SEPARATOR, text, name.to);
  if (pair && (!/^(?:\\*["'`]|&|%2|\\u)/.test(pair[0]) || opensQuoted(text, name.from))) {
    return { from: name.to + pair[0].length, kind: "pair", separator: pair[2] ?? "", gap: pair[3] ?? "" };
  }
  const sibling = matchAt(SIBLING, text, name.to);
  if (sibling) return { from: name.to + sibling[0].length, kind: "pair", separator: "=", gap: "" };
  const before = text.slice(Math.max(0, name.from - 40), name.from);
  if (/(?:<|&lt;|\\u003c)(?:[\w.-]{1,32}:)?$/i.test(before)) {
    const tag = matchAt(TAG_END, text, name.to);
    return tag ? { from: name.to + tag[0].length, kind: "tag", separator: ">", gap: "" } : undefined;
  }
  const part = before.endsWith('name="') ? matchAt(FORM_PART, text, name.to) : null;
  if (part) return { from: name.to + part[0].length, kind: "line", separator: "\n", gap: "" };
  const argument = name.text.startsWith("--") ? matchAt(ARGUMENT, text, name.to) : null;
  return argument ? { from: name.to + argument[0].length, kind: "pair", separator: "=", gap: "" } : undefined;
}

function maskQuoted(text: string, name: Name, quote: Quote, tally: Tally): Masked | undefined {
  const content = text.slice(quote.from, quote.to);
  if (isHarmlessValue(content)) return undefined;
  if (isCookieName(name.text) && content.includes("=")) {
    return { from: quote.from, to: quote.to, text: maskCookies(content, tally) };
  }
  const scheme = schemeOf(content);
  if (isHarmlessValue(content.slice(scheme.length))) return undefined;
  tally.count += 1;
  return { from: quote.from + scheme.length, to: quote.to, text: MASK };
}

function maskBare(
  text: string,
  name: Name,
  place: Place,
  nameQuote: string | undefined,
  tally: Tally,
): Masked | undefined {
  const isHeader = place.separator === ":" && nameQuote === undefined;
  const folded = /[\r\n]/.test(place.gap);
  if (folded && !/^\r?\n[ \t]{1,8}$/.test(place.gap)) return undefined;
  if (isHeader && isCookieName(name.text)) {
    const to = lineEnd(text, place.from);
    const cookies = text.slice(place.from, to);
    if (cookies.includes("=")) return { from: place.from, to, text: maskCookies(cookies, tally) };
  }
  const scheme = schemeOf(text, place.from);
  const from = place.from + scheme.length;
  const isAuthorization = isHeader && /authorization$/i.test(name.text);
  if (folded && !isAuthorization) return undefined;
  const to = scheme === "" ? bareEnd(text, from) : parametersEnd(text, from);
  if (isHarmlessValue(text.slice(from, to)) || (isHeader && isSentence(text, name, place, to))) return undefined;
  if (nameQuote !== undefined && /^-?[\d.]+(?:e[+-]?\d+)?$/i.test(text.slice(from, to))) {
    if (isCountingName(name.text)) return undefined;
    tally.count += 1;
    return { from, to, text: nameQuote + MASK + nameQuote };
  }
  tally.count += 1;
  return { from, to: isAuthorization && scheme === "" ? lineEnd(text, from) : to, text: MASK };
}

/** "Invalid token: kid mismatch", "token: signature verification failed": a word, not a secret, that goes on as a sentence. */
function isSentence(text: string, name: Name, place: Place, to: number): boolean {
  if (place.gap === "" || !/^ [A-Za-z]/.test(text.slice(to, to + 2))) return false;
  const word = text.slice(place.from, to);
  const follows = /[\w)] $/.test(text.slice(Math.max(0, name.from - 2), name.from));
  return isProse(word) || (follows && /^[A-Za-z]?[a-z]{0,24}$/.test(word));
}

function maskUntil(text: string, from: number, stop: RegExp, tally: Tally): Masked | undefined {
  stop.lastIndex = from;
  const to = stop.exec(text)?.index ?? text.length;
  if (isHarmlessValue(text.slice(from, to))) return undefined;
  tally.count += 1;
  return { from, to, text: MASK };
}

const PLAIN_RUN = /[^\s"'`<>&;,)}[\]\\]+/y;
const ESCAPE_IN_VALUE =
  /\\(?![nrtbf"'`\\]|u00(?:2[0267cC]|3[bBcCeE]|0[aAdD9]))(?:u[0-9a-fA-F]{4}|[^u\s]|u(?![0-9a-fA-F]{4}))/y;

/** Where a value without quotes ends. Commas, semicolons and brackets inside it belong to it. */
function bareEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    at += matchAt(PLAIN_RUN, text, at)?.[0].length ?? 0;
    const char = text[at] ?? "";
    const next = text.slice(at + 1, at + 36);
    const escaped = char === "\\" ? (matchAt(ESCAPE_IN_VALUE, text, at)?.[0].length ?? 0) : 0;
    const isInner =
      ((char === "," || char === ";") && /^[^\s"'\\&]/.test(next) && !/^[\w.-]{1,32}[=:]/.test(next)) ||
      (char !== "" && ")]}'".includes(char) && /^\w/.test(next));
    const mask = [MASK, EMAIL_MASK].find((known) => text.startsWith(known, at)) ?? "";
    if (escaped === 0 && !isInner && char !== "[") break;
    at += Math.max(escaped, mask.length, 1);
  }
  return at;
}

function parametersEnd(text: string, from: number): number {
  let at = from;
  for (let match = matchAt(SCHEME_PARAMETER, text, at); match; match = matchAt(SCHEME_PARAMETER, text, at)) {
    at += match[0].length;
  }
  return at === from ? bareEnd(text, from) : at - (/[,\s]*$/.exec(text.slice(at - 8, at))?.[0].length ?? 0);
}

function lineEnd(text: string, from: number): number {
  const stop = /\r?\n(?![ \t])|["'<`]|\\[nr"']|\\u00|$/g;
  stop.lastIndex = from;
  return stop.exec(text)?.index ?? text.length;
}

/** The double quote that opens the name ending in what stands at `at`, with its backslashes. */
function quoteBefore(text: string, at: number): string | undefined {
  return /(\\{0,7}")[\w $.-]{0,40}$/.exec(text.slice(Math.max(0, at - 48), at))?.[1];
}

/** A closing quote belongs to a name only if one opens before it: `?secret=x": context deadline exceeded` names nothing. */
function opensQuoted(text: string, at: number): boolean {
  return /(?:["'`;[]|%2[27]|\\u002[27]|%5B)[\w $.-]{0,40}$/i.test(text.slice(Math.max(0, at - 48), at));
}

function matchAt(sticky: RegExp, text: string, at: number): RegExpExecArray | null {
  sticky.lastIndex = at;
  return sticky.exec(text);
}
