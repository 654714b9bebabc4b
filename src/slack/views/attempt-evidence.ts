import type { RichTextPreformatted, RichTextSection } from "@slack/types";
import type { Attempt, Header } from "../../triage/model.ts";
import { paragraph, preformatted, quoted, richTextOf, words } from "../blocks/build.ts";
import { isVisible, outside } from "../blocks/text.ts";
import type { MessageBlock } from "../blocks/types.ts";
import { codeOf, grouped } from "./phrases.ts";

const ERROR_LENGTH = 300;
const HEADERS_SHOWN = 20;
const HEADER_LENGTH = 160;
const HEADERS_LENGTH = 1_000;

/** An attempt worth reading whole, and its place in time, from 1. */
export interface Telling {
  attempt: Attempt;
  number: number;
}

/** The last attempt that failed, and the first one if it was answered otherwise. */
export function tellingOf(attempts: readonly Attempt[]): Telling[] {
  const numbered = attempts.map((attempt, position) => ({ attempt, number: position + 1 }));
  const last = numbered.findLast(({ attempt }) => attempt.outcome === "failed" && tellsAnything(attempt));
  const first = numbered[0];
  if (!last) return [];
  if (!first || first.number === last.number || !tellsAnything(first.attempt)) return [last];
  return answerOf(first.attempt) === answerOf(last.attempt) ? [last] : [last, first];
}

/** Error, response headers and body of one attempt; at most `length` characters of headers and of body. */
export function tellingBlocks({ attempt, number }: Telling, length: number): MessageBlock[] {
  const { response, errorMessage } = attempt;
  // Who tells neither code nor response would only repeat that there is none.
  const code = isBare(attempt) ? "" : ` · ${codeOf(attempt.statusCode)}`;
  const title = [words(`Attempt ${number}${code}`, { bold: true })];
  const error = errorMessage ? [words("Error: "), quoted(errorMessage, ERROR_LENGTH)] : [];
  const parts: (RichTextSection | RichTextPreformatted)[] = [paragraph([title, error])];
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
