import { TZDate } from "@date-fns/tz";
import { format } from "date-fns/format";
import stringWidth from "string-width";
import { pageToOpen } from "../../triage/page-to-open.ts";
import type { Window } from "../../triage/window.ts";

/**
 * Makes text from outside safe for a terminal: line breaks become blanks, and other control characters (escape sequences) and
 * those that turn the writing direction go away.
 */
export function plain(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\r\n\t\u2028\u2029]+/g, " ")
    .replaceAll(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "");
}

/** Like `plain`, with line breaks kept: for bodies. */
export function plainLines(text: string): string[] {
  return text.split(/\r\n|\r|\n/).map((line) => plain(line));
}

/** Like `plain`, and at most `longest` characters long. */
export function short(text: string, longest: number): string {
  // Cut before the characters are counted, so that a long text costs no more than a short one.
  const line = plain(text.slice(0, longest * 4)).trim();
  const characters = [...line];
  if (characters.length <= longest && text.length <= longest * 4) return line;
  return `${characters.slice(0, longest - 1).join("")}…`;
}

/** A webhook's name as one can tell it apart: its id where the name shows nothing. */
export function webhookName({ name, id }: { name: string; id: string }): string {
  const shown = short(name, LONGEST_NAME);
  return stringWidth(shown) > 0 ? shown : `webhook ${short(id, LONGEST_ID)}`;
}

/** An id: whole, unless it is no id that one would copy. */
export function idText(id: string): string {
  return short(id, LONGEST_ID);
}

/** "Sat 21 Nov 09:05:12" in the given zone. */
export function formatInstant(instant: Date, timeZone: string): string {
  return format(new TZDate(instant, timeZone), "EEE d MMM HH:mm:ss");
}

/** "Sat 21 Nov 09:05" in the given zone, for what is known to the minute. */
export function formatMinute(instant: Date, timeZone: string): string {
  return format(new TZDate(instant, timeZone), "EEE d MMM HH:mm");
}

/** "22 Oct 08:21 – 14 Nov 08:11" in the given zone; with seconds where both ends would read alike. */
export function formatSpan({ from, to }: Window, timeZone: string): string {
  const pattern = to.getTime() - from.getTime() < 120_000 ? "d MMM HH:mm:ss" : "d MMM HH:mm";
  return [from, to].map((instant) => format(new TZDate(instant, timeZone), pattern)).join(" – ");
}

/** An address of ours that one may open; nothing where it is none. */
export function pageText(url: string | undefined): string[] {
  const page = pageToOpen(url);
  return page === undefined ? [] : [plain(page)];
}

/** Columns of equal width, by what a terminal shows of each cell. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, stringWidth(cell));
  }
  return rows.map((row) =>
    row
      .map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - stringWidth(cell)))
      .join("  ")
      .trimEnd(),
  );
}

export function indent(lines: readonly string[], by: string): string[] {
  return lines.map((line) => (line === "" ? "" : by + line));
}

/** Lines of whole words, as wide as a terminal of 80 columns leaves; a word that is wider has a line of its own. */
export function wrapped(line: string, columns: number): string[] {
  const lines: string[] = [];
  for (const word of line.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && stringWidth(last) + 1 + stringWidth(word) <= columns)
      lines.push(`${lines.pop()} ${word}`);
    else lines.push(word);
  }
  return lines;
}

/** "1 issue", "2 issues". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

const LONGEST_NAME = 60;
const LONGEST_ID = 80;
