import { isCountingName, isTellingHeader, isTellingName } from "../../src/triage/redact/names.ts";
import { isSecretParameter } from "../../src/triage/redact/urls.ts";
import { EMAIL_MASK, MASK as REDACTED, redactText } from "../../src/triage/redact.ts";
import { isRecord } from "../slack/validate/rule.ts";

/** What stands in the place of a credential or an e-mail address. */
export const MASK = "•••";

/** What the bot's redactor leaves, as it tells of a cause or as no provider sends it. */
const MORE_SECRETS: readonly [pattern: RegExp, instead: string][] = [
  [/\bxapp-[\w-]+/g, MASK],
  [/(\b(?:proxy-)?authorization|\b(?:set-)?cookie)(\\?["']?\s*[:=]\s*\\?["']?)[^\r\n"'\\]+/gi, `$1$2${MASK}`],
  [/\b(Bearer|Basic) (?![\w-]+=["'\\])[\w.~+/=-]+/gi, `$1 ${MASK}`],
  [/([?&]ticket=)[\w-]+/g, `$1${MASK}`],
  [/(\/response\/)\w+/g, `$1${MASK}`],
];
/** Most texts hold none of these: one look is quicker than one for each. */
const MORE_WORDS = /xapp-|authorization|cookie|bearer |basic |ticket=|\/response\//i;
/** Names of places in a list, which open nothing. */
const PLACE_NAME = /(?:page|next|previous|continuation)[_.-]?token$/i;
/** Shown as it was sent: what the bot itself has masked, and places in a list with their names. */
const KEPT = /(\[redacted\]|\[e-mail\]|(?:page|next|previous|continuation)[_.-]?token\\?["']?\s?[:=]\s?[^\s,;&}]*)/i;
/** What the name of a field is called in lists of fields. */
const NAMING_KEYS = ["key", "name", "header"] as const;
const FORM = /^[\w.-]+=[^\s&]*(&[\w.-]+=[^\s&]*)+$/;

/** The same without credentials: those that are known, and all that looks like one. Text that is JSON or a form is taken apart. */
export function masked(value: unknown, known: readonly string[] = []): unknown {
  if (typeof value === "string") return maskedText(value, known);
  if (Array.isArray(value)) return maskedList(value, known);
  if (value instanceof Date || !isRecord(value)) return value;
  const isSecretField = NAMING_KEYS.some((key) => isSecretHeader(value[key]));
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => {
      const isSecret = isSecretName(key, field) || (isSecretField && key === "value");
      return [key, isSecret ? hidden(field) : masked(field, known)];
    }),
  );
}

/** A pair of two texts may be a field: its name and its value. */
function maskedList(list: readonly unknown[], known: readonly string[]): unknown[] {
  const [name, value] = list;
  if (list.length === 2 && isSecretHeader(name) && !isRecord(value)) return [name, hidden(value)];
  return list.map((item) => masked(item, known));
}

function maskedText(text: string, known: readonly string[]): unknown {
  const json = jsonIn(text);
  if (json !== undefined) return masked(json, known);
  if (text.includes("&") && FORM.test(text)) return maskedForm(new URLSearchParams(text), known);
  let safe = text;
  if (MORE_WORDS.test(text)) for (const [pattern, instead] of MORE_SECRETS) safe = safe.replaceAll(pattern, instead);
  const parts = safe.split(KEPT);
  return parts.map((part, index) => (index % 2 === 1 ? part : redacted(part, known))).join("");
}

function redacted(text: string, known: readonly string[]): string {
  return redactText(text, { knownSecrets: known }).text.replaceAll(REDACTED, MASK).replaceAll(EMAIL_MASK, MASK);
}

function maskedForm(form: URLSearchParams, known: readonly string[]): unknown {
  return Object.fromEntries(
    [...form].map(([name, value]) => {
      const isSecret = isSecretName(name, value) || isSecretParameter(name, value);
      return [name, isSecret ? hidden(value) : masked(value, known)];
    }),
  );
}

/** `apiKey`, `API_KEY` and `X-Api-Key` are the same to it; how many tokens there are is no secret. */
function isSecretName(name: string, value: unknown): boolean {
  return isTellingName(name) && !PLACE_NAME.test(name) && !(typeof value === "number" && isCountingName(name));
}

function isSecretHeader(name: unknown): boolean {
  return typeof name === "string" && /^[\w.-]{1,100}$/.test(name) && isTellingHeader(name) && !PLACE_NAME.test(name);
}

/** All that could be read in it. What is empty, or no more than yes or no, stays. */
function hidden(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(hidden);
  if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, hidden(field)]));
  return (typeof value === "string" && value !== "") || typeof value === "number" ? MASK : value;
}

function jsonIn(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
