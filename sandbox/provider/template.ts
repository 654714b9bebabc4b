import { mix, type Random, randomFrom } from "./random.ts";
import { uuidOf } from "./uuid.ts";

/** What a text's volatile parts are filled from. */
export interface Filling {
  seed: number;
  at: Date;
  endpoint: string;
  values?: Readonly<Record<string, string>>;
}

/**
 * Fills `{{kind}}` and `{{kind:argument}}`. The same placeholder gets the same value throughout one filling, so that a request id
 * in a header is the one in the body; `@label` at its end tells two of a kind apart.
 */
export function fillerOf(filling: Filling): (template: string) => string {
  const random = randomFrom(filling.seed);
  const known = new Map<string, string>();
  function fillOne(placeholder: string): string {
    const value = known.get(placeholder) ?? makeValue(placeholder.replace(/@.*$/, ""), random, filling);
    known.set(placeholder, value);
    return value;
  }
  return (template) => template.replace(/\{\{([^}]+)\}\}/g, (_, placeholder: string) => fillOne(placeholder));
}

const HEX = "0123456789abcdef";
const ALNUM = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const FIRST_NAMES = ["ada", "bruno", "chidi", "dana", "emeka", "fatima", "grace", "hiro", "ines", "jonas"];
const LAST_NAMES = ["abara", "berg", "castillo", "dietrich", "eze", "fontaine", "garcia", "haddad", "ito", "jansen"];

function makeValue(placeholder: string, random: Random, filling: Filling): string {
  const [kind = "", argument = ""] = placeholder.split(/:(.*)/s);
  const given = filling.values?.[kind];
  if (given !== undefined) return given;
  const maker = MAKERS[kind];
  if (!maker) throw new Error(`no such placeholder: {{${placeholder}}}`);
  return maker(argument, random, filling);
}

const MAKERS: Readonly<Record<string, (argument: string, random: Random, filling: Filling) => string>> = {
  hex: (length, random) => random.text(HEX, Number(length)),
  alnum: (length, random) => random.text(ALNUM, Number(length)),
  digits: (length, random) => random.text("0123456789", Number(length)),
  uuid: (_, random) => uuidOf(mix(random.int(0, 0xffffffff), 0)),
  int: (range, random) => {
    const [min = 0, max = 9] = range.split("-").map(Number);
    return String(random.int(min, max));
  },
  pick: (choices, random) => random.pick(choices.split("|")),
  ip: (_, random) => `10.${random.int(0, 255)}.${random.int(0, 255)}.${random.int(1, 254)}`,
  email: (_, random) => `${random.pick(FIRST_NAMES)}.${random.pick(LAST_NAMES)}@customer-${random.int(10, 99)}.example`,
  jwt: (_, random) => `eyJhbGciOiJub25lIiwiZmFrZSI6dHJ1ZX0.${random.text(ALNUM, 40)}.${random.text(ALNUM, 43)}`,
  iso: (shift, _, { at }) => new Date(at.getTime() + Number(shift) * 1000).toISOString(),
  unix: (shift, _, { at }) => String(Math.floor(at.getTime() / 1000) + Number(shift)),
  httpDate: (_, __, { at }) => at.toUTCString(),
  logDate: (_, __, { at }) => at.toISOString().replace("T", " ").slice(0, 19),
  host: (_, __, { endpoint }) => new URL(endpoint).host,
  path: (_, __, { endpoint }) => new URL(endpoint).pathname,
  endpoint: (_, __, { endpoint }) => endpoint,
};
