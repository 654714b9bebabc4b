import { isHarmlessValue, MASK, type Tally } from "./names.ts";

/** https://www.rfc-editor.org/rfc/rfc6265#section-4.1 and what browsers added since. */
const ATTRIBUTES = new Set(
  "path domain expires max-age secure httponly samesite partitioned priority version comment".split(" "),
);

/** `a=1; b=2; Path=/` becomes `a=[redacted]; b=[redacted]; Path=/`: the names and attributes tell enough. */
export function maskCookies(value: string, tally: Tally): string {
  return value
    .split(";")
    .map((part) => maskPart(part, tally))
    .join(";");
}

function maskPart(part: string, tally: Tally): string {
  const equals = part.indexOf("=");
  const name = part.slice(0, Math.max(equals, 0)).trim().toLowerCase();
  if (equals < 0) {
    if (ATTRIBUTES.has(part.trim().toLowerCase()) || isHarmlessValue(part)) return part;
    return maskAfter(part, part.length - part.trimStart().length, tally);
  }
  if (!ATTRIBUTES.has(name)) return maskAfter(part, equals + 1, tally);
  const next = /, {0,4}[^=;, ]{1,256}=/.exec(part);
  if (next) return maskAfter(part, next.index + next[0].length, tally);
  return part.includes("=", equals + 1) ? maskAfter(part, equals + 1, tally) : part;
}

function maskAfter(part: string, from: number, tally: Tally): string {
  if (isHarmlessValue(part.slice(from))) return part;
  tally.count += 1;
  return part.slice(0, from) + MASK;
}
