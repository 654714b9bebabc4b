import { parseArgs } from "node:util";

export interface GroupingOptions {
  /** A file of JSON lines; the project's own sample without one. */
  corpus?: string;
  /** The share of groups that is counted apart. */
  holdout?: number;
  /** Whether mistakes are listed one by one. */
  errors: boolean;
  json: boolean;
}

/** The options make no sense; the message shows ones that do. */
export class UsageFault extends Error {}

const USAGE = "npm run bench -- grouping [--corpus FILE] [--holdout SHARE] [--errors] [--json]";

/** @throws UsageFault */
export function readOptions(args: readonly string[]): GroupingOptions {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        corpus: { type: "string" },
        holdout: { type: "string" },
        errors: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
      },
    });
    const { corpus, holdout, errors, json } = values;
    return {
      errors,
      json,
      ...(corpus === undefined ? {} : { corpus }),
      ...(holdout === undefined ? {} : { holdout: shareOf(holdout) }),
    };
  } catch (error) {
    throw new UsageFault(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  }
}

function shareOf(text: string): number {
  const share = Number(text);
  if (share > 0 && share < 1) return share;
  throw new RangeError(`--holdout takes a share between 0 and 1, such as 0.5, not ${JSON.stringify(text)}.`);
}
