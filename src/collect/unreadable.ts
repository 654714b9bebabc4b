import { type InvocationRef, refKey } from "../triage/model.ts";

const REMEMBERED_MS = 10 * 60_000;

/** Invocations whose attempts could not be read a few minutes ago, while the provider answered for others: asking again is no use yet. */
export interface Unreadable {
  add(ref: InvocationRef): void;
  has(ref: InvocationRef): boolean;
}

export function createUnreadable(now: () => Date): Unreadable {
  const until = new Map<string, number>();
  return {
    add(ref) {
      const nowMs = now().getTime();
      for (const [key, untilMs] of until) if (untilMs <= nowMs) until.delete(key);
      until.set(refKey(ref), nowMs + REMEMBERED_MS);
    },
    has: (ref) => (until.get(refKey(ref)) ?? Number.NEGATIVE_INFINITY) > now().getTime(),
  };
}
