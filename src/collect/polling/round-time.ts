import type { Step } from "./next-step.ts";

/** What a round's time goes to. */
export type Work = Exclude<Step["kind"], "rest">;

/** How the time of one round is shared between what there is to do. */
export interface RoundTime {
  readonly startedAt: Date;
  /** Whether the round has had its time. */
  isOver(): boolean;
  /** Whether the step has had its time, which is what is left of its share. */
  isStepOver(): boolean;
  begin(work: Work): void;
  end(work: Work): void;
  /** What it had, by its share: 1 and more where it had all of that. */
  had(work: Work): number;
}

/** Of a round, where there is more to do than it has time for: polls of busy webhooks may never end, and are not all that counts. */
const SHARES: Record<Work, number> = { poll: 0.5, evidence: 0.25, backfill: 0.25 };
/** The next is called for every minute. */
const ROUND_MS = 50_000;
/** Less is not worth while: what is under way is not ended by it. */
const SHORTEST_STEP_MS = 5_000;

export function startRoundTime(now: () => Date): RoundTime {
  const startedAt = now();
  const hadMs: Record<Work, number> = { poll: 0, evidence: 0, backfill: 0 };
  let beganAtMs = startedAt.getTime();
  let stepLastsMs = 0;
  const shareMs = (work: Work) => SHARES[work] * ROUND_MS;
  // A clock that is put back meanwhile takes nothing away.
  const sinceMs = (atMs: number) => Math.abs(now().getTime() - atMs);
  const isOver = () => sinceMs(startedAt.getTime()) >= ROUND_MS;
  return {
    startedAt,
    isOver,
    isStepOver: () => isOver() || sinceMs(beganAtMs) >= stepLastsMs,
    begin(work) {
      beganAtMs = now().getTime();
      stepLastsMs = Math.max(SHORTEST_STEP_MS, shareMs(work) - hadMs[work]);
    },
    end(work) {
      hadMs[work] += sinceMs(beganAtMs);
    },
    had: (work) => hadMs[work] / shareMs(work),
  };
}
