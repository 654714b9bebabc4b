import { TestClock } from "pg-boss";
import type { QueueClock } from "../../src/jobs/queue.ts";

/** Time that goes on by itself and can be moved forward, for the bot, its schedules and everything around it. */
export interface DemoClock {
  readonly queueClock: QueueClock;
  now(): Date;
  /** Lets a later time come; what is scheduled for it begins soon after. Going back is not possible: then nothing happens. */
  moveTo(at: Date): Promise<void>;
  /** Schedules stand still from now on. */
  stop(): void;
}

/** How often the queue's clock follows. */
const FOLLOW_EVERY_MS = 1_000;
/** A schedule is looked at, and its job begun, within so long. */
const QUEUE_ROUND_MS = 10_000;

/** @param start the time that it begins with; the real one when absent. */
export function startDemoClock(start = new Date()): DemoClock {
  let aheadMs = start.getTime() - Date.now();
  const now = () => new Date(Date.now() + aheadMs);
  const queueClock = new TestClock(start);
  // One at a time, as the queue's clock wants it. What it cannot do while the bot is down it makes up for later.
  let turn = Promise.resolve();
  let isWaiting = false;

  function inTurn(move: () => Promise<void>): Promise<void> {
    turn = turn.then(move).catch(() => undefined);
    return turn;
  }

  function follow(): void {
    if (isWaiting) return;
    isWaiting = true;
    void inTurn(async () => {
      isWaiting = false;
      const behindMs = now().getTime() - queueClock.now();
      if (behindMs > 0) await queueClock.tick(behindMs);
    });
  }

  const following = setInterval(follow, FOLLOW_EVERY_MS);
  following.unref();
  return {
    queueClock,
    now,
    moveTo(at) {
      const byMs = at.getTime() - now().getTime();
      if (byMs <= 0) return Promise.resolve();
      const moved = inTurn(async () => {
        aheadMs += byMs;
        await queueClock.setTime(now());
      });
      void inTurn(() => queueClock.tick(QUEUE_ROUND_MS));
      return moved;
    },
    stop: () => clearInterval(following),
  };
}
