import type { QueryFault } from "./parse-query.ts";
import { echo, shorten } from "./query/echo.ts";
import { isTimeWord } from "./query/lone-time.ts";
import { suggest } from "./query/suggest.ts";
import { tokenise } from "./query/tokens.ts";
import { TERM_KEYS } from "./query.ts";

export type ParsedSubcommand<Name extends string> =
  | { ok: true; name: Name; rest: string }
  | { ok: false; fault: QueryFault };

const LONGEST_REST = 40;

/**
 * Splits a command text into its subcommand, one of `names`, and the rest. An empty text asks for the failures, the first of `names` if
 * there are none such. Any other first word is an unknown subcommand, never a search.
 */
export function parseSubcommand<Name extends string>(text: string, names: readonly Name[]): ParsedSubcommand<Name> {
  const typed = text.trim();
  const [word = ""] = typed.split(/\s/, 1);
  const rest = typed.slice(word.length).trim();
  const main = names.find((name) => name === "failures") ?? names[0];
  const name = word === "" ? main : names.find((candidate) => candidate === word.toLowerCase());
  if (name !== undefined) return { ok: true, name, rest };
  const fault: QueryFault = {
    what: `${echo(word)} is not a subcommand.`,
    suggestion: `Subcommands: ${names.join(", ")}.`,
    example: `${main ?? "help"}${main === "failures" ? " last 24h" : ""}`,
  };
  const meant = suggest(word, names) ?? (isQuery(typed) ? main : undefined);
  if (meant !== undefined) fault.suggestion = `Did you mean ${withRest(meant, isQuery(typed) ? typed : rest)}?`;
  return { ok: false, fault };
}

/** Whether the text begins like what follows `failures`. */
function isQuery(text: string): boolean {
  const [first] = tokenise(text.slice(0, 500)).tokens;
  if (first === undefined) return false;
  return first.key === undefined ? isTimeWord(first.value) : TERM_KEYS.some((key) => key === first.key);
}

function withRest(name: string, rest: string): string {
  return rest !== "" && rest.length <= LONGEST_REST ? `${name} ${shorten(rest)}` : name;
}
