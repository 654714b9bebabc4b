import { echo } from "../query/echo.ts";
import { nearest } from "../query/suggest.ts";
import type { Problem } from "../query/terms.ts";
import { isBare, type Token } from "../query/tokens.ts";
import type { ScheduleProblem } from "./read-schedule.ts";
import type { DigestSubscription } from "./subscription.ts";

export type AllClear = DigestSubscription["allClear"];

export interface AllClearReading {
  /** Absent where nothing is said of it. */
  allClear?: AllClear;
  problem?: ScheduleProblem;
  /** The tokens that do not speak of it. */
  rest: Token[];
}

const CHOICES: readonly AllClear[] = ["line", "silent"];
/** What people type who want to hear nothing on a day without failures. */
const SILENT_WORDS = ["silent", "silently", "quiet", "quietly"];
const NAMES = ["all-clear", "allclear", "all_clear"];

/** Takes `all-clear:silent` or `all-clear:line` from the text of a digest. */
export function readAllClear(tokens: readonly Token[]): AllClearReading {
  const quiet = tokens.find((token) => isBare(token) && SILENT_WORDS.includes(token.value.toLowerCase()));
  const rest = tokens.filter((token) => token !== quiet && (token.key === undefined || !NAMES.includes(token.key)));
  const reading: AllClearReading = { rest };
  if (quiet) reading.problem = wouldBeName(quiet);
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

/** It would narrow the digest to webhooks with such a name. */
function wouldBeName(token: Token): ScheduleProblem {
  const what = `${echo(token.value)} would be part of a webhook's name. Put it in quotes if it is.`;
  const meant = "all-clear:silent";
  return { what, suggestion: meant, slip: { token, meant } };
}

function slip({ key, value }: Token): Problem {
  const problem: Problem = { what: `${echo(`${key}:`)} is not a term that I know.` };
  if (CHOICES.some((known) => known === value.toLowerCase())) problem.suggestion = `all-clear:${value.toLowerCase()}`;
  return problem;
}
