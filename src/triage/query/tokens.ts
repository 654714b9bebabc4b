/** One word, term or quoted phrase as somebody typed it. */
export interface Token {
  /** Exactly as typed. */
  text: string;
  /** What stood before the colon, in lower case. Absent for words. */
  key?: string;
  /** Without the leading -, the key and the quotes. */
  value: string;
  quoted: boolean;
  negated: boolean;
}

export interface Tokens {
  tokens: Token[];
  /** What stands from a quote on that is never closed. */
  unclosed?: string;
}

// Phones type typographic quotes, and which one opens or closes depends on the keyboard: any of a family closes any of it.
const DOUBLE_QUOTES = '"“”„';
const SINGLE_QUOTES = "'‘’‚";
const KEY = /[\p{L}_][\p{L}\p{N}_.-]*:(?!\/\/)/uy;
const SPACE = /\s/;
const PLAIN_VALUE = /^[\p{L}\p{N}*][\p{L}\p{N}_.*:/@-]*$/u;

/**
 * Splits a text at blanks, keeping quoted phrases whole. A double quote opens a phrase wherever it stands; a single one only where a
 * word or a value begins, so that an apostrophe stays one. Inside a phrase, \ before a quote or before \ keeps it as a letter.
 */
export function tokenise(text: string): Tokens {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    if (isSpace(text, at)) {
      at += 1;
      continue;
    }
    const start = at;
    const negated = text[at] === "-" && at + 1 < text.length && !isSpace(text, at + 1);
    if (negated) at += 1;
    const key = keyAt(text, at);
    at += key.length;
    const quoted = isOneOf(DOUBLE_QUOTES, text[at]) || isOneOf(SINGLE_QUOTES, text[at]);
    const value = quoted ? phraseAt(text, at) : wordAt(text, at);
    if (value === undefined) return { tokens, unclosed: text.slice(start) };
    at = value.end;
    const token: Token = { text: text.slice(start, at), value: value.value, quoted, negated };
    if (key !== "") token.key = key.slice(0, -1).toLowerCase();
    tokens.push(token);
  }
  return { tokens };
}

/** Whether the token is a word that may belong to a time range: not quoted, not negated, no term. */
export function isBare(token: Token | undefined): token is Token {
  return token !== undefined && !token.quoted && !token.negated && token.key === undefined;
}

/** The bare words at the start of `tokens`. */
export function bareWords(tokens: readonly Token[]): string[] {
  const end = tokens.findIndex((token) => !isBare(token));
  return tokens.slice(0, end === -1 ? tokens.length : end).map((token) => token.value);
}

/** `value` as it may stand behind a term's colon: bare where that reads back the same, else in quotes. */
export function writeValue(value: string): string {
  return PLAIN_VALUE.test(value) ? value : writePhrase(value);
}

/** `value` in quotes, so that it reads back as exactly this. */
export function writePhrase(value: string): string {
  return `"${value.replace(/["“”„\\]/g, "\\$&")}"`;
}

function keyAt(text: string, at: number): string {
  KEY.lastIndex = at;
  return KEY.exec(text)?.[0] ?? "";
}

function wordAt(text: string, start: number): { value: string; end: number } {
  let end = start;
  while (end < text.length && !isSpace(text, end) && !isOneOf(DOUBLE_QUOTES, text[end])) end += 1;
  return { value: text.slice(start, end), end };
}

function phraseAt(text: string, start: number): { value: string; end: number } | undefined {
  const family = isOneOf(DOUBLE_QUOTES, text[start]) ? DOUBLE_QUOTES : SINGLE_QUOTES;
  let value = "";
  for (let at = start + 1; at < text.length; at += 1) {
    const char = text[at] ?? "";
    const next = text[at + 1];
    if (char === "\\" && (next === "\\" || isOneOf(family, next))) {
      value += next;
      at += 1;
    } else if (isOneOf(family, char) && (family === DOUBLE_QUOTES || next === undefined || SPACE.test(next))) {
      return { value: value.trim(), end: at + 1 };
    } else {
      value += char;
    }
  }
  return undefined;
}

function isSpace(text: string, at: number): boolean {
  return SPACE.test(text[at] ?? "");
}

function isOneOf(family: string, char: string | undefined): boolean {
  return char !== undefined && family.includes(char);
}
