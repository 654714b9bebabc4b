import type { BodyField } from "./body/read-body.ts";
import { isBeside } from "./boilerplate.ts";
import { fieldOf, kindOfFault } from "./faults.ts";
import { isName } from "./names.ts";
import { holdsFields, isEcho, roleOf } from "./telling-keys.ts";
import type { Fault, TellingPart } from "./telling-part.ts";

const MOST_READ = 80;
const MOST = 6;

/** What the fields of a JSON or XML document say of why it failed; `undefined` when there are none. */
export function tellingFields(fields: readonly BodyField[]): TellingPart | undefined {
  const told = new Told();
  for (const field of fields.slice(0, MOST_READ)) told.add(field);
  return told.part() ?? shapeOf(fields);
}

/** The entry of a list of errors that is being read. */
interface Entry {
  parent: string;
  place: string;
  words: string;
  keys: Set<string>;
}

class Told {
  readonly #codes: string[] = [];
  readonly #words: string[] = [];
  readonly #advice: string[] = [];
  readonly #faults: Fault[] = [];
  #entry: Entry = { parent: "", place: "", words: "", keys: new Set() };

  add({ path, value }: BodyField): void {
    const segments = path.split(".");
    const key = segments.pop() ?? "";
    // JSON:API puts the place a level below what is said of it.
    const parent = segments.join(".").replace(/\.source$/, "");
    const role = roleOf(key);
    const holder = segments.findIndex(holdsFields);
    const isPlace = role === "place" && parent !== "" && isName(value) && !(key === "path" && value.startsWith("/"));
    if (!isPlace && segments.some(isEcho)) return;
    if (
      holder !== -1 &&
      (role === "other" || role === "beside") &&
      kindOfFault(value) !== undefined &&
      /\s/.test(value)
    ) {
      this.#faults.push({ field: fieldOf([...segments.slice(holder + 1), key].join(".")), sentence: value });
    } else if (isPlace) {
      this.#enter(parent, key);
      // The parts of a path come one by one.
      this.#entry.place = this.#entry.place === "" ? value : `${this.#entry.place}.${value}`;
    } else if (role === "code" && isName(value)) {
      this.#enter(parent, key);
      this.#codes.push(value);
    } else if (role === "words" || role === "code") {
      if (!/[a-z\u00aa-\uffff]/i.test(value)) return;
      this.#enter(parent, key);
      if (isName(value)) this.#codes.push(value);
      else if (isBeside(value)) this.#advice.push(value);
      else if (/(?:message|msg|description|detail)s?$/i.test(key)) this.#words.unshift(value);
      else this.#words.push(value);
      if (this.#entry.words === "" || /message|msg|detail/i.test(key)) this.#entry.words = value;
    } else if (role === "advice" && /\s/.test(value)) {
      this.#advice.push(value);
    } else if (holder !== -1 && role === "other") {
      this.#faults.push({ field: fieldOf([...segments.slice(holder + 1), key].join(".")), sentence: value });
    }
  }

  part(): TellingPart | undefined {
    this.#leave();
    const words = this.#words.length > 0 ? this.#words : this.#advice;
    const [fault] = this.#faults;
    const text = fault ? `${fault.field}: ${fault.sentence}` : (words[0] ?? this.#codes[0]);
    if (text === undefined) return undefined;
    return {
      place: "body",
      codes: unique(this.#codes),
      sentences: unique(words),
      faults: this.#faults.slice(0, MOST),
      text,
    };
  }

  #enter(parent: string, key: string): void {
    const isSame = this.#entry.parent === parent && (!this.#entry.keys.has(key) || roleOf(key) === "place");
    if (!isSame) this.#leave();
    this.#entry.parent = parent;
    this.#entry.keys.add(key);
  }

  #leave(): void {
    const { place, words } = this.#entry;
    if (place !== "") this.#faults.push({ field: fieldOf(place), sentence: words });
    this.#entry = { parent: "", place: "", words: "", keys: new Set() };
  }
}

/** Without a field that says why, the names of all fields and their words are what there is. */
function shapeOf(fields: readonly BodyField[]): TellingPart | undefined {
  const told = fields.filter(({ path }) => roleOf(path.slice(path.lastIndexOf(".") + 1)) === "other").slice(0, MOST);
  const [first] = told;
  if (first === undefined) return undefined;
  if (first.path === "")
    return {
      place: "body",
      codes: [],
      sentences: unique(told.map(({ value }) => value)),
      faults: [],
      text: first.value,
    };
  const faults = told.filter(({ value }) => kindOfFault(value) !== undefined && /\s/.test(value));
  return {
    place: "body",
    codes: faults.length > 0 ? [] : unique(told.map(({ path }) => path)),
    sentences: faults.length > 0 ? [] : unique(told.map(({ value }) => value)),
    faults: faults.map(({ path, value }) => ({ field: fieldOf(path), sentence: value })),
    text: `${first.path}: ${first.value}`,
  };
}

function unique(texts: readonly string[]): string[] {
  return texts.length < 2 ? [...texts] : [...new Set(texts)].slice(0, MOST);
}
