import type { ExecutionRow } from "./schema.ts";
import { LONGEST_CALLBACK_MS } from "./state.ts";

/** How far back a list of runs has come, as far as its order tells. No order is documented, so it has to be seen. */
export interface RunOrder {
  see(row: ExecutionRow): void;
  /** Runs that ended from then on were all seen; infinite where the list is not seen to be newest first. */
  readonly reachedMs: number;
}

interface Order {
  timeOf(row: ExecutionRow): Date | undefined;
  /** How much later than this time a run may have ended. */
  marginMs: number;
  lastMs: number;
  hasFallen: boolean;
  isBroken: boolean;
}

/** Rows of one moment may change places. */
const JITTER_MS = 60_000;

export function createRunOrder(): RunOrder {
  const begun = { lastMs: Number.POSITIVE_INFINITY, hasFallen: false, isBroken: false };
  const orders: Order[] = [
    { ...begun, timeOf: endOf, marginMs: 0 },
    // A run whose webhook is waited for lasts as long as that may take.
    { ...begun, timeOf: ({ createdAt }) => createdAt, marginMs: LONGEST_CALLBACK_MS },
  ];
  return {
    see(row) {
      for (const order of orders) {
        const atMs = order.timeOf(row)?.getTime();
        if (atMs === undefined) continue;
        order.isBroken ||= atMs > order.lastMs + JITTER_MS;
        order.hasFallen ||= Number.isFinite(order.lastMs) && atMs < order.lastMs - JITTER_MS;
        order.lastMs = Math.min(order.lastMs, atMs);
      }
    },
    get reachedMs() {
      const seen = orders.filter(({ hasFallen, isBroken }) => hasFallen && !isBroken);
      if (seen.length === 0) return Number.POSITIVE_INFINITY;
      // Runs that are short keep both orders, and any may be the one that is meant.
      return Math.max(...seen.map(({ lastMs, marginMs }) => lastMs + marginMs));
    },
  };
}

/** When a run ended, or else the last that is known of it. */
export function endOf({ completedAt, updatedAt, createdAt }: ExecutionRow): Date | undefined {
  return completedAt ?? updatedAt ?? createdAt;
}
