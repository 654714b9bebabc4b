import { isRecord } from "../slack/validate/rule.ts";

/** What stands in the place of a credential. */
export const MASK = "•••";

/** Words that a field or header ends in whose value is a credential, whatever it looks like. */
const SECRET_WORDS =
  "token|secret|password|passwd|passphrase|authorization|client-?assertion|signature|cookie|(?:api|access|signing|private|secret|auth)-?key|x-?auth";
const SECRET_NAME = new RegExp(`^(.*-)?(${SECRET_WORDS})$`);
/** Names of places in a list, which open nothing. */
const PLACE_NAME = /^(.*-)?(page|next|previous|continuation)-token$/;
/** In a line of text their value has blanks in it. */
const LINE_LONG = /(\b(?:proxy-)?authorization|\b(?:set-)?cookie)(\\?["']?\s*[:=]\s*\\?["']?)[^\r\n"'\\]+/gi;
/** A name and its value, as they stand in texts of all kinds: headers, queries, forms, JSON that is broken off. */
const NAMED = new RegExp(
  `(?<![\\w.-])([\\w.-]*?(?:${SECRET_WORDS.replaceAll("-?", "[-_.]?")}))` +
    /(\\?["']?\s*[:=]\s*)("(?:[^"\\]|\\.)*"?|'[^'\n]*'?|\\"(?:[^"\\]|\\[^"])*(?:\\")?|[^\s"'&<>\\]+)/.source,
  "gi",
);
/** Credentials by their looks: tokens of Slack, headers of HTTP, signed assertions, addresses with a password, single-use ones. */
const SECRET_TEXTS: readonly [pattern: RegExp, instead: string][] = [
  [/\bxox[a-z]-[\w-]+/g, MASK],
  [/\bxapp-[\w-]+/g, MASK],
  [LINE_LONG, `$1$2${MASK}`],
  [/\b(Bearer|Basic) (?![\w-]+=["'\\])[\w.~+/=-]+/gi, `$1 ${MASK}`],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, MASK],
  [/(:\/\/)[^\s/@"'<>|?#:]*:[^\s/@"'<>|?#]*@/g, `$1${MASK}@`],
  [/([?&]ticket=)[\w-]+/g, `$1${MASK}`],
  [/(\/response\/)\w+/g, `$1${MASK}`],
];
/** What the name of a field is called in lists of fields. */
const NAMING_KEYS = ["key", "name", "header"] as const;

/** The same without credentials: those that are known, and all that looks like one. Text that is JSON or a form is taken apart. */
export function masked(value: unknown, known: readonly string[] = []): unknown {
  if (typeof value === "string") return maskedText(value, known);
  if (Array.isArray(value)) return maskedList(value, known);
  if (value instanceof Date || !isRecord(value)) return value;
  const isSecretField = NAMING_KEYS.some((key) => isSecretName(value[key]));
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => {
      const isSecret = isSecretName(key) || (isSecretField && key === "value");
      return [key, isSecret ? hidden(field) : masked(field, known)];
    }),
  );
}

/** A pair of two texts may be a field: its name and its value. */
function maskedList(list: readonly unknown[], known: readonly string[]): unknown[] {
  const [name, value] = list;
  if (list.length === 2 && isSecretName(name) && !isRecord(value)) return [name, hidden(value)];
  return list.map((item) => masked(item, known));
}

function maskedText(text: string, known: readonly string[]): unknown {
  const structure = structureOf(text);
  if (structure !== undefined) return masked(structure, known);
  let safe = text;
  for (const secret of known) if (secret !== "") safe = safe.replaceAll(secret, MASK);
  for (const [pattern, instead] of SECRET_TEXTS) safe = safe.replaceAll(pattern, instead);
  return safe.replaceAll(NAMED, (all: string, name: string, between: string, value: string) => {
    if (!isSecretName(name) || value.startsWith(MASK)) return all;
    const quote = /^(\\?["']|)/.exec(value)?.[0] ?? "";
    return `${name}${between}${quote}${MASK}${quote !== "" && value.length > quote.length && value.endsWith(quote) ? quote : ""}`;
  });
}

/** `apiKey`, `API_KEY` and `X-Api-Key` are the same to it. */
function isSecretName(name: unknown): boolean {
  if (typeof name !== "string") return false;
  const words = name
    .slice(-100)
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replaceAll(/[_.\s]/g, "-")
    .toLowerCase();
  return SECRET_NAME.test(words) && !PLACE_NAME.test(words);
}

/** All that could be read in it. What is empty, or no more than yes or no, stays. */
function hidden(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(hidden);
  if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, hidden(field)]));
  return (typeof value === "string" && value !== "") || typeof value === "number" ? MASK : value;
}

function structureOf(text: string): unknown {
  if (/^\s*[[{]/.test(text)) {
    try {
      return JSON.parse(text);
    } catch {
      return undefined;
    }
  }
  const isForm = /^[\w.-]+=[^\s&]*(&[\w.-]+=[^\s&]*)+$/.test(text);
  return isForm ? Object.fromEntries(new URLSearchParams(text)) : undefined;
}
