import type { BodyReading } from "./body/read-body.ts";
import { isBeside, isStatusText, isVague, productIn } from "./boilerplate.ts";
import type { TellingPart } from "./telling-part.ts";

const MOST_READ = 40;
const LONGEST = 1_000;
const MOST = 6;

/** What the lines of a page or a text say of why it failed: its headline, and the line below that says more. */
export function tellingLines({ title, lines }: BodyReading, statusCode: number | undefined): TellingPart | undefined {
  const sentences: string[] = [];
  const generic: string[] = [];
  let product: string | undefined;
  let label: string | undefined;
  const seen = new Set<string>();
  const add = (text: string): void => {
    const line = text.slice(0, LONGEST);
    const key = line.toLowerCase().replace(/[^a-z0-9\u00aa-\uffff]+/g, "");
    if (key.length < 2 || seen.has(key)) return;
    if (isBeside(line)) {
      label ??= /^[A-Za-z -]{2,30}(?=:)/.exec(line)?.[0];
      return;
    }
    seen.add(key);
    if (isStatusText(line, statusCode)) generic.push(line);
    else sentences.push(line);
  };
  const seenLines = lines.slice(0, MOST_READ);
  // A traceback tells last what failed.
  if (seenLines.some(({ text }) => text.startsWith("Traceback (most recent"))) {
    const told = seenLines.findLast(({ text }) => /^[\w.]{1,80}(?:Error|Exception|Exit|Interrupt)\b/.test(text));
    if (told) return { place: "body", codes: [], sentences: [told.text], faults: [], text: told.text };
  }
  const headings = seenLines.filter(({ isHeading }) => isHeading);
  for (const part of title === undefined ? [] : partsOf(title)) add(part);
  for (const { text } of headings) for (const part of headlinesOf(text)) add(part);
  for (const [index, { text, isHeading }] of seenLines.entries()) {
    const named = isHeading ? undefined : productIn(text);
    if (named !== undefined) product ??= named;
    else if (!isHeading && sentences.length < MOST)
      for (const part of index === 0 ? headlinesOf(text) : [text]) add(part);
  }
  const [text] = sentences.length > 0 ? sentences : generic;
  if (text === undefined) {
    if (product === undefined) return undefined;
    return { place: "body", codes: [product], sentences: [], faults: [], text: product };
  }
  const isPlain = sentences.findIndex((each) => !isVague(each));
  return {
    place: "body",
    codes: [],
    sentences: sentences.slice(0, MOST),
    faults: [],
    text: sentences[Math.max(0, isPlain)] ?? text,
    ...(sentences.length === 0 ? { generic: label === undefined ? generic : [...generic, label] } : {}),
    ...(product === undefined ? {} : { product }),
  };
}

/** `522: Connection timed out | shop.example | Cloudflare`: the part of a title that is neither a host nor a name. */
function partsOf(title: string): string[] {
  const parts = title.split(/ (?:\||·|•|»|::) | [-–—] (?=\S{1,60}\.[a-z]{2,10}$)/i);
  if (parts.length === 1) return headlinesOf(title);
  const told = parts.filter(
    (part) => !/^[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}(?::\d{1,5})?$/.test(part) && part.includes(" "),
  );
  return told.length > 0 ? told : parts.slice(0, 1);
}

/** `Access Denied - Example Firewall` is told in either order. */
function headlinesOf(line: string): string[] {
  return line.length < 100 && !/[.!?]$/.test(line) ? line.split(/ [-–—] /) : [line];
}
