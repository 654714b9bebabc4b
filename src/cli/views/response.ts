import type { Attempt } from "../../triage/model.ts";
import { plainLines, short, table } from "./text.ts";

const LONGEST_HEADER_NAME = 60;
const LONGEST_HEADER = 400;
const LONGEST_ERROR = 600;

/** What one attempt got back: its error, the headers and the body of the response, as far as they are told. */
export function responseLines({ errorMessage, response }: Attempt): string[] {
  const lines = errorMessage ? [`error: ${short(errorMessage, LONGEST_ERROR)}`] : [];
  if (!response) return lines;
  const headers = response.headers.map(({ name, value }) => [
    `${short(name, LONGEST_HEADER_NAME)}:`,
    short(value, LONGEST_HEADER),
  ]);
  lines.push(...table(headers));
  if (response.body) lines.push("", ...plainLines(response.body));
  if (response.truncated) lines.push("(cut here: the answer was longer)");
  return lines;
}
