import { TestClock } from "pg-boss";
import type { QueueClock } from "../../src/jobs/queue.ts";

/** Time that goes on by itself, unless it is told to stand still, and can be moved forward, for the bot, its schedules and everything around it. */
export interface DemoClock {
  readonly queueClock: QueueClock;
  now(): Date;
  /**
   * Lets a later time come, and resolves when what is scheduled for it has begun, some seconds at most. Going back is not possible: then
   * nothing happens.
   */
  moveTo(at: Date): Promise<void>;
  /** Schedules stand still from now on. */
  stop(): void;
}

/** How often the queue's clock follows. */
const FOLLOW_EVERY_MS = 1_000;
/** What the move has made overdue is looked at first, and its job is begun within so long. */
const QUEUE_ROUND_MS = 5_000;

export interface DemoClockOptions {
  /** It tells the same time until it is moved, so that the same story is told the same way. What waits in the queue goes on. */
  isStill?: boolean;
}

/** @param start the time that it begins with; the real one when absent. */
export function startDemoClock(start = new Date(), { isStill = false }: DemoClockOptions = {}): DemoClock {
  let stillMs = start.getTime();
  let aheadMs = stillMs - Date.now();
  /** The queue's time. It never stands still: nothing that waits there would begin. */
  const goneMs = () => Date.now() + aheadMs;
  const now = () => new Date(isStill ? stillMs : goneMs());
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
      const behindMs = goneMs() - queueClock.now();
      if (behindMs > 0) await queueClock.tick(behindMs);
    });
  }

  const following = setInterval(follow, FOLLOW_EVERY_MS);
  following.unref();
  return {
    queueClock,
    now,
    moveTo(at) {
      if (at.getTime() <= now().getTime()) return Promise.resolve();
      void inTurn(async () => {
        stillMs = Math.max(stillMs, at.getTime());
        // The queue may be there already, where the time that is told stands still.
        aheadMs += Math.max(at.getTime() - goneMs(), 0);
        await queueClock.setTime(Math.max(goneMs(), queueClock.now()));
      });
      return inTurn(() => queueClock.tick(QUEUE_ROUND_MS));
    },
    stop: () => clearInterval(following),
  };
}
