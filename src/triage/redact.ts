import type { Header } from "./model.ts";
import { maskCookies } from "./redact/cookies.ts";
import { maskFields } from "./redact/fields.ts";
import { isJson, maskJson } from "./redact/json.ts";
import { isCookieName, isHarmlessValue, isTellingHeader, isTellingName, MASK, type Tally } from "./redact/names.ts";
import {
  maskCards,
  maskEmails,
  maskJwts,
  maskPrivateKeys,
  maskSchemes,
  maskShapes,
  schemeOf,
} from "./redact/tokens.ts";
import { isSecretParameter, maskCommandUsers, maskParameters, maskSecretPaths, maskUserInfo } from "./redact/urls.ts";

export { EMAIL_MASK, MASK } from "./redact/names.ts";

export interface RedactOptions {
  /** Values that are masked wherever they stand, such as the process's own credentials. Shorter than 6 characters are ignored. */
  knownSecrets?: readonly string[];
}

export interface RedactedText {
  text: string;
  /** How many values were masked. */
  maskedCount: number;
}

export interface RedactedHeaders {
  headers: Header[];
  maskedCount: number;
}

const SHORTEST_KNOWN_SECRET = 6;

/** No token, address or field fits into these: most strings of most JSON. */
const TOO_SHORT_FOR_SHAPES = /^(?:[\w. -]{0,10}|[A-Za-z0-9]{0,14})$/;

