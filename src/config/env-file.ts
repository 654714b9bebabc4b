import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import type { Environment } from "./read/variables.ts";

const NAME = ".env";

/** The file is there and cannot be used. One line, without a value of it. */
export class EnvFileError extends Error {
  override readonly name = "EnvFileError";
}

/**
 * Sets the variables of `.env` in `folder`, if there is one; those that are set already, be it to nothing, stay as they are.
 * https://nodejs.org/api/environment_variables.html#dotenv says what may stand in it. Throws `EnvFileError`.
 */
export function loadEnvFile(folder: string, env: Environment): void {
  const file = join(folder, NAME);
  const text = readIfThere(file);
  if (text === undefined) return;
  const wrong = whatIsWrongWith(text);
  if (wrong) throw new EnvFileError(`${file} cannot be used: ${wrong}.`);
  for (const [name, value] of Object.entries(parseEnv(text))) env[name] ??= value;
}

function readIfThere(file: string): string | undefined {
  try {
    // To read a named pipe would wait for somebody to write.
    const found = statSync(file);
    if (!found.isFile()) throw Object.assign(new Error("No file"), { code: found.isDirectory() ? "EISDIR" : NO_FILE });
    return decoded(readFileSync(file));
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT") return undefined;
    const wrong = WRONG[String(code)] ?? `it cannot be read (${String(code)})`;
    throw new EnvFileError(`${file} cannot be used: ${wrong}.`);
  }
}

const NO_FILE = "no file";

const WRONG: Record<string, string> = {
  [NO_FILE]: "it is no regular file, but a pipe or a device. Put a file in its place, or take it away",
  EISDIR: "it is a folder. Put a file in its place, or take it away",
  EACCES: "this user may not read it. Give it to the user that runs the bot (chown), mode 600",
  ERR_ENCODING_INVALID_ENCODED_DATA: "it is not UTF-8, as some Windows editors write. Save it as UTF-8",
};

function decoded(bytes: Buffer): string {
  const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  // UTF-16 of plain letters is valid UTF-8, with a NUL at every other place.
  if (text.includes("\0")) throw Object.assign(new Error("NUL"), { code: "ERR_ENCODING_INVALID_ENCODED_DATA" });
  return text;
}

/** Node's reader passes over what it does not understand, and the variable would be missing without a word. */
function whatIsWrongWith(text: string): string | undefined {
  let openSince: { line: number; quote: string } | undefined;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (openSince) {
      const end = line.indexOf(openSince.quote);
      if (end < 0) continue;
      openSince = undefined;
      if (!isComment(line.slice(end + 1))) return `line ${index + 1} ${AFTER_QUOTE}`;
      continue;
    }
    if (/^\s*(?:#|$)/.test(line)) continue;
    const value = /^\s*(?:export\s+)?[A-Za-z_]\w*\s*=\s*(.*)$/.exec(line)?.[1];
    if (value === undefined) return `line ${index + 1} is not NAME=value, nor a comment that starts with #`;
    const quote = /^["'`]/.exec(value)?.[0];
    if (quote === undefined) {
      // Node begins the comment at the first #, wherever it stands.
      if (/^[^#]*[^\s#]#/.test(line)) return `line ${index + 1} ${CUT}`;
      continue;
    }
    const end = value.indexOf(quote, 1);
    if (end < 0) openSince = { line: index + 1, quote };
    else if (!isComment(value.slice(end + 1))) return `line ${index + 1} ${AFTER_QUOTE}`;
  }
  return openSince && `the quote that opens in line ${openSince.line} is never closed`;
}

const CUT =
  "has a # with no space before it, and the value would be cut there. Put quotes around the whole value, or a space before a comment";
const AFTER_QUOTE =
  "goes on after the closing quote, and the value would be cut there. Put quotes around the whole value, of a kind that it does not hold";

function isComment(rest: string): boolean {
  return /^\s*(?:#|$)/.test(rest);
}
