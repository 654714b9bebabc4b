import { durationOf } from "../../triage/duration-words.ts";
import { type Attempt, attemptedAt } from "../../triage/model.ts";
import { statusInWords } from "../../triage/status-words.ts";
import { cell, dataTable, dateCell, dateLeaf, numberedList, quoted, quotedCell, words } from "../blocks/build.ts";
import { DATE_FORMAT_WITH_SECONDS, isVisible, TIME_FORMAT_WITH_SECONDS } from "../blocks/text.ts";
import type { Cell, Leaf, MessageBlock } from "../blocks/types.ts";
import { codeOf } from "./phrases.ts";

/** Attempts in the table: the latest. Most providers make fewer than ten, ConductorOne up to fifty. */
const ATTEMPTS_SHOWN = 15;
const STATUS_LENGTH = 40;
/** The telling ones stand below in full. */
const ERROR_LENGTH = 80;

/** Those that get no row of their own: the first. */
export function withoutRow(attempts: readonly Attempt[]): readonly Attempt[] {
  return attempts.slice(0, -ATTEMPTS_SHOWN);
}

/**
 * The latest attempts, a row each, oldest first: when, code, outcome in the provider's word, gap since the one before, duration; a phone
 * shows the first of these. For a provider that tells a timeline alone, its error text instead of code and duration. Below the first row the
 * time alone says when, where all is within half a day.
 */
export function attemptTable(
  attempts: readonly Attempt[],
  classic: boolean,
  detail: "bodies" | "timeline" = "bodies",
): MessageBlock[] {
  if (attempts.length === 0) return [];
  const rows = attempts.map((attempt, position) => rowOf(attempt, position, attempts[position - 1]));
  const shown = rows.slice(-ATTEMPTS_SHOWN);
  const left = rows.length - shown.length;
  const { columns, cells, line } = FORMS[detail];
  if (classic) return [numberedList(shown.map(line), left + 1)];
  const format = areNear(shown) ? TIME_FORMAT_WITH_SECONDS : DATE_FORMAT_WITH_SECONDS;
  return [
    dataTable(
      "Attempts, oldest first",
      columns,
      shown.map((row, index) => cells(row, index === 0 ? DATE_FORMAT_WITH_SECONDS : format)),
    ),
  ];
}

const FORMS = {
  bodies: { columns: ["#", "When", "Code", "Outcome", "Gap", "Took"], cells: cellsOf, line: lineOf },
  timeline: { columns: ["#", "When", "State", "Gap", "Error"], cells: timelineCellsOf, line: timelineLineOf },
} as const;

/** Whether all are known and less than half a day apart. */
function areNear(rows: readonly Row[]): boolean {
  const times = rows.map(({ at }) => at?.getTime() ?? Number.NaN);
  return Math.max(...times) - Math.min(...times) < HALF_A_DAY_MS;
}

const HALF_A_DAY_MS = 12 * 60 * 60_000;

interface Row {
  number: number;
  at: Date | undefined;
  /** Since the attempt before; absent for the first and where times are missing. Milliseconds. */
  gapMs: number | undefined;
  attempt: Attempt;
}

function rowOf(attempt: Attempt, position: number, before: Attempt | undefined): Row {
  const at = attemptedAt(attempt);
  const previous = before && attemptedAt(before);
  const gapMs = at && previous ? at.getTime() - previous.getTime() : undefined;
  return { number: position + 1, at, gapMs, attempt };
}

function cellsOf({ number, at, gapMs, attempt }: Row, format: string): Cell[] {
  return [
    cell(String(number)),
    dateCell(at, format),
    cell(attempt.statusCode === undefined ? "none" : String(attempt.statusCode)),
    isVisible(attempt.status) ? quotedCell(attempt.status, STATUS_LENGTH) : cell(attempt.outcome),
    cell(gapMs === undefined ? "–" : durationOf(gapMs)),
    cell(attempt.durationMs === undefined ? "–" : durationOf(attempt.durationMs)),
  ];
}

/** `<date> · after 30 s · code 503 · took 1.2 s · terminated` */
function lineOf({ at, gapMs, attempt }: Row): Leaf[] {
  const facts = [
    ...(gapMs === undefined ? [] : [`after ${durationOf(gapMs)}`]),
    codeOf(attempt.statusCode),
    ...(attempt.durationMs === undefined ? [] : [`took ${durationOf(attempt.durationMs)}`]),
  ];
  return [
    at ? dateLeaf(at, DATE_FORMAT_WITH_SECONDS) : words("no time told"),
    words(` · ${facts.join(" · ")} · `),
    isVisible(attempt.status) ? quoted(attempt.status, STATUS_LENGTH) : words(attempt.outcome),
  ];
}

function timelineCellsOf({ number, at, gapMs, attempt }: Row, format: string): Cell[] {
  return [
    cell(String(number)),
    dateCell(at, format),
    isVisible(attempt.status) ? quotedCell(statusInWords(attempt.status), STATUS_LENGTH) : cell(attempt.outcome),
    cell(gapMs === undefined ? "–" : durationOf(gapMs)),
    quotedCell(attempt.errorMessage ?? "", ERROR_LENGTH),
  ];
}

/** `<date> · after 9 s · error · connection refused` */
function timelineLineOf({ at, gapMs, attempt }: Row): Leaf[] {
  const { status, outcome, errorMessage = "" } = attempt;
  return [
    at ? dateLeaf(at, DATE_FORMAT_WITH_SECONDS) : words("no time told"),
    words(gapMs === undefined ? " · " : ` · after ${durationOf(gapMs)} · `),
    isVisible(status) ? quoted(statusInWords(status), STATUS_LENGTH) : words(outcome),
    ...(isVisible(errorMessage) ? [words(" · "), quoted(errorMessage, ERROR_LENGTH)] : []),
  ];
}
