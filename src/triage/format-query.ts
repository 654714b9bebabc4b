import { isTimeWord } from "./query/lone-time.ts";
import { writeTerm } from "./query/terms.ts";
import { writePhrase } from "./query/tokens.ts";
import type { Query } from "./query.ts";

const PLAIN_WORD = /^\p{L}[\p{L}\p{N}_-]*$/u;

/**
 * The query as a text that `parseQuery` reads back to the same words, terms and window. It can be longer than what was typed: give
 * `parseQuery` a `maxLength` of `MAX_CANONICAL_LENGTH`.
 */
export function formatQuery({ terms, words, window }: Query): string {
  const range = `from ${writeInstant(window.from)} to ${writeInstant(window.to)}`;
  return [formatTerms({ terms, words }), range].filter((part) => part !== "").join(" ");
}

/** Words and terms as a text that `parseTerms` reads back to the same. Empty for none. */
export function formatTerms({ terms, words }: Pick<Query, "terms" | "words">): string {
  return [...terms.map(writeTerm), ...words.map((word) => `${sign(word.negated)}${writeWord(word.value)}`)].join(" ");
}

/** The longest that a text of `MAX_QUERY_LENGTH` characters becomes: one-letter words that each get quotes and an escape. */
export const MAX_CANONICAL_LENGTH = 3000;

/** Without the thousandths of a second, where there are none. */
function writeInstant(at: Date): string {
  return at.toISOString().replace(".000Z", "Z");
}

function writeWord(word: string): string {
  return PLAIN_WORD.test(word) && !isTimeWord(word) ? word : writePhrase(word);
}

function sign(negated: boolean): string {
  return negated ? "-" : "";
}
