import { STATUS_CODES } from "node:http";
import { isStatusText, isVague } from "./boilerplate.ts";
import { fieldIn, kindOfFault } from "./faults.ts";
import { mask } from "./mask.ts";
import { codesIn, isClass, isStrongCode } from "./names.ts";
import type { MaskedPart } from "./reading.ts";
import { sentenceOf } from "./sentence.ts";
import type { Fault, TellingPart } from "./telling-part.ts";

export interface CleanPart {
  /** What makes two answers with one status code one cause. Empty where the code alone is known. */
  key: string;
  /** The most telling words for people, with what varies masked. */
  words: string | undefined;
  masked: MaskedPart[];
}

const LONGEST = 400;
const MOST_FAULTS = 3;
const MOST_READ = 4;
const MOST_TOLD = 2;

/**
 * What distinguishes a telling part. Faults of fields are told by the field and the kind of fault, whatever the wording; then a code
 * that names one cause tells alone; then the words without what varies.
 */
export function cleanPart(part: TellingPart, statusCode: number | undefined): CleanPart {
  if (part.generic) return { key: genericKey(part.generic, part.product, statusCode), words: undefined, masked: [] };
  const masked = new Map<string, MaskedPart>();
  const read = (sentence: string): string => {
    const told = mask(sentenceOf(sentence));
    for (const each of told.masked) if (!masked.has(each.kind)) masked.set(each.kind, each);
    return told.text;
  };
  const result = (key: string, words: string | undefined): CleanPart => ({
    key: key.slice(0, LONGEST).trim(),
    words,
    masked: [...masked.values()],
  });
  const strong = strongCodes(part, statusCode);
  const faults = part.faults.length > 0 || strong.length > 0 ? part.faults : faultsIn(part.sentences, statusCode);
  const [fault] = faults;
  if (fault && !isOwnCode(statusCode)) {
    const told = faults.map(({ field, sentence }) =>
      `${field.toLowerCase()} ${kindOfFault(sentence) ?? plain(read(sentence))}`.trim(),
    );
    const words = faultWords(fault, read);
    return result(joined([...new Set(told)].sort().slice(0, MOST_FAULTS)), words);
  }
  const told = tellingOf(part.sentences.slice(0, MOST_READ).map(read), statusCode);
  const words = told[0]?.sentence ?? part.codes.find((code) => !/^\d/.test(code));
  if (isOwnCode(statusCode)) return result(joined(strong.filter((code) => /^\d+$/.test(code))), words);
  if (strong.length > 0) return result(joined(strong.map((code) => code.toLowerCase()).slice(0, MOST_FAULTS)), words);
  const weak = part.codes.filter((code) => !isClass(code) && !/^\d{1,3}$/.test(code));
  const key = joined(told.map(({ key: each }) => each));
  return result(key === "" ? joined([...weak, ...part.codes].map(plain)) : key, words);
}

/** `event_id: field required`; a sentence that names the field needs no more. */
function faultWords({ field, sentence }: Fault, read: (sentence: string) => string): string {
  if (sentence === "") return `${field}: not accepted`;
  const said = read(sentence).replace(/^<path> /, "");
  return said.includes(field) ? said : `${field}: ${said}`;
}

/** A page that says no more than its status is told by who made it, or how it says so. */
function genericKey(generic: readonly string[], product: string | undefined, statusCode: number | undefined): string {
  if (isOwnCode(statusCode)) return "";
  return (
    product ??
    joined(
      generic.map((text) =>
        plain(text)
          .replace(/\b[345]\d\d\b/g, "")
          .trim(),
      ),
    )
  ).slice(0, LONGEST);
}

/** One platform means one thing by a code that no standard has, in whatever form it says so. */
function isOwnCode(statusCode: number | undefined): boolean {
  return statusCode !== undefined && statusCode > 399 && STATUS_CODES[statusCode] === undefined;
}

function strongCodes({ codes, sentences }: TellingPart, statusCode: number | undefined): string[] {
  const strong = new Set<string>();
  for (const code of codes) if (isStrongCode(code, statusCode)) strong.add(code);
  for (const sentence of sentences) for (const code of codesIn(sentence, statusCode)) strong.add(code);
  strong.delete(String(statusCode));
  return [...strong];
}

interface Told {
  sentence: string;
  key: string;
}

/** The sentences that say something, without those that say it again. */
function tellingOf(sentences: readonly string[], statusCode: number | undefined): Told[] {
  const telling = sentences.filter((sentence) => !isStatusText(sentence, statusCode));
  const plainer = telling.filter((sentence) => !isVague(sentence));
  const read = (plainer.length > 0 ? plainer : telling.length > 0 ? telling : sentences).map((sentence) => ({
    sentence,
    key: plain(sentence),
  }));
  if (read.length === 1) return read;
  const told: (Told & { words: Set<string> })[] = [];
  const hasLong = read.some(({ key }) => key.split(" ", 4).length > 3);
  for (const { sentence, key } of read) {
    const words = new Set(key.split(" "));
    // A name or a place beside a sentence.
    if (hasLong && words.size < 3) continue;
    if (told.some((other) => isWithin(words, other.words) || isWithin(other.words, words))) continue;
    told.push({ sentence, key, words });
    if (told.length === MOST_TOLD) break;
  }
  return told;
}

function isWithin(words: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  if (words.size > others.size) return false;
  for (const word of words) if (!others.has(word)) return false;
  return true;
}

/** Sentences of a refusal name the field that is wrong in many ways. */
function faultsIn(sentences: readonly string[], statusCode: number | undefined): Fault[] {
  if (statusCode !== 400 && statusCode !== 422) return [];
  const faults: Fault[] = [];
  for (const sentence of sentences.slice(0, MOST_READ)) {
    const told = sentenceOf(sentence);
    if (sentence.length > 300 || kindOfFault(told) === undefined) continue;
    const field = fieldIn(told);
    if (field !== undefined) faults.push({ field, sentence });
  }
  return faults;
}

function joined(words: readonly string[]): string {
  if (words.length === 1) return words[0] ?? "";
  return [...new Set(words.filter((word) => word !== ""))].sort().join(" · ");
}

/** The same words whatever their case, the punctuation around them and what was masked in them. */
export function plain(words: string): string {
  const unmasked = words.includes("<") ? words.replace(/(?<![\w-])[\w-]{1,40}=<[a-z]+>|<[a-z]+>/g, " ") : words;
  return unmasked
    .toLowerCase()
    .replace(/[\s"'`’“”.,:;!?()[\]{}*_<>|=•·-]+/g, " ")
    .replace(/\b(?:the|this|an?|your|is|are|was|were|be) /g, "")
    .replace(/^ ?(?:(?:https?|error|status|code|[345]\d\d) ){1,4}(?=\S)/, "")
    .trim();
}
