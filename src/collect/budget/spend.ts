import {
  asOf,
  BUCKET_LIFE_MS,
  BUCKET_MS,
  type BudgetState,
  countAt,
  HIGHEST_LIMIT,
  isPausedAt,
  MINUTE_MS,
  withSpent,
} from "./budget-state.ts";

/** How many permits, of those that people wait for and of the others. */
export interface Permits {
  waiting: number;
  background: number;
}

export interface Spent {
  state: BudgetState;
  granted: Permits;
  /** When to try again: the first moment at which one of those that were not granted may be. Absent where all were. */
  retryAtMs?: number;
}

/** Of the limit, kept for people who may come. */
const KEPT_FOR_PEOPLE = 0.2;
/** Of the limit, for background work also where people ask without end. */
const DUE_TO_BACKGROUND = 0.1;
/** Background work gets one permit at least so often, however low the limit. */
const LONGEST_WITHOUT_BACKGROUND_MS = 3 * MINUTE_MS;
/** Background work is spread: it gets no more than its share of so much time at once. */
const SPREAD_MS = 5_000;
/** How a limit that is found by trying goes up while nothing was ever refused: there may be none. */
const QUICK_STEP = { added: 300, everyMs: 5_000 } as const;
/** How it goes up once something was refused: there is one. */
const SLOW_STEP = { added: 10, everyMs: MINUTE_MS } as const;
/** Of a low limit a slow step adds this share at the most: what it adds may be refused. */
const MOST_ADDED = 0.1;
/** Spread as it is, background work does not come much further: where less of the limit was used, more of it would say nothing. */
const WELL_USED = 0.65;
/** More than this share of the limit within the time of a quick step is a burst. */
const BURST = 0.25;
/** An asker that is late by more is gone. */
const GRACE_MS = 5_000;

/**
 * Takes permits for an asker that has so many reads waiting, and remembers how many it has to wait for. At most the limit is granted
 * in any minute; people come first; background work leaves a fifth of the limit to people who may come, and is due a tenth of it where
 * both wait.
 */
export function spend(before: BudgetState, asker: string, wanted: Permits, nowMs: number): Spent {
  const current = raised(asOf(before, nowMs), wanted, nowMs);
  const granted = grantable(current, asker, wanted, nowMs);
  const left = { waiting: wanted.waiting - granted.waiting, background: wanted.background - granted.background };
  const paid = granted.waiting + granted.background === 0 ? current : withSpent(current, nowMs, granted);
  const spent = granted.background > 0 ? { ...paid, lastBackgroundAtMs: nowMs } : paid;
  const { [asker]: _, ...queues } = spent.queues;
  if (left.waiting + left.background === 0) return { state: { ...spent, queues }, granted };
  const retryAtMs = firstChance({ ...spent, queues }, asker, left, nowMs);
  const queue = { ...left, untilMs: retryAtMs + GRACE_MS };
  return { state: { ...spent, queues: { ...queues, [asker]: queue } }, granted, retryAtMs };
}

/** How many permits of one urgency an asker would get at that moment. */
export function spareAt(state: BudgetState, asker: string, urgency: keyof Permits, nowMs: number): number {
  const wanted = { waiting: 0, background: 0, [urgency]: HIGHEST_LIMIT };
  return grantable(asOf(state, nowMs), asker, wanted, nowMs)[urgency];
}

/** Looks at the state as it would be at that moment if nobody took anything until then. */
function grantable(state: BudgetState, asker: string, wanted: Permits, atMs: number): Permits {
  if (isPausedAt(state, atMs)) return { waiting: 0, background: 0 };
  const others = queuedByOthers(state, asker, atMs);
  const room = Math.max(0, state.limit - countAt(state, atMs).all);
  const due = dueToBackground(state, atMs);
  const kept = Math.min(due, wanted.background + others.background);
  const waiting = Math.min(wanted.waiting, Math.max(0, room - kept));
  const arePeopleLeft = wanted.waiting - waiting + others.waiting > 0;
  const free = arePeopleLeft ? 0 : room - waiting - keptForPeople(state);
  const background = Math.min(wanted.background, room - waiting, Math.max(due, free), spreadRoom(state, atMs));
  return { waiting, background: Math.max(0, background) };
}

