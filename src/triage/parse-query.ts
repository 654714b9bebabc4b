import { MAX_CANONICAL_LENGTH } from "./format-query.ts";
import { echo, shorten } from "./query/echo.ts";
import { type QueryTime, readQueryTime } from "./query/query-time.ts";
import { type QueryZone, readQueryZone } from "./query/query-zone.ts";
import { type Problem, readTerm, type TermToken } from "./query/terms.ts";
import { type Token, tokenise, writeValue } from "./query/tokens.ts";
import type { Query, Term } from "./query.ts";

/** What people type is short; anything longer was pasted by mistake. */
export const MAX_QUERY_LENGTH = 500;

export interface QueryContext {
  now: Date;
  /** The asker's zone, an IANA name. */
  timeZone: string;
  /** Ids of the configured providers. */
  providers: readonly string[];
  /** The time range of a query that names none. */
  defaultRange?: string;
  /** The subcommand whose text this is, for faults to name. */
  command?: string;
  /** In characters. A text written by `formatQuery` may be longer than what was typed. */
  maxLength?: number;
}

/** Why a text was not understood, in plain text for people: escape it for where it goes. */
export interface QueryFault {
  /** What was not understood. */
  what: string;
  /** What was. */
  understood?: string;
  /** A sentence that says what was probably meant. */
  suggestion?: string;
  /** A whole command text, from its subcommand on, that works. */
  example: string;
}

export type ParsedQuery =
  | {
      ok: true;
      query: Query;
      /** The zone that times were read in: the asker's, or the one that the query names. */
      timeZone: string;
    }
  | { ok: false; fault: QueryFault };

/** Reads words, terms and a time range in any order. Never throws, whatever the text. */
export function parseQuery(text: string, context: QueryContext): ParsedQuery {
  const typed = text.trim();
  const tooLong = lengthProblem(typed, context.maxLength ?? MAX_QUERY_LENGTH);
  if (tooLong) return { ok: false, fault: faultOf(tooLong, [], context) };
  const { tokens, unclosed } = tokenise(typed);
  const zone = readQueryZone(tokens, context);
  const timeContext = { now: context.now, timeZone: zone.timeZone };
  const time = readQueryTime(zone.rest, context.defaultRange ?? "last 24h", timeContext);
  const named = readNamed(time.rest, context.providers);
  const problem = [unclosedProblem(unclosed), zone.problem, time.problem, named.problem].find((found) => found);
  if (!problem && time.window) {
    const query: Query = { words: named.words, terms: named.terms, window: time.window };
    return { ok: true, query, timeZone: zone.timeZone };
  }
  const understood = [...named.understood, ...time.understood, ...zone.understood];
  return { ok: false, fault: faultOf(problem ?? { what: "No time range was understood." }, understood, context) };
}

export interface TermsContext {
  now: Date;
  /** The asker's zone, an IANA name. */
  timeZone: string;
  /** Ids of the configured providers. */
  providers: readonly string[];
  /** The command that the terms are for, from its subcommand on, for faults to name. */
  command?: string;
}

export type ParsedTerms = ({ ok: true } & Pick<Query, "words" | "terms">) | { ok: false; fault: QueryFault };

/**
 * Reads the words and terms of a digest, as they are typed or as `formatTerms` wrote them. A digest has its window and its zone from its
 * schedule, so either of them here is a fault. Never throws.
 */
export function parseTerms(text: string, context: TermsContext): ParsedTerms {
  const { command = "digest daily at 09:00" } = context;
  const typed = text.trim();
  const tooLong = lengthProblem(typed, MAX_CANONICAL_LENGTH);
  if (tooLong) return { ok: false, fault: termsFault(tooLong, [], { ...context, command }) };
  const { tokens, unclosed } = tokenise(typed);
  const zone = readQueryZone(tokens, context);
  const time = readQueryTime(zone.rest, "last 24h", { now: context.now, timeZone: zone.timeZone });
  const named = readNamed(time.rest, context.providers);
  const problem = [unclosedProblem(unclosed), rangeProblem(time), foreignZone(zone), named.problem].find((it) => it);
  if (!problem) return { ok: true, words: named.words, terms: named.terms };
  return { ok: false, fault: termsFault(problem, named.understood, { ...context, command }) };
}

