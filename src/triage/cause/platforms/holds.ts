import { isStatusText } from "../boilerplate.ts";
import type { Way } from "./index.ts";
import { isNamed, type Seen } from "./seen.ts";

/** Whether everything that is named holds. The cheap questions come first. */
export function holds({ when, headers, fields }: Way, seen: Seen): boolean {
  const { statusCode, kind, lowerText } = seen;
  if (when.codes && (statusCode === undefined || !when.codes.includes(statusCode))) return false;
  if (when.kind && when.kind !== kind) return false;
  if (when.is && !when.is.includes(lowerText)) return false;
  for (const [name, part] of headers) if (!hasHeader(seen, name, part)) return false;
  for (const [name, wanted] of fields) if (!hasField(seen, name, wanted)) return false;
  if (when.text && !holdsAny(lowerText, when.text)) return false;
  if (when.alsoText) for (const text of when.alsoText) if (!lowerText.includes(text)) return false;
  if (when.notText && holdsAny(lowerText, when.notText)) return false;
  if (when.raw && !holdsAny(seen.lowerRaw, when.raw)) return false;
  if (when.notHeaders) for (const name of when.notHeaders) if (seen.headers.has(name)) return false;
  return true;
}

function holdsAny(text: string, parts: readonly string[]): boolean {
  for (const part of parts) if (text.includes(part)) return true;
  return false;
}

function hasHeader(seen: Seen, name: string, part: string | true): boolean {
  const value = seen.headers.get(name);
  return value !== undefined && (part === true || value.slice(0, 300).toLowerCase().includes(part));
}

/** A message that stands alone is still its own: `Missing Authentication Token`. Words that anybody would say are not. */
function isSentenceAlone({ kind, lines, lowerText }: Seen, wanted: string | readonly string[]): boolean {
  if ((kind !== "text" && kind !== "none") || lines.length !== 1) return false;
  for (const sentence of typeof wanted === "string" ? [wanted] : wanted)
    if (lowerText.endsWith(sentence) && /\S \S{1,40} \S/.test(sentence) && !isStatusText(sentence, undefined)) {
      const before = lowerText.slice(0, -sentence.length);
      if (before === "" || /(?:: |error |exception )$/.test(before)) return true;
    }
  return false;
}

function hasField(seen: Seen, name: string, wanted: string | readonly string[] | true): boolean {
  if (seen.fields.length === 0) return wanted !== true && isSentenceAlone(seen, wanted);
  for (const field of seen.fields) {
    if (!isNamed(field, name)) continue;
    if (wanted === true) return true;
    const value = field.value.toLowerCase();
    if (typeof wanted === "string" ? value === wanted : wanted.includes(value)) return true;
  }
  return false;
}
