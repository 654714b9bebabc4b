import type { Log } from "../../ops/log.ts";
import type { Store } from "../../store/database.ts";
import { endPause, type PollPause, readPause, savePause } from "../../store/polls.ts";
import { readProviderStates } from "../../store/provider-states.ts";
import { LONGEST_PAUSE_MS } from "../budget/budget-state.ts";
import type { Caught } from "./caught.ts";
import { pauseAfter } from "./interval.ts";
import { isOfWrongClock } from "./wrong-clock.ts";

/** That an account which failed as a whole is left alone, by all replicas. */
export interface AccountPause {
  isOn(): Promise<boolean>;
  /** Twice as long as the one before, or as the provider asks for, and no longer than a quarter of an hour. */
  begin(fault: Caught): Promise<void>;
  end(): Promise<void>;
}

export interface AccountPauseParts {
  store: Pick<Store, "db">;
  /** Its id. */
  provider: string;
  now: () => Date;
  log: Pick<Log, "info">;
}

export function createAccountPause({ store: { db }, provider, now, log }: AccountPauseParts): AccountPause {
  /** A question that was answered meanwhile has ended it. */
  async function readLast(): Promise<PollPause | undefined> {
    const pause = await readPause(db, provider);
    if (!pause || isOfWrongClock(pause.failedAt, now())) return undefined;
    return (await hasAnsweredSince(pause.failedAt)) ? undefined : pause;
  }

  async function hasAnsweredSince(at: Date): Promise<boolean> {
    const states = await readProviderStates(db);
    const lastSuccessAt = states.find((state) => state.provider === provider)?.lastSuccessAt;
    return lastSuccessAt !== undefined && lastSuccessAt > at && !isOfWrongClock(lastSuccessAt, now());
  }

  return {
    async isOn() {
      const pause = await readLast();
      if (!pause) return false;
      const longestMs = pause.failedAt.getTime() + LONGEST_PAUSE_MS;
      return Math.min(pause.pausedUntil.getTime(), longestMs) > now().getTime();
    },
    async begin({ retryAt }) {
      const failedAt = now();
      const failures = ((await readLast())?.failures ?? 0) + 1;
      const ownMs = pauseAfter(failures, LONGEST_PAUSE_MS);
      const askedMs = Math.min(LONGEST_PAUSE_MS, (retryAt?.getTime() ?? 0) - failedAt.getTime());
      const pausedUntil = new Date(failedAt.getTime() + Math.max(ownMs, askedMs));
      await savePause(db, provider, { failures, failedAt, pausedUntil });
      log.info({ provider, failures, pausedUntil }, "a provider fails; it is left alone for a while");
    },
    end: () => endPause(db, provider),
  };
}
