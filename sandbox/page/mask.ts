import { isRecord } from "../slack/validate/rule.ts";

/** What stands in the place of a credential. */
export const MASK = "•••";

/** Fields whose value is a credential, whatever it looks like. */
const SECRET_FIELDS =
  /^(token|.*_token|authorization|password|secret|client_secret|client_assertion|x-slack-signature|cookie)$/i;
/** Credentials by their looks: tokens of Slack, headers of HTTP, signed assertions, single-use addresses. */
const SECRET_TEXTS: readonly [pattern: RegExp, instead: string][] = [
  [/\bxox[a-z]-[\w-]+/g, MASK],
  [/\bxapp-[\w-]+/g, MASK],
  [/\b(Bearer|Basic) [\w.~+/=-]+/gi, `$1 ${MASK}`],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, MASK],
  [/([?&]ticket=)[\w-]+/g, `$1${MASK}`],
  [/(\/response\/)\w+/g, `$1${MASK}`],
];

/** The same without credentials: those that are known, and all that looks like one. Text that is JSON or a form is taken apart. */
export function masked(value: unknown, known: readonly string[] = []): unknown {
  if (typeof value === "string") return maskedText(value, known);
  if (Array.isArray(value)) return value.map((item) => masked(item, known));
  if (value instanceof Date || !isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => {
      const isSecret = SECRET_FIELDS.test(key) && typeof field === "string" && field !== "";
      return [key, isSecret ? MASK : masked(field, known)];
    }),
  );
}

function maskedText(text: string, known: readonly string[]): unknown {
  const structure = structureOf(text);
  if (structure !== undefined) return masked(structure, known);
  let safe = text;
  for (const secret of known) safe = safe.replaceAll(secret, MASK);
  for (const [pattern, instead] of SECRET_TEXTS) safe = safe.replaceAll(pattern, instead);
  return safe;
}

function structureOf(text: string): unknown {
  if (/^\s*[[{]/.test(text)) {
    try {
      return JSON.parse(text);
    } catch {
      return undefined;
    }
  }
  const isForm = /^\w+=[^\s&]*(&\w+=[^\s&]*)+$/.test(text);
  return isForm ? Object.fromEntries(new URLSearchParams(text)) : undefined;
}
