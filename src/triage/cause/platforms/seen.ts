import type { BodyField, BodyReading } from "../body/read-body.ts";
import type { Evidence } from "../evidence.ts";
import type { TellingPlace } from "../reading.ts";

/** Evidence as the table looks at it: made once, bounded whatever the size of the evidence. */
export interface Seen {
  statusCode: number | undefined;
  headers: ReadonlyMap<string, string>;
  kind: BodyReading["kind"];
  /** Leaves of JSON or XML. */
  fields: readonly BodyField[];
  /** Title, visible lines and values as they came, without repeats in a row; where there is no body, what the sender logged. */
  lines: readonly string[];
  /** The lines, one under the other. */
  text: string;
  /** In lower case, and with plain apostrophes. */
  lowerText: string;
  /** The beginning of a page's source in lower case; empty for what has no marks. */
  lowerRaw: string;
  place: TellingPlace;
}

const LONGEST_TEXT = 3_000;
const LONGEST_RAW = 5_000;
const MOST_FIELDS = 60;

export function seenIn({ statusCode, headers, body, isUnwrapped, errorMessage }: Evidence): Seen {
  const isLogged = body.kind === "none";
  const lines = isLogged ? linesOf([errorMessage.replace(/\s+/g, " ").trim()]) : linesOf(partsOf(body));
  const text = lines.join("\n");
  const hasMarks = body.kind === "html" || body.kind === "text";
  return {
    statusCode,
    headers,
    kind: body.kind,
    fields: body.fields.length > MOST_FIELDS ? body.fields.slice(0, MOST_FIELDS) : body.fields,
    lines,
    text,
    lowerText: plainOf(text),
    lowerRaw: hasMarks ? body.raw.slice(0, LONGEST_RAW).toLowerCase() : "",
    place: isLogged || isUnwrapped ? "error" : "body",
  };
}

/** Pages of one kind come with either apostrophe. */
function plainOf(text: string): string {
  const lower = text.toLowerCase();
  return lower.includes("’") ? lower.replaceAll("’", "'") : lower;
}

function partsOf({ title, lines, fields }: BodyReading): string[] {
  const parts = title === undefined ? [] : [title];
  for (const line of lines) parts.push(line.text);
  for (const field of fields) parts.push(field.value);
  return parts;
}

function linesOf(parts: readonly string[]): string[] {
  const lines: string[] = [];
  let room = LONGEST_TEXT;
  for (const part of parts) {
    if (part === "" || part === lines.at(-1)) continue;
    lines.push(part.slice(0, room));
    room -= part.length + 1;
    if (room <= 0) break;
  }
  return lines;
}

/**
 * Whether a field's path is this name or ends with it: `error.code` ends with `code`. A name that begins with a slash is the whole
 * path. Without regard to case.
 */
export function isNamed({ path }: BodyField, name: string): boolean {
  if (name.startsWith("/"))
    return path.length === name.length - 1 && path.toLowerCase() === name.slice(1).toLowerCase();
  const at = path.length - name.length;
  if (at < 0 || (at > 0 && path[at - 1] !== ".")) return false;
  return path.endsWith(name) || path.slice(at).toLowerCase() === name.toLowerCase();
}
