import { z } from "zod";

/**
 * What one account of a provider was sent in the last minute, by all replicas together, and what it said of its limit. JSON-able: it
 * lives in the store. All times are milliseconds since 1970, by the clocks of the replicas, which have to agree within about a second.
 */
export interface BudgetState {
  /** Requests a minute. */
  limit: number;
  /** By the provider, lately; otherwise the limit is found by trying. */
  isLimitTold: boolean;
  /** When it was told last, give or take a minute. */
  limitToldAtMs?: number | undefined;
  /** When a limit that is not told was changed last. */
  limitChangedAtMs: number;
  /** At any time: a limit that is not told goes up slowly from then on. */
  wasRefused?: boolean | undefined;
  spent: readonly Bucket[];
  /** May be older than all buckets. */
  lastBackgroundAtMs: number;
  /** The provider wants to be left alone. */
  pause?: { fromMs: number; untilMs: number } | undefined;
  /** Pauses in a row, without an accepted request between them. */
  refusals: number;
  /** Who is waiting for permits, by the asker's id. */
  queues: Readonly<Record<string, Queue>>;
}

/** Requests of half a second: its start, those for people, those in the background, and those that others made with the account. */
export type Bucket = readonly [atMs: number, waiting: number, background: number, others: number];

/** As of an asker's latest try. Counts for nothing after `untilMs`, by when a living asker has tried again. */
export interface Queue {
  waiting: number;
  background: number;
  untilMs: number;
}

export const MINUTE_MS = 60_000;
export const BUCKET_MS = 500;
/** A bucket counts until its last request is a minute old. */
export const BUCKET_LIFE_MS = MINUTE_MS + BUCKET_MS;
/** Whatever the provider asks for: by then its mind or its clock may have changed. */
export const LONGEST_PAUSE_MS = 15 * MINUTE_MS;
/** Where the provider tells none: from here it goes up while nothing is refused, and is halved at a refusal. */
export const FIRST_LIMIT = 1_200;
/** No account of Zendesk's may send more, https://developer.zendesk.com/api-reference/introduction/rate-limits/. */
export const HIGHEST_LIMIT = 100_000;
const LONGEST_QUEUE_MS = LONGEST_PAUSE_MS + MINUTE_MS;

export const FRESH: BudgetState = {
  limit: FIRST_LIMIT,
  isLimitTold: false,
  limitChangedAtMs: 0,
  spent: [],
  lastBackgroundAtMs: 0,
  refusals: 0,
  queues: {},
};

const count = z.int().nonnegative();
const STATE = z.object({
  limit: z.int().min(1).max(HIGHEST_LIMIT),
  isLimitTold: z.boolean(),
  limitToldAtMs: count.optional(),
  limitChangedAtMs: count,
  wasRefused: z.boolean().optional(),
  spent: z.array(z.tuple([count, count, count, count])),
  lastBackgroundAtMs: count,
  pause: z.object({ fromMs: count, untilMs: count }).optional(),
  refusals: count,
  queues: z.record(z.string(), z.object({ waiting: count, background: count, untilMs: count })),
});

/** From the store. What another version wrote and this one cannot read begins anew. */
export function readBudgetState(stored: unknown): BudgetState {
  const read = STATE.safeParse(stored);
  return read.success ? read.data : FRESH;
}

/**
 * The state at a moment: without what has passed. What bears a time to come was written by a clock that went wrong, or by ours before
 * it was put back: it counts as of now, so that nothing waits for that time.
 */
export function asOf(state: BudgetState, nowMs: number): BudgetState {
  const live = Object.entries(state.queues).filter(([, { untilMs }]) => untilMs > nowMs);
  const queues = Object.fromEntries(
    live.map(([asker, queue]) => [asker, { ...queue, untilMs: Math.min(queue.untilMs, nowMs + LONGEST_QUEUE_MS) }]),
  );
  return {
    ...state,
    limitChangedAtMs: Math.min(state.limitChangedAtMs, nowMs),
    ...(state.limitToldAtMs !== undefined && { limitToldAtMs: Math.min(state.limitToldAtMs, nowMs) }),
    spent: spentAsOf(state.spent, nowMs),
    lastBackgroundAtMs: Math.min(state.lastBackgroundAtMs, nowMs),
    pause: pauseAsOf(state.pause, nowMs),
    queues,
  };
}

/** Adds requests to the bucket of that time. */
export function withSpent(
  state: BudgetState,
  atMs: number,
  added: { waiting?: number; background?: number; others?: number },
): BudgetState {
  const { waiting = 0, background = 0, others = 0 } = added;
  return { ...state, spent: merged([...state.spent, [bucketOf(atMs), waiting, background, others]]) };
}

/** Requests that still count at a moment. */
export function countAt({ spent }: BudgetState, atMs: number, lifeMs = BUCKET_LIFE_MS) {
  const total = { all: 0, waiting: 0, background: 0, others: 0 };
  for (const [bucketMs, waiting, background, others] of spent) {
    if (bucketMs + lifeMs <= atMs || bucketMs > atMs) continue;
    total.all += waiting + background + others;
    total.waiting += waiting;
    total.background += background;
    total.others += others;
  }
  return total;
}

export function isPausedAt({ pause }: BudgetState, atMs: number): boolean {
  return pause !== undefined && atMs < pause.untilMs;
}

function bucketOf(atMs: number): number {
  return Math.floor(atMs / BUCKET_MS) * BUCKET_MS;
}

function spentAsOf(spent: readonly Bucket[], nowMs: number): readonly Bucket[] {
  const kept = spent.filter(([atMs]) => atMs + BUCKET_LIFE_MS > nowMs);
  if (kept.every(([atMs]) => atMs <= nowMs)) return kept;
  return merged(kept.map(([atMs, ...counts]): Bucket => [Math.min(atMs, bucketOf(nowMs)), ...counts]));
}

/** One bucket for each half second, oldest first. */
function merged(buckets: readonly Bucket[]): Bucket[] {
  const byTime = new Map<number, Bucket>();
  for (const [atMs, waiting, background, others] of buckets) {
    const [, a, b, c] = byTime.get(atMs) ?? [atMs, 0, 0, 0];
    byTime.set(atMs, [atMs, a + waiting, b + background, c + others]);
  }
  return [...byTime.values()].sort(([a], [b]) => a - b);
}

function pauseAsOf(pause: BudgetState["pause"], nowMs: number): BudgetState["pause"] {
  if (!pause || pause.untilMs <= nowMs) return undefined;
  if (pause.fromMs <= nowMs && pause.untilMs <= nowMs + LONGEST_PAUSE_MS) return pause;
  const lengthMs = Math.min(pause.untilMs - pause.fromMs, LONGEST_PAUSE_MS);
  const untilMs = nowMs + lengthMs;
  return lengthMs > 0 ? { fromMs: nowMs, untilMs } : undefined;
}