function rangeProblem({ problem, understood }: QueryTime): Problem | undefined {
  const [range] = understood;
  const digest = "A digest covers the time from its previous slot to this one";
  if (range !== undefined) return { what: `${digest}; it takes no time range such as ${echo(range)}.` };
  return problem && { what: `${problem.what} ${digest}, without a time range.` };
}

function foreignZone({ problem, understood }: QueryZone): Problem | undefined {
  const [zone] = understood;
  if (zone === undefined) return problem;
  return { what: `${echo(zone)} is no term. The zone of a digest belongs to its schedule.` };
}

function termsFault(problem: Problem, understood: readonly string[], context: TermsContext & { command: string }) {
  // The examples of terms are whole queries.
  const example = problem.example?.replace(/ ?last 24h ?/, "") ?? "";
  const { providers, command } = context;
  const provider = providers[0] === undefined ? 'webhook:"Jira sync"' : `provider:${writeValue(providers[0])}`;
  const shown = example === "" || example.startsWith("in ") ? provider : example;
  return { ...faultOf(problem, understood, context), example: `${command} ${shown}` };
}

/** Why a text is too long to be read, if it is. */
export function lengthProblem(typed: string, maxLength: number): Problem | undefined {
  // A character is one or two units of a string's length.
  if (typed.length <= maxLength) return undefined;
  const length = [...typed].length;
  if (length <= maxLength) return undefined;
  return { what: `That is ${length.toLocaleString("en")} characters long; ${maxLength} is the most I read.` };
}

/** What is wrong with a quote that is never closed. */
export function unclosedProblem(unclosed: string | undefined): Problem | undefined {
  if (unclosed === undefined) return undefined;
  return { what: `The quotes in ${echo(unclosed)} are never closed.`, example: 'webhook:"Jira sync" last 24h' };
}

interface Named {
  words: Query["words"];
  terms: Term[];
  /** The first of them. */
  problem?: Problem;
  understood: string[];
}

function readNamed(tokens: readonly Token[], providers: readonly string[]): Named {
  const named: Named = { words: [], terms: [], understood: [] };
  for (const [position, token] of tokens.entries()) {
    const { value, negated } = token;
    if (isTerm(token)) {
      const behind = tokens.slice(position + 1, position + 3);
      const end = behind.findIndex((follower) => !isPlain(follower));
      const read = readTerm(token, providers, behind.slice(0, end === -1 ? behind.length : end));
      if ("what" in read) {
        named.problem ??= read;
      } else {
        named.terms.push(read);
        named.understood.push(`${negated ? "not " : ""}${read.key} ${read.value}`);
      }
    } else if (value === "") {
      named.problem ??= { what: "There is nothing between the quotes.", example: 'webhook:"Jira sync" last 24h' };
    } else {
      named.words.push({ value, negated });
      named.understood.push(`name ${negated ? "without" : "with"} “${value}”`);
    }
  }
  return named;
}

function isTerm(token: Token): token is TermToken {
  return token.key !== undefined;
}

function isPlain(token: Token): boolean {
  return token.key === undefined && !token.negated && token.value !== "";
}

function faultOf(problem: Problem, understood: readonly string[], context: QueryContext): QueryFault {
  const { command = "failures", providers } = context;
  const provider = providers[0] === undefined ? [] : [`provider:${writeValue(providers[0])}`];
  const example = problem.example === undefined ? [...provider, "last 24h"] : [problem.example];
  const fault: QueryFault = {
    what: problem.what,
    understood: [command, ...(understood.length > 0 ? [shorten(understood.join(", "))] : [])].join(", "),
    example: [command, ...example].join(" "),
  };
  if (problem.suggestion !== undefined) fault.suggestion = `Did you mean ${shorten(problem.suggestion)}?`;
  return fault;
}
