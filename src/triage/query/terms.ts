import { CAUSE_CATEGORIES } from "../cause.ts";
import { ISSUE_STATES } from "../issue.ts";
import { providerCalled } from "../provider-name.ts";
import { TERM_KEYS, type Term, type TermKey } from "../query.ts";
import { echo } from "./echo.ts";
import { suggest } from "./suggest.ts";
import { type Token, writePhrase, writeValue } from "./tokens.ts";

/** One thing in a query that was not understood. */
export interface Problem {
  what: string;
  /** What was probably meant, as it can be typed. */
  suggestion?: string;
  /** A query that shows how it is done, where a plain one would not. */
  example?: string;
}

/** A term's token: one with a key. */
export type TermToken = Token & { key: string };

/** What people call a term elsewhere. */
const OTHER_NAMES: Record<string, TermKey> = {
  error: "cause",
  hook: "webhook",
  http: "code",
  name: "webhook",
  reason: "cause",
  type: "event",
};
const TIME_WORDS = ["last", "past", "since", "from", "between"];
const STATUS_CODE = /^[1-5](?:\d\d|xx)$/;

/** Statuses whose second word is easily left outside the quotes, https://developer.zendesk.com/api-reference/webhooks/webhooks-api/webhooks/. */
const TWO_WORD_STATUSES = ["circuit broken", "client error", "server error"];

/**
 * Reads one term. Values with a closed set of meanings come out in their canonical spelling. `followers` are the plain words behind
 * it: `provider: zendesk` and `status:circuit broken` are taken for slips.
 */
export function readTerm(
  token: TermToken,
  providers: readonly string[],
  followers: readonly Token[] = [],
): Term | Problem {
  const key = TERM_KEYS.find((known) => known === token.key);
  if (key === undefined) return unknownKey(token);
  const split = key === "status" && !token.quoted ? twoWordStatus([token, ...followers]) : undefined;
  if (split !== undefined) {
    const what = `A status of two words, such as ${echo(split)}, needs quotes.`;
    const meant = write(token, key, split);
    return { what, suggestion: meant, example: `${meant} last 24h` };
  }
  if (token.value === "") {
    const problem: Problem = { what: `${echo(token.text)} has no value.` };
    const [follower] = followers;
    if (follower !== undefined) problem.suggestion = write(token, key, follower.value);
    return problem;
  }
  const read = readValue(key, token.value, providers);
  if (typeof read === "string") return { key, value: read, negated: token.negated };
  const problem: Problem = { what: read.what };
  if (read.meant !== undefined) problem.suggestion = read.meant.map((value) => write(token, key, value)).join(" ");
  return problem;
}

/** The status of two words that a term's value and the bare words behind it make. A quoted word is meant to stand alone. */
function twoWordStatus(tokens: readonly Token[]): string | undefined {
  const end = tokens.findIndex((token) => token.quoted);
  const words = tokens.slice(0, end === -1 ? tokens.length : end).map((token) => token.value.toLowerCase());
  const [first, second] = words.filter((word) => word !== "");
  return TWO_WORD_STATUSES.find((status) => status === `${first} ${second}`);
}

interface WrongValue {
  what: string;
  /** The values that were probably meant. */
  meant?: string[];
}

function readValue(key: TermKey, value: string, providers: readonly string[]): string | WrongValue {
  switch (key) {
    case "provider":
      return readProvider(value, providers);
    case "state":
      return oneOf(value, ISSUE_STATES, `${echo(value)} is not a state. States: ${ISSUE_STATES.join(", ")}.`);
    case "code":
      return readCode(value);
    case "cause": {
      const spelled = value.toLowerCase().replace(/[\s-]+/g, "_");
      return CAUSE_CATEGORIES.find((category) => category === spelled) ?? value;
    }
    case "webhook":
    case "status":
    case "event":
      return value;
    default:
      return key satisfies never;
  }
}

function readProvider(value: string, providers: readonly string[]): string | WrongValue {
  const read = oneOf(value, providers, `${echo(value)} is not a configured provider. ${configured(providers)}`);
  if (typeof read === "string") return read;
  // Who calls one by its nickname means that one, and no other that is set up instead.
  const called = providerCalled(value);
  if (called !== undefined) return providers.includes(called) ? { ...read, meant: [called] } : { what: read.what };
  // Where there is only one, naming it helps even where nothing is spelled alike.
  const [only, ...others] = providers;
  return only !== undefined && others.length === 0 ? { meant: [only], ...read } : read;
}

function oneOf(value: string, known: readonly string[], what: string): string | WrongValue {
  const same = known.find((candidate) => candidate.toLowerCase() === value.toLowerCase());
  if (same !== undefined) return same;
  const meant = suggest(value, known);
  return meant === undefined ? { what } : { what, meant: [meant] };
}

function configured(providers: readonly string[]): string {
  return providers.length === 0 ? "None is configured." : `Configured: ${providers.join(", ")}.`;
}

function readCode(value: string): string | WrongValue {
  const code = value.toLowerCase();
  if (STATUS_CODE.test(code)) return code;
  const what = `${echo(value)} is not a status code. Write one such as 404, or a class such as 5xx.`;
  const parts = code.split(",");
  if (parts.length > 1 && parts.every((part) => STATUS_CODE.test(part))) return { what, meant: parts };
  const hundreds = /^([1-5])x?$/.exec(code)?.[1];
  return hundreds === undefined ? { what } : { what, meant: [`${hundreds}xx`] };
}

function unknownKey(token: TermToken): Problem {
  const what = `${echo(token.text.slice(token.negated ? 1 : 0, token.text.indexOf(":") + 1))} is not a term I know. Put words that hold a colon in quotes.`;
  if (TIME_WORDS.includes(token.key)) return { what, suggestion: `${token.key} ${token.value}`.trim() };
  const key =
    suggest(token.key, TERM_KEYS) ?? (Object.hasOwn(OTHER_NAMES, token.key) ? OTHER_NAMES[token.key] : undefined);
  if (key === undefined || token.value === "") return { what };
  return { what, suggestion: write(token, key, token.value) };
}

/** A term as it can be typed. Half a status is quoted, so that a word behind it stays a word. */
export function writeTerm({ key, value, negated }: Term): string {
  const isHalf = key === "status" && TWO_WORD_STATUSES.some((status) => status.startsWith(`${value.toLowerCase()} `));
  return `${negated ? "-" : ""}${key}:${isHalf ? writePhrase(value) : writeValue(value)}`;
}

function write(token: TermToken, key: TermKey, value: string): string {
  return writeTerm({ key, value, negated: token.negated });
}
