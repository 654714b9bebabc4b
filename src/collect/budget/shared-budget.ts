import { randomUUID } from "node:crypto";
import type { Log } from "../../ops/log.ts";
import { type Budget, PausedError, type RateNews } from "../../providers/budget.ts";
import type { Clock } from "../../providers/clock.ts";
import { currentUrgency, type Urgency, urgencyOfWork } from "../../providers/urgency.ts";
import { changeBudget } from "../../store/budgets.ts";
import type { Store } from "../../store/database.ts";
import { asOf, type BudgetState, FRESH, readBudgetState } from "./budget-state.ts";
import { learn } from "./learn.ts";
import { type Permits, spareAt, spend } from "./spend.ts";

export interface BudgetParts {
  /** Or a promise of it, for budgets of providers that are made before their store is open. */
  store: Pick<Store, "db"> | Promise<Pick<Store, "db">>;
  /** The provider's id. */
  provider: string;
  clock: Pick<Clock, "now" | "wait">;
  log: Pick<Log, "info" | "debug">;
}

interface Waiter {
  urgency(): Urgency;
  grant(): void;
  refuse(reason: unknown): void;
}

/** A limit by the minute is waited out, with room for a slow clock; who is to wait longer is told at once. */
const LONGEST_WAITED_PAUSE_MS = 90_000;

/**
 * The budget of one provider, which all replicas on one store share. All who wait here get their permits in one transaction. A permit
 * that is taken is spent: a replica that dies, or a caller that leaves meanwhile, loses it to the rest of its minute, and no more.
 */
export function createBudget({ store, provider, clock, log }: BudgetParts): Budget {
  const asker = randomUUID();
  const waiters = new Set<Waiter>();
  let known: BudgetState = FRESH;
  let news: RateNews[] = [];
  let isSettling = false;
  let isUnsettled = false;
  let alarm = new AbortController();

  function settleSoon(): void {
    isUnsettled = true;
    if (isSettling) return;
    isSettling = true;
    // Those who come at the same time are served together.
    queueMicrotask(() => void settleAll());
  }

  async function settleAll(): Promise<void> {
    while (isUnsettled) {
      isUnsettled = false;
      alarm.abort();
      try {
        await settle();
      } catch (error) {
        for (const waiter of [...waiters]) waiter.refuse(error);
      }
    }
    isSettling = false;
  }

  async function settle(): Promise<void> {
    const told = news;
    if (waiters.size === 0 && told.length === 0 && !(asker in known.queues)) return;
    const { granted, retryAtMs } = await changeBudget((await store).db, provider, (stored) => {
      const nowMs = clock.now().getTime();
      const learned = told.reduce(learn, readBudgetState(stored));
      const spent = spend(learned, asker, wanted(), nowMs);
      noteChanges(known, spent.state);
      known = spent.state;
      return { state: spent.state, result: spent };
    });
    news = news.slice(told.length);
    hand(granted);
    const { pause } = known;
    if (pause && pause.untilMs - clock.now().getTime() > LONGEST_WAITED_PAUSE_MS)
      for (const waiter of [...waiters]) waiter.refuse(new PausedError(new Date(pause.untilMs)));
    else if (waiters.size > 0 && retryAtMs !== undefined) void wakeAt(retryAtMs);
  }

  function wanted(): Permits {
    const urgencies = [...waiters].map((waiter) => waiter.urgency());
    const waiting = urgencies.filter((urgency) => urgency === "waiting").length;
    return { waiting, background: urgencies.length - waiting };
  }

  /** A permit whose taker has left goes to the next one, whatever it waits for. */
  function hand({ waiting, background }: Permits): void {
    const queue = [...waiters];
    const people = queue.filter((waiter) => waiter.urgency() === "waiting").slice(0, waiting);
    const others = queue.filter((waiter) => waiter.urgency() === "background").slice(0, background);
    const left = waiting + background - people.length - others.length;
    const more = queue.filter((waiter) => !people.includes(waiter) && !others.includes(waiter)).slice(0, left);
    for (const waiter of [...people, ...others, ...more]) waiter.grant();
  }

  async function wakeAt(atMs: number): Promise<void> {
    alarm = new AbortController();
    const { signal } = alarm;
    try {
      await clock.wait(Math.max(1, atMs - clock.now().getTime()), signal);
    } catch {
      return;
    }
    if (!signal.aborted) settleSoon();
  }

  function noteChanges(before: BudgetState, after: BudgetState): void {
    const { limit, isLimitTold: isTold } = after;
    if (limit !== before.limit) log.debug({ provider, limit, isTold }, "the budget's limit is another one");
    if (after.pause && after.pause.untilMs !== before.pause?.untilMs)
      log.info({ provider, until: new Date(after.pause.untilMs) }, "the provider wants to be left alone");
  }

  return {
    take(signal) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      if (signal.aborted) return Promise.reject(signal.reason);
      const work = urgencyOfWork();
      const waiter: Waiter = {
        urgency: () => work.current,
        grant() {
          leave();
          resolve();
        },
        refuse(reason) {
          leave();
          reject(reason);
        },
      };
      function onAbort(): void {
        waiter.refuse(signal.reason);
        // The others' turn may have come, and nobody is to be kept a place.
        settleSoon();
      }
      const unfollow = work.onChange(settleSoon);
      function leave(): void {
        waiters.delete(waiter);
        unfollow();
        signal.removeEventListener("abort", onAbort);
      }
      signal.addEventListener("abort", onAbort, { once: true });
      waiters.add(waiter);
      settleSoon();
      return promise;
    },
    learn(told) {
      const learned = learn(known, told);
      if (learned === known) return;
      news = [...news, told];
      // What remains is for the next who takes; a pause and another limit are for all at once.
      const isForAll = learned.limit !== known.limit || learned.pause !== known.pause;
      noteChanges(known, learned);
      known = learned;
      if (isForAll) settleSoon();
    },
    get pausedUntil() {
      const { pause } = asOf(known, clock.now().getTime());
      return pause && new Date(pause.untilMs);
    },
    get spare() {
      const queued = [...waiters].filter((waiter) => waiter.urgency() === currentUrgency()).length;
      return Math.max(0, spareAt(known, asker, currentUrgency(), clock.now().getTime()) - queued);
    },
  };
}
