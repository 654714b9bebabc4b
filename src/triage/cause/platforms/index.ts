import type { PlatformRule, When } from "./rule.ts";
import type { Seen } from "./seen.ts";

/** One way to recognise one rule. */
export interface Way {
  /** Its place in the table: the first that holds decides. */
  place: number;
  rule: PlatformRule;
  when: When;
  /** `when.headers` and `when.fields` as lists, which are faster to walk. */
  headers: readonly (readonly [name: string, part: string | true])[];
  fields: readonly (readonly [name: string, wanted: string | readonly string[] | true])[];
}

/** Finds the ways that could hold without trying them all. */
export interface PlatformIndex {
  /** By a word of what is visible. */
  byWord: ReadonlyMap<string, readonly Way[]>;
  /** By the last name of a field's path. */
  byField: ReadonlyMap<string, readonly Way[]>;
  byHeader: ReadonlyMap<string, readonly Way[]>;
  /** By a status code that nobody else uses. */
  byCode: ReadonlyMap<number, readonly Way[]>;
  /** By marks in a page's source alone. */
  byMark: readonly Way[];
  /** Any of those marks. */
  marks: RegExp;
  /** How many ways there are. */
  size: number;
}

/** Words that half of all answers hold: a rule is found by another of its words where it has one. */
const COMMON = new Set(
  (
    "the a an and or of to in on is are was be not no for this that your you it its with by from at has have error errors code request " +
    "server found message service unavailable invalid bad gateway internal forbidden unauthorized access denied page application 400 401 " +
    "403 404 405 429 500 502 503 504 timeout please try again id http post url"
  ).split(" "),
);

const WORD = /[a-z0-9]+/g;

/** The words of a text in lower case. */
export function wordsOf(lowerText: string): readonly string[] {
  return lowerText.match(WORD) ?? [];
}

/** Puts each rule under its rarest words, or else under a field, a mark or a header. */
export function indexOf(rules: readonly PlatformRule[]): PlatformIndex {
  const ways = rules.flatMap((rule) => waysOf(rule).map((when) => ({ rule, when }))).map(wayAt);
  const counts = new Map<string, number>();
  for (const { when } of ways)
    for (const phrase of phrasesOf(when))
      for (const word of wordsOf(phrase)) counts.set(word, (counts.get(word) ?? 0) + 1);

  const byWord = new Map<string, Way[]>();
  const byField = new Map<string, Way[]>();
  const byHeader = new Map<string, Way[]>();
  const byCode = new Map<number, Way[]>();
  const byMark: Way[] = [];
  for (const way of ways) {
    const { fields, raw, headers } = way.when;
    const phrases = phrasesOf(way.when);
    const [field] = Object.keys(fields ?? {});
    const [header] = Object.keys(headers ?? {}).sort((one, other) => plainness(one) - plainness(other));
    if (phrases.length > 0)
      for (const word of new Set(phrases.map((phrase) => rarest(phrase, counts)))) add(byWord, word, way);
    else if (raw) byMark.push(way);
    else if (header !== undefined && plainness(header) === 0) add(byHeader, header, way);
    else if (field !== undefined)
      add(byField, field.slice(Math.max(field.lastIndexOf("."), field.lastIndexOf("/")) + 1).toLowerCase(), way);
    else if (header !== undefined) add(byHeader, headerKey(header, headers?.[header]), way);
    else for (const code of way.when.codes ?? []) add(byCode, code, way);
  }
  const marks = byMark.flatMap(({ when }) => when.raw ?? []).map((mark) => mark.replace(/[^\w/<>-]/g, "\\$&"));
  return { byWord, byField, byHeader, byCode, byMark, marks: new RegExp(marks.join("|") || "$^"), size: ways.length };
}

function wayAt({ rule, when }: Pick<Way, "rule" | "when">, place: number): Way {
  return { place, rule, when, headers: Object.entries(when.headers ?? {}), fields: Object.entries(when.fields ?? {}) };
}

/** The phrases one of which must be visible. Of several conditions the first decides where to look. */
function phrasesOf({ is, text, fields, alsoText }: When): readonly string[] {
  if (is) return is;
  if (text) return text;
  for (const value of Object.values(fields ?? {}))
    if (value !== true) return typeof value === "string" ? [value] : value;
  return alsoText ? alsoText.slice(0, 1) : [];
}

export function waysOf({ when }: Pick<PlatformRule, "when">): readonly When[] {
  return isList(when) ? when : [when];
}

function isList(when: When | readonly When[]): when is readonly When[] {
  return Array.isArray(when);
}

function rarest(phrase: string, counts: ReadonlyMap<string, number>): string {
  const cost = (word: string) => (COMMON.has(word) ? 1_000 : 0) + (counts.get(word) ?? 0) * 10 - word.length;
  const [first = ""] = [...wordsOf(phrase)].sort((one, other) => cost(one) - cost(other));
  return first;
}

/** Nearly every answer has a server header: its ways are found by the first word of what it must hold. */
function headerKey(header: string, part: string | true | undefined): string {
  const [word] = typeof part === "string" && header === "server" ? wordsOf(part) : [];
  return word === undefined ? header : `${header} ${word}`;
}

/** Headers that every other answer has. */
function plainness(header: string): number {
  return ["server", "content-type", "via", "www-authenticate", "x-powered-by", "location"].includes(header) ? 1 : 0;
}

function add<Key>(map: Map<Key, Way[]>, key: Key, way: Way): void {
  const ways = map.get(key);
  if (ways) ways.push(way);
  else map.set(key, [way]);
}

/** The lists of ways that share a word, a field or a header with what is seen; one list may come several times. */
export function candidatesFor(seen: Seen, index: PlatformIndex): (readonly Way[])[] {
  const lists: (readonly Way[])[] = [];
  const put = (ways: readonly Way[] | undefined): void => {
    if (ways) lists.push(ways);
  };
  for (const word of wordsOf(seen.lowerText)) put(index.byWord.get(word));
  for (const { path } of seen.fields) put(index.byField.get(path.slice(path.lastIndexOf(".") + 1).toLowerCase()));
  for (const name of seen.headers.keys()) put(index.byHeader.get(name));
  if (seen.statusCode !== undefined) put(index.byCode.get(seen.statusCode));
  const server = seen.headers.get("server");
  if (server) for (const word of wordsOf(server.slice(0, 100).toLowerCase())) put(index.byHeader.get(`server ${word}`));
  if (seen.lowerRaw !== "" && index.marks.test(seen.lowerRaw)) put(index.byMark);
  return lists;
}
