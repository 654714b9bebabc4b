import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { z } from "zod";
import { CAUSE_CATEGORIES } from "../../src/triage/cause.ts";

/** The corpus cannot be read; the message says which line and why. */
export class CorpusFault extends Error {}

const headerValue = z.union([z.string(), z.array(z.string()), z.number(), z.boolean(), z.null()]);

/** One failure with what a person says of it. Fields beyond these are ignored. */
const lineSchema = z.object({
  id: z.string(),
  group: z.string(),
  category: z.enum(CAUSE_CATEGORIES),
  response_code: z.int().nullish(),
  response_headers: z.record(z.string(), headerValue).nullish(),
  response_body: z.string().nullish(),
  error_message: z.string().nullish(),
});

export type CorpusLine = z.infer<typeof lineSchema>;

const SAMPLE_FOLDER = join(import.meta.dirname, "sample");

/** The project's own sample: written for it, by public documentation of what servers, platforms and client libraries say. */
const SAMPLE_FILES = ["servers.jsonl", "platforms.jsonl", "services.jsonl", "apps.jsonl", "transport.jsonl"];

/** @throws CorpusFault */
export function readSample(): CorpusLine[] {
  return SAMPLE_FILES.flatMap((name) => readCorpus(join(SAMPLE_FOLDER, name)));
}

/** @throws CorpusFault where the file cannot be read, is empty or has a bad line */
export function readCorpus(file: string): CorpusLine[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new CorpusFault(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  return parseCorpus(text, basename(file));
}

/** JSONL, empty lines left out. @throws CorpusFault */
export function parseCorpus(text: string, name: string): CorpusLine[] {
  const lines: CorpusLine[] = [];
  for (const [index, line] of text
    .replace(/^\uFEFF/, "")
    .split("\n")
    .entries()) {
    if (line.trim() !== "") lines.push(parseLine(line, `${name}, line ${index + 1}`));
  }
  if (lines.length === 0) throw new CorpusFault(`${name} has no lines.`);
  return lines;
}

function parseLine(line: string, place: string): CorpusLine {
  let row: unknown;
  try {
    row = JSON.parse(line);
  } catch (error) {
    throw new CorpusFault(`${place} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = lineSchema.safeParse(row);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) =>
    path.length ? `${path.join(".")}: ${message}` : message,
  );
  throw new CorpusFault(`${place}: ${faults.join("; ")}`);
}
