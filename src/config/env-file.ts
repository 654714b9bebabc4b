import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import type { Environment } from "./variables.ts";

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
    return decoded(readFileSync(file));
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT") return undefined;
    const wrong = WRONG[String(code)] ?? `it cannot be read (${String(code)})`;
    throw new EnvFileError(`${file} cannot be used: ${wrong}.`);
  }
}

const WRONG: Record<string, string> = {
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
      if (line.includes(openSince.quote)) openSince = undefined;
      continue;
    }
    if (/^\s*(?:#|$)/.test(line)) continue;
    const value = /^\s*(?:export\s+)?[A-Za-z_]\w*\s*=\s*(.*)$/.exec(line)?.[1];
    if (value === undefined) return `line ${index + 1} is not NAME=value, nor a comment that starts with #`;
    const quote = /^["'`]/.exec(value)?.[0];
    if (quote !== undefined && !value.includes(quote, 1)) openSince = { line: index + 1, quote };
  }
  return openSince && `the quote that opens in line ${openSince.line} is never closed`;
}
