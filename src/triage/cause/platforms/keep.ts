import { mask } from "../mask.ts";
import type { Keeper } from "./rule.ts";
import { isNamed } from "./seen.ts";

/** The groups that a pattern finds in the visible text. Patterns are linear. */
export function matched(pattern: RegExp): Keeper {
  return ({ text }) => {
    const found = pattern.exec(text);
    return found ? found.slice(1).filter((group) => group !== undefined) : undefined;
  };
}

/** The groups that a pattern finds in the value of a header. */
export function matchedInHeader(name: string, pattern: RegExp): Keeper {
  return ({ headers }) => {
    const found = pattern.exec(headers.get(name)?.slice(0, 300) ?? "");
    return found ? found.slice(1).filter((group) => group !== undefined) : undefined;
  };
}

/** The status code. */
export const statusCode: Keeper = ({ statusCode }) => (statusCode === undefined ? undefined : [String(statusCode)]);

/** The first value of each of these fields that is there. */
export function valuesOf(...names: readonly string[]): Keeper {
  return ({ fields }) => {
    // Two names may lead to one field.
    const found = new Set(names.flatMap((name) => fields.find((field) => isNamed(field, name)) ?? []));
    return found.size > 0 ? [...found].map(({ value }) => value) : undefined;
  };
}

/** The first of these fields that is there, its ids, times and numbers masked. */
export function messageOf(...names: readonly string[]): Keeper {
  return ({ fields, lines }) => {
    for (const name of names) {
      const field = fields.find((candidate) => isNamed(candidate, name));
      if (field) return [masked(field.value)];
    }
    // The message stands alone, after the name of an exception maybe.
    const [line] = lines;
    return fields.length === 0 && line !== undefined
      ? [masked(line.slice(line.lastIndexOf(": ") + 1).trim())]
      : undefined;
  };
}

/** What each of several keepers finds; all must. */
export function all(...keepers: readonly Keeper[]): Keeper {
  return (seen) => {
    const kept: string[] = [];
    for (const keeper of keepers) {
      const found = keeper(seen);
      if (!found) return undefined;
      kept.push(...found);
    }
    return kept;
  };
}

/** What the first keeper that finds something finds. */
export function firstOf(...keepers: readonly Keeper[]): Keeper {
  return (seen) => {
    for (const keeper of keepers) {
      const found = keeper(seen);
      if (found) return found;
    }
    return undefined;
  };
}

/** What is found, if anything is. */
export function maybe(keeper: Keeper): Keeper {
  return (seen) => keeper(seen) ?? [];
}

/** A status code and the message that comes with it. */
export function codeAndMessage(...names: readonly string[]): Keeper {
  return all(statusCode, messageOf(...names));
}

const MOST_FAULTS = 4;

/** What an entry of a list of faults is made of. */
const OF_AN_ENTRY = new Set("code resource field message msg param location type path detail value".split(" "));

/** `{"errors": {"email": ["is required"]}}`: the names under an object and what is said of each. Nothing else may stand in it. */
export function faultsUnder(parent: string): Keeper {
  return ({ fields }) => {
    const faults: string[] = [];
    const members = new Set<string>();
    for (const { path, value } of fields) {
      const at = path.toLowerCase().indexOf(`${parent}.`);
      if (at !== 0 && (at < 0 || path[at - 1] !== ".")) continue;
      const name = path.slice(at + parent.length + 1);
      if (OF_AN_ENTRY.has(name)) members.add(name);
      faults.push(`${name}: ${masked(value)}`);
    }
    // A list of objects that tell of a fault each: its names are not those of fields.
    if (members.size > 1) return undefined;
    return distinct(faults);
  };
}

/** A document that is nothing but names and what is said of each: `{"email": ["This field is required."]}`. */
export const faultsAtRoot: Keeper = ({ fields }) =>
  distinct(fields.map(({ path, value }) => `${path}: ${masked(value)}`));

/** The values of these fields, wherever they stand in a list of faults: names of fields and of what is wrong with them. */
export function faultsIn(...names: readonly string[]): Keeper {
  return ({ fields }) =>
    distinct(
      fields.filter((field) => names.some((name) => isNamed(field, name))).map(({ value }) => value.slice(0, 80)),
    );
}

/** A sentence without its ids, times and numbers. */
export function masked(value: string): string {
  return mask(value.slice(0, 200)).text;
}

export function distinct(faults: readonly string[]): string[] | undefined {
  if (faults.length === 0) return undefined;
  return [...new Set(faults)].sort().slice(0, MOST_FAULTS);
}
