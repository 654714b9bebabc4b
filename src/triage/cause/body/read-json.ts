import type { BodyField, BodyLine, BodyReading } from "./read-body.ts";
import { readCutJson } from "./read-cut-json.ts";

const MOST_FIELDS = 200;
const LONGEST_VALUE = 600;
const LONGEST_INNER = 8_000;
const DEEPEST = 12;
/** Deeper nesting is no answer of a receiver, and costs JSON.parse its stack. */
const MOST_OPEN = 2_000;

/** The leaves of a JSON document, or of what a cut one still has; `undefined` for what only begins like JSON. */
export function readJson(text: string, isCut: boolean): Pick<BodyReading, "kind" | "fields" | "lines"> | undefined {
  if (!isCut && !text.startsWith("[".repeat(MOST_OPEN))) {
    try {
      const value: unknown = JSON.parse(text);
      if (typeof value === "string") return { kind: "text", fields: [], lines: [lineOf(value)] };
      return { kind: "json", fields: leavesOf(value), lines: [] };
    } catch {
      // Cut short by whoever logged it, or not quite JSON.
    }
  }
  const fields = readCutJson(text, MOST_FIELDS, LONGEST_VALUE);
  return fields.length > 0 ? { kind: "json", fields, lines: [] } : undefined;
}

function leavesOf(root: unknown): BodyField[] {
  const fields: BodyField[] = [];
  const visit = (value: unknown, path: string, depth: number): void => {
    if (fields.length >= MOST_FIELDS || depth > DEEPEST) return;
    if (Array.isArray(value)) {
      for (const item of value.slice(0, MOST_FIELDS)) visit(item, path, depth + 1);
    } else if (typeof value === "object" && value !== null) {
      for (const [key, item] of Object.entries(value)) {
        visit(item, path === "" ? key.slice(0, 80) : `${path}.${key.slice(0, 80)}`, depth + 1);
        if (fields.length >= MOST_FIELDS) return;
      }
    } else if (typeof value === "string") {
      const inner = innerOf(value);
      if (inner === undefined) addLeaf(path, value);
      else visit(inner, path, depth + 1);
    } else if (value !== null && value !== undefined) addLeaf(path, String(value));
  };
  const addLeaf = (path: string, value: string): void => {
    const told = value.slice(0, LONGEST_VALUE).replace(/\s+/g, " ").trim();
    if (told !== "") fields.push({ path, value: told });
  };
  visit(root, "", 0);
  return fields;
}

/** The answer of a service further on, as a string within the receiver's own. */
function innerOf(value: string): unknown {
  if (!/^(?:\{"|\[\{)/.test(value) || value.length > LONGEST_INNER) return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

function lineOf(text: string): BodyLine {
  return { text: text.slice(0, LONGEST_VALUE).replace(/\s+/g, " ").trim(), isHeading: false };
}
