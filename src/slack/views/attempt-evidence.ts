import type { RichTextPreformatted, RichTextSection } from "@slack/types";
import type { Diagnosis } from "../../triage/diagnosis.ts";
import { NOTHING_TOLD_IN_WORDS, tellingInWords } from "../../triage/issue-words.ts";
import type { Attempt, Header } from "../../triage/model.ts";
import { paragraph, preformatted, quoted, richTextOf, words } from "../blocks/build.ts";
import { isVisible, outside } from "../blocks/text.ts";
import type { Leaf, MessageBlock } from "../blocks/types.ts";
import { codeOf, grouped } from "./phrases.ts";

const ERROR_LENGTH = 300;
const HEADERS_SHOWN = 20;
const HEADER_LENGTH = 160;
const HEADERS_LENGTH = 1_000;
const LINE_LENGTH = 300;

/** An attempt worth reading whole, and its place in time, from 1. */
export interface Telling {
  attempt: Attempt;
  number: number;
  /** What it told of the cause, where it is the one that did. */
  diagnosis?: Diagnosis;
}

/** The attempt that told the cause, then the last one that failed and the first one, if they were answered otherwise. */
export function tellingOf(attempts: readonly Attempt[], diagnosis?: Diagnosis): Telling[] {
  const numbered = attempts.map((attempt, position): Telling => ({ attempt, number: position + 1 }));
  const told = diagnosis && numbered.find(({ attempt }) => attempt.index === diagnosis.attemptIndex);
  const last = numbered.findLast(({ attempt }) => attempt.outcome === "failed" && tellsAnything(attempt));
  const [first] = numbered;
  const telling: Telling[] = told ? [{ ...told, diagnosis }] : [];
  for (const one of last ? [last, first] : []) {
    if (!one || !tellsAnything(one.attempt)) continue;
    if (telling.every(({ attempt }) => answerOf(attempt) !== answerOf(one.attempt))) telling.push(one);
  }
  return telling;
}

/**
 * Error, response headers and body of one attempt, and before them the line that told the cause; at most `length` characters of
 * headers and of body.
 */
export function tellingBlocks({ attempt, number, diagnosis }: Telling, length: number): MessageBlock[] {
  const { response, errorMessage } = attempt;
  // Who tells neither code nor response would only repeat that there is none.
  const code = isBare(attempt) ? "" : ` · ${codeOf(attempt.statusCode)}`;
  const head = [[words(`Attempt ${number}${code}`, { bold: true })], toldLine(diagnosis)];
  const line = tellingLine(diagnosis);
  const error = errorMessage ? [words("Error: "), quoted(errorMessage, ERROR_LENGTH)] : [];
  const parts: (RichTextSection | RichTextPreformatted)[] =
    line === undefined
      ? [paragraph([...head, error])]
      : [paragraph(head), preformatted(line, LINE_LENGTH), ...(error.length > 0 ? [paragraph([error])] : [])];
  if (!response) return [richTextOf(parts)];
  if (length === 0) {
    parts.push(paragraph([[words("Its response is too long to be shown here.")]]));
    return [richTextOf(parts)];
  }
  if (response.headers.length > 0) {
    parts.push(
      paragraph([[words("Response headers")]]),
      preformatted(headerLines(response.headers), Math.min(length, HEADERS_LENGTH)),
    );
  }
  if (response.body !== undefined && isVisible(response.body)) {
    parts.push(paragraph([[words(bodyTitle(response.body, response.truncated, length))]]));
    parts.push(preformatted(response.body, length));
  } else {
    parts.push(paragraph([[words("The response had no body.")]]));
  }
  return [richTextOf(parts)];
}

/** That this attempt told the cause, and where the line stands that did. */
function toldLine(diagnosis: Diagnosis | undefined): Leaf[] {
  if (!diagnosis) return [];
  const where = tellingLine(diagnosis) === undefined ? undefined : tellingInWords(diagnosis.reading.telling);
  return [words(where ?? NOTHING_TOLD_IN_WORDS)];
}

function tellingLine(diagnosis: Diagnosis | undefined): string | undefined {
  const telling = diagnosis?.reading.telling;
  if (telling === undefined || tellingInWords(telling) === undefined) return undefined;
  return isVisible(telling.text) ? telling.text : undefined;
}

function bodyTitle(body: string, truncated: boolean, length: number): string {
  const cutThere = truncated ? ", cut before it was kept" : "";
  const cutHere = body.length > length ? `, the first ${grouped(length)} of ${grouped(body.length)} characters` : "";
  return `Response body${cutThere}${cutHere}`;
}

function headerLines(headers: readonly Header[]): string {
  const lines = headers
    .slice(0, HEADERS_SHOWN)
    .map(({ name, value }) => outside(value ? `${name}: ${value}` : `${name}:`, HEADER_LENGTH));
  const more = headers.length - lines.length;
  return [...lines, ...(more > 0 ? [`… and ${more} more`] : [])].join("\n");
}

function tellsAnything({ response, errorMessage }: Attempt): boolean {
  return response !== undefined || Boolean(errorMessage);
}

function isBare({ statusCode, response, request, durationMs }: Attempt): boolean {
  return statusCode === undefined && response === undefined && request === undefined && durationMs === undefined;
}

/** Two attempts with the same one were answered alike; headers such as dates differ every time. */
function answerOf({ statusCode, errorMessage, response }: Attempt): string {
  return JSON.stringify([statusCode, errorMessage, response?.body]);
}
