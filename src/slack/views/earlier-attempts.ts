import { attemptsCommand } from "../../triage/attempts-command.ts";
import { durationOf } from "../../triage/duration-words.ts";
import { type Attempt, attemptedAt, type InvocationRef } from "../../triage/model.ts";
import { statusInWords } from "../../triage/status-words.ts";
import { dateLeaf, quoted, richText, words } from "../blocks/build.ts";
import { DATE_FORMAT_WITH_SECONDS, isVisible } from "../blocks/text.ts";
import type { Leaf, MessageBlock } from "../blocks/types.ts";
import { codeOf, counted, grouped } from "./phrases.ts";

/** The latest: those before them are of one kind mostly, since what fails fails alike. */
const RUNS_SHOWN = 6;
const STATUS_LENGTH = 40;
const ERROR_LENGTH = 80;
const COMMAND_LENGTH = 300;

/**
 * The attempts before those that have a row of their own, alike ones in a line together, and the command that prints each. `earlier`
 * are the first of the invocation, oldest first.
 */
export function earlierBlocks(
  ref: InvocationRef,
  earlier: readonly Attempt[],
  detail: "bodies" | "timeline",
): MessageBlock[] {
  if (earlier.length === 0) return [];
  const runs = runsOf(earlier);
  const shown = runs.slice(-RUNS_SHOWN);
  const left = (shown[0]?.first ?? 1) - 1;
  const lines: Leaf[][] = [
    [words(counted(earlier.length, "earlier attempt", "earlier attempts"), { bold: true })],
    ...(left > 0 ? [[words(`${numbersOf(1, left)} · not shown here`)]] : []),
    ...shown.map((run) => lineOf(run, detail)),
  ];
  const command = attemptsCommand(ref);
  if (command !== undefined) {
    lines.push([
      words("Each of them, in a terminal: "),
      quoted(`npm run --silent cli -- ${command}`, COMMAND_LENGTH, { code: true }),
    ]);
  }
  return [richText(lines)];
}

/** Attempts in a row that ended alike. */
interface Run {
  /** The number of its first, from 1. */
  first: number;
  attempts: [Attempt, ...Attempt[]];
}

function runsOf(attempts: readonly Attempt[]): Run[] {
  const runs: Run[] = [];
  let endedSo: string | undefined;
  for (const [position, attempt] of attempts.entries()) {
    const { status, statusCode, errorMessage = "" } = attempt;
    const ended = JSON.stringify([status, statusCode, errorMessage]);
    const run = runs.at(-1);
    if (run && ended === endedSo) run.attempts.push(attempt);
    else runs.push({ first: position + 1, attempts: [attempt] });
    endedSo = ended;
  }
  return runs;
}

/** `1 to 34 · error · <date> to <date> · 3.2 s to 15.5 s apart` */
function lineOf({ first, attempts }: Run, detail: "bodies" | "timeline"): Leaf[] {
  const [{ status, outcome, statusCode, errorMessage = "" }] = attempts;
  const line: Leaf[] = [
    words(`${numbersOf(first, first + attempts.length - 1)} · `),
    isVisible(status) ? quoted(statusInWords(status), STATUS_LENGTH) : words(outcome),
  ];
  if (detail === "bodies" || statusCode !== undefined) line.push(words(` · ${codeOf(statusCode)}`));
  line.push(...timesOf(attempts));
  if (isVisible(errorMessage)) line.push(words(" · "), quoted(errorMessage, ERROR_LENGTH));
  return line;
}

function timesOf(attempts: readonly Attempt[]): Leaf[] {
  const times = attempts.flatMap((attempt) => attemptedAt(attempt) ?? []);
  const [from, to] = [times[0], times.at(-1)];
  if (!from || !to) return [];
  if (times.length === 1) return [words(" · "), dateLeaf(from, DATE_FORMAT_WITH_SECONDS)];
  const gaps = times.slice(1).map((at, index) => at.getTime() - (times[index]?.getTime() ?? at.getTime()));
  const [shortest, longest] = [durationOf(Math.min(...gaps)), durationOf(Math.max(...gaps))];
  return [
    words(" · "),
    dateLeaf(from, DATE_FORMAT_WITH_SECONDS),
    words(" to "),
    dateLeaf(to, DATE_FORMAT_WITH_SECONDS),
    words(` · ${shortest === longest ? shortest : `${shortest} to ${longest}`} apart`),
  ];
}

function numbersOf(first: number, last: number): string {
  return first === last ? grouped(first) : `${grouped(first)} to ${grouped(last)}`;
}
