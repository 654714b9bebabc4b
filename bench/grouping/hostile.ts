import { gzipSync } from "node:zlib";
import type { Attempt } from "../../src/triage/model.ts";
import { bestMs } from "./speed.ts";

export interface HostileInput {
  name: string;
  text: string;
}

/** Milliseconds for each 100,000 characters, by where the text stands. */
export interface HostileFigures {
  name: string;
  characters: number;
  asBody: number;
  /** In a JSON body. */
  asField: number;
  asError: number;
  asHeader: number;
}

const SIZE = 100_000;

/** What no receiver means to answer, and some do. */
export function hostileInputs(): HostileInput[] {
  return [
    { name: "binary", text: bytes(SIZE).toString("latin1") },
    { name: "binary read as UTF-8", text: bytes(SIZE).toString("utf8") },
    { name: "gzip shown as text", text: filled(gzipSync(bytes(SIZE)).toString("utf8")) },
    { name: "100,000 tags", text: "<b>".repeat(100_000) },
    { name: "tags that nobody closes", text: filled("<div>") },
    // A third of the size: what is bounded for longer ones must not be slow up to its bound.
    { name: "33 kB of tags that nobody closes", text: filled("<b>").slice(0, 33_000) },
    { name: "tags that nobody opened", text: filled("</p></b>") },
    { name: "tags that never end", text: filled("<a b='") },
    { name: "nested JSON", text: filled('{"error":[') },
    {
      name: "JSON of many fields",
      text: `{${Array.from({ length: 6_000 }, (_, at) => `"field${at}":${at}`).join(",")}}`,
    },
    { name: "one word", text: filled("x") },
    { name: "one word of many parts", text: filled("error_code.") },
    { name: "one line of digits", text: filled("4") },
    { name: "hexadecimal digits and dashes", text: filled("3fa85f64-") },
    { name: "blanks", text: `error${filled(" ")}` },
    { name: "quotes", text: filled("'\"`") },
    { name: "slashes and dots", text: filled("https://a.b/../") },
    { name: "words that begin like a reason", text: filled("unexpected status code connection ") },
    { name: "lone surrogates", text: filled("\uD83D \uDE00") },
    { name: "10 MB page", text: `<html><body>${"<p>no such order</p>".repeat(500_000)}` },
    { name: "10 MB text", text: "no such order\n".repeat(715_000) },
  ];
}

/** Each text as a body, in a body and as a header of an answer, and as the error of a sender; the best of so many tries. */
export function measureHostile(inputs: readonly HostileInput[] = hostileInputs(), tries = 5): HostileFigures[] {
  return inputs.map(({ name, text }) => {
    const ms = (attempt: Partial<Attempt>) => (bestMs({ ...ATTEMPT, ...attempt }, tries) * SIZE) / text.length;
    const answer = (body: string) => ms({ statusCode: 500, response: { headers: [], body, truncated: false } });
    const headers = [{ name: "server", value: text }];
    return {
      name,
      characters: text.length,
      asBody: answer(text),
      asField: answer(JSON.stringify({ message: text })),
      asError: ms({ errorMessage: text }),
      asHeader: ms({ statusCode: 500, response: { headers, truncated: false } }),
    };
  });
}

/** The longest of what one input took. */
export function worstMs({ asBody, asField, asError, asHeader }: HostileFigures): number {
  return Math.max(asBody, asField, asError, asHeader);
}

const ATTEMPT: Attempt = { invocationId: "", index: 0, status: "failed", outcome: "failed", maskedCount: 0 };

function filled(part: string): string {
  return part.repeat(Math.ceil(SIZE / part.length)).slice(0, SIZE);
}

/** The same bytes each time, without any pattern. https://en.wikipedia.org/wiki/Linear_congruential_generator */
function bytes(length: number): Buffer {
  let state = 7;
  return Buffer.from(
    Array.from({ length }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state >>> 24;
    }),
  );
}
