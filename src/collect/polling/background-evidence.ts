import type { Provider } from "../../providers/provider.ts";
import { findInvocations } from "../../store/invocations.ts";
import { type FailedLately, readFailedLately } from "../../store/polls.ts";
import { mostReads } from "../../triage/sampling.ts";
import { windowOf } from "../../triage/window.ts";
import { readLimitPerMinute } from "../budget/limit-per-minute.ts";
import type { Collector } from "../collector.ts";
import { gatherEvidence } from "../evidence.ts";

/** Why invocations failed that nobody has asked for yet. */
export interface BackgroundEvidence {
  /** Whether there may be attempts to read. */
  readonly isWanted: boolean;
  /** Looks at whether anything failed since the last time, whoever has read of it. */
  look(): Promise<void>;
  /** Something was read that may have failed. */
  note(): void;
  /** Reads some of the attempts that a question about the last 24 hours would want, chosen as it chooses them. Returns how many. */
  gather(signal: AbortSignal): Promise<number>;
}

/** What people ask for when they name no time, and digests tell of. */
const WINDOW_MS = 24 * 60 * 60_000;
/** Of the account's requests a minute, in one go where the budget has no room for more at once: others wait. */
const PASS_SHARE = 1 / 8;
/** What could not be read is tried again after so long. */
const AGAIN_AFTER_MS = 10 * 60_000;

/** What had failed when enough was known. */
interface Enough extends FailedLately {
  /** Set where something could not be read. */
  untilMs?: number;
}

export function createBackgroundEvidence(collector: Collector, provider: Provider): BackgroundEvidence {
  const { store, now } = collector;
  /** None after a start: who was here before may not have come to it. */
  let enough: Enough | undefined;
  let told = 0;

  function windowNow() {
    const nowMs = now().getTime();
    return windowOf(nowMs - WINDOW_MS, nowMs);
  }

  async function failedLately(): Promise<FailedLately> {
    const { from, to } = windowNow();
    return readFailedLately(store.db, provider.id, { from, now: to });
  }

  async function readsAPass(failed: number): Promise<number> {
    const share = Math.floor((await readLimitPerMinute(store, provider)) * PASS_SHARE);
    return Math.min(mostReads(failed), Math.max(1, share, provider.spareRequests));
  }

  return {
    get isWanted() {
      return enough === undefined;
    },
    async look() {
      if (!enough) return;
      const { count, newestAt } = await failedLately();
      const isMore = count > enough.count || (newestAt?.getTime() ?? 0) > (enough.newestAt?.getTime() ?? 0);
      const isAgain = enough.untilMs !== undefined && enough.untilMs <= now().getTime();
      // What leaves the window makes room for others to be counted.
      enough = isMore || isAgain ? undefined : { ...enough, count };
    },
    note() {
      enough = undefined;
    },
    async gather(signal) {
      const window = windowNow();
      const seen = await failedLately();
      const filter = { window, providers: [provider.id], outcomes: ["failed" as const], asOf: window.to };
      const failed = seen.count > 0 ? await findInvocations(store.db, filter) : [];
      if (failed.length === 0) {
        enough = seen;
        return 0;
      }
      const reads = await readsAPass(failed.length);
      const query = { words: [], terms: [], window };
      const request = { query, evidence: "sample" as const, failed, failing: new Set<string>(), readsFor: () => reads };
      const { chosen, diagnoses, failures } = await gatherEvidence(collector, request, signal);
      const isFailing = failures.ofProviders.length > 0;
      // A pass that tells nothing new, as one may under a wrong clock, would be followed by others like it.
      const mayBeMore = chosen >= reads && diagnoses.size !== told && !isFailing && !signal.aborted;
      told = diagnoses.size;
      if (!mayBeMore)
        enough = { ...seen, ...(failures.errors.length > 0 && { untilMs: now().getTime() + AGAIN_AFTER_MS }) };
      return chosen;
    },
  };
}