/** `"key": "<32 hexadecimal digits>"`: other keys, such as an issue's, are names. */
const KEY_OF_DIGITS = /(["']key\\{0,7}["']\s{0,8}:\s{0,8}\\{0,7}["'])[0-9a-f]{32,}(?=\\{0,7}["'])/gi;

/** Masking one value may reveal the shape of the next; no text needs more rounds than this. */
const MAX_ROUNDS = 12;

/**
 * Masks credentials and e-mail addresses in any text: logs, errors, JSON, forms, XML. Masks are constant, so equal answers
 * stay equal; redacting twice changes nothing; JSON stays JSON. Takes time linear in the length. Never throws.
 */
export function redactText(text: string, options: RedactOptions = {}): RedactedText {
  const tally: Tally = { count: 0 };
  return { text: maskText(text, options, tally), maskedCount: tally.count };
}

/** A URL without user info, without secret parameters and without paths that are passwords. Scheme, host and path stay. */
export function redactUrl(url: string, options: RedactOptions = {}): string {
  return redactText(url, options).text;
}

/**
 * Masks the values of headers whose names announce a secret (authorisation, cookies, signatures, API keys), and secrets in all
 * others. Authentication schemes, cookie names and cookie attributes stay.
 */
export function redactHeaders(headers: readonly Header[], options: RedactOptions = {}): RedactedHeaders {
  const tally: Tally = { count: 0 };
  const redacted = headers.map((header) => ({
    name: maskText(header.name, options, tally),
    value: maskHeaderValue(header, options, tally),
  }));
  return { headers: redacted, maskedCount: tally.count };
}

/**
 * Masks secrets in a request's or response's body. The content type, where known, says how to read it: in a form, parameter
 * names are decoded before they are judged.
 */
export function redactBody(body: string, contentType?: string, options: RedactOptions = {}): RedactedText {
  const tally: Tally = { count: 0 };
  const isForm = /^application\/x-www-form-urlencoded/i.test(contentType ?? "");
  const text = isForm ? maskForm(body, tally) : body;
  return { text: maskText(text, options, tally), maskedCount: tally.count };
}

function maskText(text: string, options: RedactOptions, tally: Tally): string {
  if (TOO_SHORT_FOR_SHAPES.test(text)) return maskKnown(text, options.knownSecrets ?? [], tally);
  const found: Tally = { count: 0 };
  const first = maskOnce(text, options, found);
  if ((found.count > 0 || /\\u00/.test(text)) && isJson(text)) {
    return maskJson(text, (part) => maskText(part, options, tally), tally);
  }
  let masked = first;
  for (let round = 1, before = 0; round < MAX_ROUNDS && found.count > before; round += 1) {
    before = found.count;
    masked = maskOnce(masked, options, found);
  }
  tally.count += found.count;
  return masked;
}

function maskOnce(text: string, options: RedactOptions, tally: Tally): string {
  return maskCards(maskEmails(maskFields(maskTokens(text, options, tally), tally), tally), tally);
}

function maskTokens(text: string, options: RedactOptions, tally: Tally): string {
  let masked = maskKnown(text, options.knownSecrets ?? [], tally);
  masked = maskPrivateKeys(masked, tally);
  masked = maskUserInfo(masked, tally);
  masked = maskShapes(masked, tally);
  masked = maskJwts(masked, tally);
  masked = maskSchemes(masked, tally);
  masked = maskSecretPaths(masked, tally);
  masked = maskParameters(masked, tally);
  masked = maskCommandUsers(masked, tally);
  return masked.replace(KEY_OF_DIGITS, (_: string, before: string) => {
    tally.count += 1;
    return before + MASK;
  });
}

/** Masks the known secrets alone, for texts of our own that show forms which look like secrets. */
export function maskKnownSecrets(text: string, secrets: readonly string[]): string {
  return maskKnown(text, secrets, { count: 0 });
}

function maskKnown(text: string, secrets: readonly string[], tally: Tally): string {
  let masked = text;
  for (const form of formsOf(secrets)) {
    if (!masked.includes(form)) continue;
    const parts = masked.split(form);
    tally.count += parts.length - 1;
    masked = parts.join(MASK);
  }
  return masked;
}

const formsBySecrets = new WeakMap<readonly string[], { count: number; last: string | undefined; forms: string[] }>();

/**
 * Secrets as they stand in plain text, in URLs, in JSON and in JSON within JSON, longest first. Kept, as the same list is asked for each line of
 * log, until the list grows or ends in another secret.
 */
function formsOf(secrets: readonly string[]): string[] {
  const known = formsBySecrets.get(secrets);
  if (known && known.count === secrets.length && known.last === secrets.at(-1)) return known.forms;
  const forms = new Set<string>();
  for (const secret of secrets) {
    if (secret.length < SHORTEST_KNOWN_SECRET || MASK.includes(secret)) continue;
    const inJson = JSON.stringify(secret).slice(1, -1);
    forms.add(secret).add(inJson).add(JSON.stringify(inJson).slice(1, -1));
    if (secret.isWellFormed()) forms.add(encodeURIComponent(secret));
  }
  const sorted = [...forms].sort((a, b) => b.length - a.length);
  formsBySecrets.set(secrets, { count: secrets.length, last: secrets.at(-1), forms: sorted });
  return sorted;
}

function maskHeaderValue(header: Header, options: RedactOptions, tally: Tally): string {
  const name = header.name.trim();
  if (isCookieName(name)) {
    const masked = maskCookies(header.value, tally);
    return maskEmails(maskShapes(maskKnown(masked, options.knownSecrets ?? [], tally), tally), tally);
  }
  if (!isTellingHeader(name)) return maskText(header.value, options, tally);
  const kept = /authorization$/i.test(name) ? schemeOf(header.value) : "";
  if (isHarmlessValue(header.value.slice(kept.length))) return header.value;
  tally.count += 1;
  return kept + MASK;
}

function maskForm(body: string, tally: Tally): string {
  return body
    .split("&")
    .map((parameter) => {
      const equals = parameter.indexOf("=");
      if (equals <= 0 || equals > 256) return parameter;
      const name = decoded(parameter.slice(0, equals));
      const value = decoded(parameter.slice(equals + 1));
      if (!isTellingName(name) && !isSecretParameter(name, value)) return parameter;
      if (isHarmlessValue(value)) return parameter;
      tally.count += 1;
      return parameter.slice(0, equals + 1) + MASK;
    })
    .join("&");
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}
