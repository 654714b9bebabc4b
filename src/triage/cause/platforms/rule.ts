import type { CauseCategory } from "../../cause.ts";
import type { Seen } from "./seen.ts";

/**
 * What a platform is known to say of one cause. Of the rest of a family the category is `as said`: it follows from code and words.
 * The title is a line that a person would say, the step what to do. In both `{code}`
 * stands for the status code and `{1}` for what was kept; in the step `{receiver}`, `{provider}` and `{webhook}` are filled in later.
 */
export type Told = readonly [category: CauseCategory | "as said", title: string, nextStep: string];

/** By what one of a platform's answers is recognised: everything that is named must hold. All texts are in lower case. */
export interface When {
  /** The status codes it comes with; any when absent. */
  codes?: readonly number[];
  kind?: "html" | "json" | "xml" | "text" | "none";
  /** Response headers by name: a part of the value, or `true` for any value. */
  headers?: Readonly<Record<string, string | true>>;
  /** Headers that others send. */
  notHeaders?: readonly string[];
  /** One of these is all that is visible. */
  is?: readonly string[];
  /** One of these is in what is visible. Begins and ends with whole words. */
  text?: readonly string[];
  /** All of these are there too. */
  alsoText?: readonly string[];
  notText?: readonly string[];
  /** One of these is in the body as it came: marks that nobody sees. */
  raw?: readonly string[];
  /** Fields of a JSON or XML body by the end of their path, or by `/` and all of it: the whole value, one of several, or `true` for any. */
  fields?: Readonly<Record<string, string | readonly string[] | true>>;
}

/** Finds what distinguishes two causes of one rule; `undefined` when the rule does not hold after all. */
export type Keeper = (seen: Seen) => readonly string[] | undefined;

/** A row of the table: one answer of a platform, or a family of them that `keep` tells apart. */
export interface PlatformRow {
  /** The beginning of the cause's id: `cloudflare`. What `keep` finds follows it: `cloudflare-522`. */
  id: string;
  /** Any of several. */
  when: When | readonly When[];
  keep?: Keeper;
  /** What is known of some of the family, by what was kept, as it stands in the id. */
  known?: Readonly<Record<string, Told>>;
  /** What is said of it, or of the rest of the family. */
  told: Told;
  /** Where this row is documented, where the platform's own source is not enough. */
  source?: string;
}

export interface PlatformRule extends PlatformRow {
  /** Who answered, as people call it: `Cloudflare`. */
  emitter: string;
  /** Where its answers are documented, or the code that makes them. */
  source: string;
}

/** The rows of one platform. */
export function platform(emitter: string, source: string, rows: readonly PlatformRow[]): PlatformRule[] {
  return rows.map((row) => ({ source, ...row, emitter }));
}
