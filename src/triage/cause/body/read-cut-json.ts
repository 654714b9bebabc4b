import type { BodyField } from "./read-body.ts";

/** Strings (also one that the end cuts), marks and bare words. */
const TOKEN = /"((?:[^"\\]|\\.){0,4000})("?)|([{}[\]:,])|([^\s{}[\]:,"]{1,100})/g;

/** What loggers put where they cut. */
const CUT =
  /\s{0,3}(?:\.{3}|…)\s{0,3}(?:[([]\s{0,3}[\w +-]{1,40}[\])]{1,3})?[\])]{0,3}\s{0,3}$|\s{0,3}[([](?:truncated|cut)[^)\]]{0,30}[)\]]{1,2}\s{0,3}$/i;

const MOST_TOKENS = 2_000;
const DEEPEST = 40;

/**
 * The leaves of what is left of a JSON document: cut short by whoever logged it, or with quotes lost. Takes every string after a key
 * for its value, and forgives brackets that do not match.
 */
export function readCutJson(text: string, mostFields: number, longestValue: number): BodyField[] {
  const fields: BodyField[] = [];
  const keys: string[] = [];
  const isList: boolean[] = [];
  let key = "";
  let string: string | undefined;
  let isValue = false;
  let count = 0;

  function leaf(value: string): void {
    const told = value.slice(0, longestValue).replace(/\s+/g, " ").trim();
    const path = [...keys, key].filter((part) => part !== "").join(".");
    if (path !== "" && told !== "" && told !== "null") fields.push({ path, value: told });
  }
  function endString(): void {
    if (string !== undefined && (isValue || isList.at(-1) === true)) leaf(unescaped(string));
    string = undefined;
  }

  for (const [, quoted, end, mark, bare] of text.matchAll(TOKEN)) {
    count += 1;
    if (count > MOST_TOKENS || fields.length >= mostFields) break;
    if (quoted !== undefined) string ??= end === "" ? whole(quoted) : quoted;
    else if (bare !== undefined) string ??= isValue || isList.at(-1) === true ? bare : undefined;
    else if (mark === ":") {
      if (string !== undefined && !isValue) key = unescaped(string).slice(0, 80);
      string = undefined;
      isValue = true;
    } else if (mark === ",") {
      endString();
      isValue = false;
    } else if (mark === "{" || mark === "[") {
      string = undefined;
      if (isList.length < DEEPEST) {
        keys.push(key);
        isList.push(mark === "[");
      }
      key = "";
      isValue = false;
    } else {
      endString();
      keys.pop();
      isList.pop();
      key = "";
      isValue = false;
    }
  }
  endString();
  return fields;
}

/** The whole words of a string that the end cuts: half a word means something else. */
function whole(cut: string): string {
  const words = cut.replace(CUT, "");
  return words.slice(0, Math.max(0, words.lastIndexOf(" ")));
}

function unescaped(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_, hex: string | undefined, char: string | undefined) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    return char === "n" || char === "t" || char === "r" ? " " : (char ?? "");
  });
}