function queuedByOthers({ queues }: BudgetState, asker: string, atMs: number): Permits {
  const total = { waiting: 0, background: 0 };
  for (const [id, { waiting, background, untilMs }] of Object.entries(queues)) {
    if (id === asker || untilMs <= atMs) continue;
    total.waiting += waiting;
    total.background += background;
  }
  return total;
}

function dueToBackground(state: BudgetState, atMs: number): number {
  if (state.limit >= 1 / DUE_TO_BACKGROUND)
    return Math.max(0, Math.ceil(state.limit * DUE_TO_BACKGROUND) - countAt(state, atMs).background);
  return state.lastBackgroundAtMs + dueEveryMs(state) <= atMs ? 1 : 0;
}

/** Where a tenth of the limit is less than one: whole minutes, as that is how often one of a low limit is to be had. */
function dueEveryMs({ limit }: BudgetState): number {
  const minutes = Math.max(1, Math.floor(1 / (limit * DUE_TO_BACKGROUND)));
  return Math.min(LONGEST_WITHOUT_BACKGROUND_MS, minutes * MINUTE_MS);
}

/** Nothing under a limit of 5, or background work would never come to its turn. */
function keptForPeople({ limit }: BudgetState): number {
  return Math.floor(limit * KEPT_FOR_PEOPLE);
}

function spreadRoom(state: BudgetState, atMs: number): number {
  const share = state.limit - keptForPeople(state);
  return Math.ceil((share * SPREAD_MS) / MINUTE_MS) - countAt(state, atMs, SPREAD_MS + BUCKET_MS).background;
}

/**
 * Where the limit is not told, it goes up while nothing but it slows us: for people quickly as long as nothing was ever refused, and
 * otherwise slowly.
 */
function raised(state: BudgetState, wanted: Permits, nowMs: number): BudgetState {
  if (state.isLimitTold || isPausedAt(state, nowMs)) return state;
  const room = state.limit - countAt(state, nowMs).all;
  const arePeopleSlowed = room < wanted.waiting;
  const backgroundRoom = Math.max(0, Math.min(room - keptForPeople(state), spreadRoom(state, nowMs)));
  const isBackgroundSlowed = wanted.background > backgroundRoom && room <= state.limit * (1 - WELL_USED);
  if (!arePeopleSlowed && !isBackgroundSlowed) return state;
  const isQuick = arePeopleSlowed && !state.wasRefused;
  if (isQuick && isBurst(state, room, nowMs)) return state;
  const { added, everyMs } = isQuick ? QUICK_STEP : slowStep(state);
  if (nowMs - state.limitChangedAtMs < everyMs) return state;
  return { ...state, limit: Math.min(state.limit + added, HIGHEST_LIMIT), limitChangedAtMs: nowMs };
}

/** No step on top of a burst, which may be about to be refused. */
function isBurst(state: BudgetState, room: number, nowMs: number): boolean {
  return countAt(state, nowMs, QUICK_STEP.everyMs).all + Math.max(0, room) > state.limit * BURST;
}

function slowStep({ limit }: BudgetState): { added: number; everyMs: number } {
  const most = Math.max(1, Math.floor(limit * MOST_ADDED));
  return { ...SLOW_STEP, added: Math.min(SLOW_STEP.added, most) };
}

/** The first moment at which something of `left` can be had. */
function firstChance(state: BudgetState, asker: string, left: Permits, nowMs: number): number {
  const moments = [
    state.pause?.untilMs ?? 0,
    state.lastBackgroundAtMs + dueEveryMs(state),
    state.limitChangedAtMs + QUICK_STEP.everyMs,
    ...state.spent.flatMap(([atMs]) => [atMs + BUCKET_LIFE_MS, atMs + SPREAD_MS + BUCKET_MS]),
    ...Object.values(state.queues).map(({ untilMs }) => untilMs),
  ];
  const toCome = moments.filter((atMs) => atMs > nowMs).sort((a, b) => a - b);
  const first = toCome.find((atMs) => {
    const { waiting, background } = grantable(raised(state, left, atMs), asker, left, atMs);
    return waiting + background > 0;
  });
  return first ?? nowMs + MINUTE_MS;
}
