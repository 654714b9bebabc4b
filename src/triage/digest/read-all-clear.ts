import { echo } from "../query/echo.ts";
import { nearest } from "../query/suggest.ts";
import type { Problem } from "../query/terms.ts";
import type { Token } from "../query/tokens.ts";
import type { DigestSubscription } from "./subscription.ts";

export type AllClear = DigestSubscription["allClear"];

export interface AllClearReading {
  /** Absent where nothing is said of it. */
  allClear?: AllClear;
  problem?: Problem;
  /** The tokens that do not speak of it. */
  rest: Token[];
}

const CHOICES: readonly AllClear[] = ["line", "silent"];
const NAMES = ["all-clear", "allclear", "all_clear"];

/** Takes `all-clear:silent` or `all-clear:line` from the text of a digest. */
export function readAllClear(tokens: readonly Token[]): AllClearReading {
  const reading: AllClearReading = { rest: tokens.filter(({ key }) => key === undefined || !NAMES.includes(key)) };
  for (const token of tokens) {
    const { key, value, negated } = token;
    if (key === undefined) continue;
    if (!NAMES.includes(key)) {
      if (nearest(key, NAMES, 2, 1).length > 0) reading.problem ??= slip(token);
      continue;
    }
    const choice = negated ? undefined : CHOICES.find((known) => known === value.toLowerCase());
    if (choice === undefined) {
      const what = `${echo(token.text)}: choose all-clear:line or all-clear:silent.`;
      reading.problem ??= { what };
    } else if (reading.allClear !== undefined && reading.allClear !== choice) {
      reading.problem ??= { what: "There is all-clear:line and all-clear:silent. Use one." };
    } else {
      reading.allClear = choice;
    }
  }
  return reading;
}

function slip({ key, value }: Token): Problem {
  const problem: Problem = { what: `${echo(`${key}:`)} is not a term that I know.` };
  if (CHOICES.some((known) => known === value.toLowerCase())) problem.suggestion = `all-clear:${value.toLowerCase()}`;
  return problem;
}
