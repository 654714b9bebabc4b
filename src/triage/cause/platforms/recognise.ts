import { createHash } from "node:crypto";
import type { CauseCategory } from "../../cause.ts";
import { outsideInStep } from "../../next-step.ts";
import type { Evidence } from "../evidence.ts";
import { mask } from "../mask.ts";
import type { MaskedPart, Reading, Telling } from "../reading.ts";
import { categoryOf } from "../words.ts";
import { holds } from "./holds.ts";
import { candidatesFor, indexOf, type Way } from "./index.ts";
import type { PlatformRule } from "./rule.ts";
import { PLATFORM_RULES } from "./rules.ts";
import { isNamed, type Seen, seenIn } from "./seen.ts";

const INDEX = indexOf(PLATFORM_RULES);
const LONGEST_ID = 64;
const LONGEST_TELLING = 300;
const LONGEST_WORDS = 90;
const LONGEST_SIGNATURE = 240;

/**
 * What the table of platforms knows of this evidence; the first rule that holds decides. Rules are found by a word, a field or a
 * header, so the time grows with the (bounded) evidence, not with the table.
 */
export function recognise(evidence: Evidence): Reading | undefined {
  const seen = seenIn(evidence);
  const isTried = new Uint8Array(INDEX.size);
  let best: { way: Way; kept: readonly string[] } | undefined;
  for (const ways of candidatesFor(seen, INDEX)) {
    for (const way of ways) {
      if ((best && way.place >= best.way.place) || isTried[way.place] === 1) continue;
      isTried[way.place] = 1;
      if (!holds(way, seen)) continue;
      const kept = way.rule.keep ? way.rule.keep(seen) : [];
      if (kept) best = { way, kept };
    }
  }
  return best && readingOf(best.way, best.kept, seen);
}

function readingOf(way: Way, kept: readonly string[], seen: Seen): Reading {
  const { rule } = way;
  const slug = slugOf(kept.join("-"));
  const [category, title, nextStep] = rule.known?.[slug] ?? rule.told;
  const code = String(seen.statusCode ?? "");
  // The title names the code already.
  const told = kept.length > 1 ? kept.filter((part) => part !== code) : kept;
  const words = shownOf(told.join(", "));
  // By functions: in a plain replacement `$&` of an outside text would mean something.
  const fill = (text: string, said: string): string =>
    text.includes("{") ? text.replaceAll("{code}", () => code).replaceAll("{1}", () => said) : text;
  const telling = tellingOf(way, kept, seen);
  return {
    id: idOf(rule.id, slug),
    category: category === "as said" ? saidCategory(seen, kept) : category,
    title: fill(title, words),
    nextStep: `${fill(nextStep, outsideInStep(words)).replace(/\.$/, "")}.`,
    signature: [rule.emitter, nameOf(rule), kept.join(", ")]
      .filter((part) => part !== "")
      .join(" ")
      .slice(0, LONGEST_SIGNATURE),
    sureness: "certain",
    ...(telling ? { telling } : {}),
    masked: maskedIn(kept, seen),
  };
}

/** What was masked is an ellipsis for people, and a sentence without its last point reads on. */
function shownOf(words: string): string {
  const shown = words.replace(/<[a-z]+>/g, "…").replace(/[.\s]+$/, "");
  return shown.length <= LONGEST_WORDS ? shown : `${shown.slice(0, LONGEST_WORDS - 1).trimEnd()}…`;
}

/** What was masked in the sentences that were kept. */
function maskedIn(kept: readonly string[], { fields, lines }: Seen): MaskedPart[] {
  const found = new Map<string, MaskedPart>();
  for (const part of kept) {
    const at = part.search(/<[a-z]+>/);
    if (at === -1) continue;
    // Dates are masked before their words are: the head of the sentence is as it came.
    const head = part.slice(part.lastIndexOf(": ", at) + 1, at).trim();
    const sentence = (fields.length > 0 ? fields.map(({ value }) => value) : lines).find((text) => text.includes(head));
    for (const each of sentence === undefined ? [] : mask(sentence.slice(0, LONGEST_TELLING)).masked)
      if (!found.has(each.kind)) found.set(each.kind, each);
  }
  return [...found.values()];
}

/** `kong-no-route` is no route, `cloudflare` the emitter alone. */
function nameOf({ id, emitter }: PlatformRule): string {
  const parts = id.split("-").slice(1);
  while (parts[0] !== undefined && emitter.toLowerCase().includes(parts[0])) parts.shift();
  return parts.join(" ");
}

/** What was kept, as a part of an id. Letters that ids do not have are told apart by their fingerprint. */
function slugOf(kept: string): string {
  const lower = kept.toLowerCase();
  const slug = lower.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  return /[^\p{ASCII}…“”‘’–—]/u.test(lower) ? `${slug}-${fingerprint(lower)}` : slug;
}

function idOf(id: string, slug: string): string {
  const whole = slug === "" ? id : `${id}-${slug}`;
  if (whole.length <= LONGEST_ID) return whole;
  return `${whole.slice(0, LONGEST_ID - 9).replace(/-$/, "")}-${fingerprint(whole)}`;
}

function fingerprint(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 8);
}

/** The line or the header that showed it, as it came. */
function tellingOf({ when, headers, fields }: Way, kept: readonly string[], seen: Seen): Telling | undefined {
  const { lines, place } = seen;
  const cut = (text: string): string => text.slice(0, LONGEST_TELLING);
  const [first] = lines;
  if (when.is && first !== undefined) return { place, text: cut(first) };
  const lowerLines = seen.lowerText.split("\n");
  for (const phrase of [...kept, ...(when.alsoText ?? []), ...(when.text ?? [])]) {
    const lower = phrase.toLowerCase();
    const line = lines[lowerLines.findIndex((candidate) => candidate.includes(lower))];
    if (line === undefined) continue;
    const field = seen.fields.find(({ value }) => value === line);
    return { place, text: cut(field ? `${field.path}: ${line}` : line) };
  }
  for (const [name] of fields) {
    const field = seen.fields.find((candidate) => isNamed(candidate, name));
    if (field) return { place, text: cut(`${field.path}: ${field.value}`) };
  }
  for (const [name] of headers) {
    const value = seen.headers.get(name);
    if (value !== undefined) return { place: "header", text: cut(`${name}: ${value}`) };
  }
  return first === undefined ? undefined : { place, text: cut(first) };
}

/** What code and words name, where the platform's own word says no more. */
function saidCategory({ statusCode, kind }: Seen, kept: readonly string[]): CauseCategory {
  return categoryOf(statusCode, { words: kept.join(" \n "), isPage: kind === "html", hasFault: false });
}
