import type { Surface } from "./limits.ts";

/** One reason for Slack to refuse a payload. */
export interface BlockFault {
  /** Slack's error code: `invalid_blocks`, `msg_blocks_too_long`, `only_one_table_allowed`, … */
  error: string;
  /** JSON pointer to the place, as in Slack's `[json-pointer:/blocks/0/text]`. */
  pointer: string;
  message: string;
}

/** Where a value stands, and where its faults go. */
export interface Place {
  pointer: string;
  surface: Surface;
  /** The code that a broken rule answers with on this surface. */
  error: string;
  faults: BlockFault[];
}

/** Looks at one value and notes what Slack would refuse. */
export type Rule = (value: unknown, place: Place) => void;

export type Fields = Readonly<Record<string, Rule>>;

export function refuse(place: Place, message: string, error = place.error): void {
  place.faults.push({ error, pointer: place.pointer, message });
}

/** The place one step further down; `/` and `~` in keys are escaped as RFC 6901 says. */
export function inside(place: Place, key: string | number): Place {
  const step = String(key).replaceAll("~", "~0").replaceAll("/", "~1");
  return { ...place, pointer: `${place.pointer}/${step}` };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Text of a length within bounds; both bounds are inclusive. */
export function string(max = Number.POSITIVE_INFINITY, min = 1): Rule {
  return (value, place) => {
    if (typeof value !== "string") return refuse(place, "must be a string");
    if (value.length < min) refuse(place, `must be more than ${min - 1} characters`);
    if (value.length > max) refuse(place, `must be less than ${max + 1} characters`);
  };
}

export function integer(min: number, max: number): Rule {
  return (value, place) => {
    if (typeof value !== "number" || !Number.isInteger(value)) return refuse(place, "must be an integer");
    if (value < min) refuse(place, `must be more than ${min - 1}`);
    if (value > max) refuse(place, `must be less than ${max + 1}`);
  };
}

export function number(value: unknown, place: Place): void {
  if (typeof value !== "number" || !Number.isFinite(value)) refuse(place, "must be a number");
}

export function boolean(value: unknown, place: Place): void {
  if (typeof value !== "boolean") refuse(place, "must be a boolean");
}

export function oneOf(...allowed: readonly (string | number)[]): Rule {
  return (value, place) => {
    if (!allowed.some((candidate) => candidate === value)) {
      refuse(place, `must be a valid enum value (${allowed.join(", ")})`);
    }
  };
}

export function matching(pattern: RegExp, what: string): Rule {
  return (value, place) => {
    if (typeof value !== "string" || !pattern.test(value)) refuse(place, `must be ${what}`);
  };
}

/** A list of values under one rule; both bounds are inclusive. */
export function list(rule: Rule, max = Number.POSITIVE_INFINITY, min = 1): Rule {
  return (value, place) => {
    if (!Array.isArray(value)) return refuse(place, "must be an array");
    if (value.length < min) refuse(place, `no fewer than ${min} items allowed`);
    if (value.length > max) refuse(place, `no more than ${max} items allowed`);
    for (const [index, item] of value.entries()) rule(item, inside(place, index));
  };
}

/** An object that has every required field, none but the named ones, and whose fields keep their rules. */
export function object(required: Fields, optional: Fields = {}, ...more: readonly Rule[]): Rule {
  return (value, place) => {
    if (!isRecord(value)) return refuse(place, "must provide an object");
    for (const key of Object.keys(required)) {
      if (value[key] === undefined) refuse(place, `missing required field: ${key}`);
    }
    for (const [key, field] of Object.entries(value)) {
      if (field === undefined) continue;
      const rule = ruleFor(required, key) ?? ruleFor(optional, key);
      if (rule === undefined) refuse(place, `invalid additional property: ${key}`);
      else rule(field, inside(place, key));
    }
    for (const rule of more) rule(value, place);
  };
}

/** Picks the rule by the value's `type`. */
export function byType(rules: Fields, what: string): Rule {
  return (value, place) => {
    if (!isRecord(value)) return refuse(place, "must provide an object");
    if (value.type === undefined) return refuse(place, "missing required field: type");
    const rule = typeof value.type === "string" ? ruleFor(rules, value.type) : undefined;
    if (rule === undefined) return refuse(place, `unsupported type of ${what}: ${String(value.type)}`);
    rule(value, place);
  };
}

export function nullable(rule: Rule): Rule {
  return (value, place) => {
    if (value !== null) rule(value, place);
  };
}

/** Takes anything: for fields that other rules look at, `type` first of all. */
export function anything(): void {}

/** At least one of the fields must be there. */
export function needsOneOf(...keys: readonly string[]): Rule {
  return (value, place) => {
    if (!isRecord(value) || keys.some((key) => value[key] !== undefined)) return;
    refuse(place, `must define one of: ${keys.join(", ")}`);
  };
}

/** Exactly one of the fields must be there. */
export function needsExactlyOneOf(...keys: readonly string[]): Rule {
  return (value, place) => {
    if (!isRecord(value)) return;
    if (keys.filter((key) => value[key] !== undefined).length !== 1) {
      refuse(place, `must define exactly one of: ${keys.join(", ")}`);
    }
  };
}

export function notBoth(one: string, other: string): Rule {
  return (value, place) => {
    if (!isRecord(value)) return;
    if (value[one] !== undefined && value[other] !== undefined) refuse(place, `cannot have both ${one} and ${other}`);
  };
}

function ruleFor(fields: Fields, key: string): Rule | undefined {
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}
