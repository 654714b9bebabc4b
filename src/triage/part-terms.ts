import { writeTerm } from "./query/terms.ts";
import { tokenise } from "./query/tokens.ts";
import { TERM_KEYS, type Term, type TermKey } from "./query.ts";

/** The terms that tell invocations of one issue apart; the others keep or leave out all of it, as they name webhooks and causes. */
const PART_KEYS: ReadonlySet<TermKey> = new Set<TermKey>(["status", "code", "event"]);

/** Of a canonical query, the terms that can leave out a part of an issue, as they stand there; empty for none. Never throws. */
export function partTermsIn(queryText: string): string {
  return partTerms(queryText).map(writeTerm).join(" ");
}

/** The same, to ask with. */
export function partTerms(queryText: string): Term[] {
  return tokenise(queryText).tokens.flatMap(({ key: typed, value, negated }) => {
    const key = TERM_KEYS.find((known) => known === typed);
    return key !== undefined && PART_KEYS.has(key) && value !== "" ? [{ key, value, negated }] : [];
  });
}
