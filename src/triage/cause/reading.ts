import type { CauseCategory, Sureness } from "../cause.ts";

/** Where the telling line stands. */
export type TellingPlace = "body" | "header" | "error" | "code";

/** The line of an attempt that told the cause, as it came. Text from outside. */
export interface Telling {
  place: TellingPlace;
  text: string;
}

/** Why an attempt failed, before it is known to which webhook it belongs. */
export interface Reading {
  /** Stable: of the same cause it is the same after a restart and on another webhook. Lower case, digits and dashes; 64 characters at most. */
  id: string;
  category: CauseCategory;
  /** A line that a person would say: `Cloudflare 522: your origin did not answer`. May hold masked text from outside. */
  title: string;
  /**
   * What to do, where it is more than the category's own step. `{receiver}` stands for the receiver's host, `{provider}` for who sends,
   * `{webhook}` for the webhook's name.
   */
  nextStep?: string;
  /** What makes two attempts one cause, for people: the masked words, or the platform and its code. */
  signature: string;
  sureness: Sureness;
  telling?: Telling;
  /** What was masked so that it does not split a cause, each kind once, with an example: `id: 7f3a…`. */
  masked: readonly MaskedPart[];
}

export interface MaskedPart {
  kind: string;
  example: string;
}
