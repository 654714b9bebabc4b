import type { Window } from "./window.ts";

export const TERM_KEYS = ["provider", "webhook", "status", "code", "event", "cause", "state"] as const;
export type TermKey = (typeof TERM_KEYS)[number];

export interface Term {
  key: TermKey;
  value: string;
  negated: boolean;
}

/** What somebody asked for. Terms of one key are alternatives, different keys narrow, negated terms exclude. */
export interface Query {
  /** Free words; each must be in the webhook's name (case is ignored). A leading - excludes. */
  words: { value: string; negated: boolean }[];
  terms: Term[];
  window: Window;
}
