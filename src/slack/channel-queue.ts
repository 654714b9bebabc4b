import { setTimeout as delay } from "node:timers/promises";

/**
 * Slack takes a message a second and channel, and short bursts beyond that.
 * https://docs.slack.dev/apis/web-api/rate-limits#posting-messages
 */
const EVERY_MS = 1_000;
/** Slack does not say how short. So many who ask at once get their answers at once. */
const BURST = 10;
/** Timers are late, by so much at the most where nothing is wrong. Milliseconds. */
const LAG_MS = 1_000;
/** Beyond so many channels, those where nothing happened lately are forgotten. */
const MANY = 1_000;

/** Too many messages are on their way to the channel already: this one has to go another way. */
export class ChannelBusyError extends Error {
  override name = "ChannelBusyError";

  /** In how many milliseconds Slack would take it, absent for one that has waited too long already. */
  constructor(inMs?: number) {
    const when = inMs === undefined ? "waited too long for its turn" : `would be taken in ${Math.ceil(inMs / 1000)} s`;
    super(`The channel is busy: the message ${when}.`);
  }
}

export interface ChannelQueue {
  /**
   * Resolves when a message may be posted there, in order. Throws `ChannelBusyError` when that takes longer than so many milliseconds,
   * and when it took longer because the process stood still.
   */
  turn(channel: string, patienceMs: number): Promise<void>;
  /** Slack turned a message away, and takes the next one after so many milliseconds. */
  hold(channel: string, forMs: number): void;
}

export interface ChannelQueueParts {
  now?: () => Date;
  wait?: (ms: number) => Promise<unknown>;
}

interface Line {
  /** How many messages may be posted at this moment. Below 1: none until it has grown, by 1 in a second. */
  credit: number;
  countedAtMs: number;
  waiting: Waiter[];
}

interface Waiter {
  lastMs: number;
  go(): void;
  refuse(error: ChannelBusyError): void;
}

/** A line for each channel; across channels nobody waits. */
export function createChannelQueue({ now = () => new Date(), wait = delay }: ChannelQueueParts = {}): ChannelQueue {
  const lines = new Map<string, Line>();

  function lineOf(channel: string): Line {
    const nowMs = now().getTime();
    if (lines.size >= MANY) forgetQuiet();
    const line = lines.get(channel) ?? { credit: BURST, countedAtMs: nowMs, waiting: [] };
    lines.set(channel, line);
    return count(line);
  }

  function count(line: Line): Line {
    const nowMs = now().getTime();
    line.credit = Math.min(BURST, line.credit + Math.max(0, nowMs - line.countedAtMs) / EVERY_MS);
    line.countedAtMs = nowMs;
    return line;
  }

  function forgetQuiet(): void {
    for (const [channel, line] of lines) {
      if (line.waiting.length === 0 && count(line).credit >= BURST) lines.delete(channel);
    }
  }

  /** Refuses those whose turn did not come in time. */
  function refuseOverdue(line: Line): void {
    const nowMs = now().getTime();
    for (const waiter of line.waiting.splice(0)) {
      if (nowMs <= waiter.lastMs + LAG_MS) line.waiting.push(waiter);
      else waiter.refuse(new ChannelBusyError());
    }
  }

  /** Lets those go whose turn it is, one after the other, until nobody waits. */
  async function serve(line: Line): Promise<void> {
    for (;;) {
      refuseOverdue(count(line));
      for (const waiter of line.waiting.splice(0, Math.max(0, Math.floor(line.credit + ROUNDING)))) {
        line.credit -= 1;
        waiter.go();
      }
      if (line.waiting.length === 0) return;
      await wait(Math.ceil(untilMs(line, 1)));
    }
  }

  return {
    turn(channel, patienceMs) {
      const line = lineOf(channel);
      const place = line.waiting.length + 1;
      const inMs = untilMs(line, place);
      if (inMs > patienceMs) return Promise.reject(new ChannelBusyError(inMs));
      return new Promise((resolve, reject) => {
        line.waiting.push({ lastMs: now().getTime() + patienceMs, go: resolve, refuse: reject });
        if (place === 1) void serve(line);
      });
    },
    hold(channel, forMs) {
      const line = lineOf(channel);
      line.credit = Math.min(line.credit, 1 - forMs / EVERY_MS);
      const nowMs = now().getTime();
      for (const waiter of line.waiting.splice(0)) {
        const inMs = untilMs(line, line.waiting.length + 1);
        if (nowMs + inMs <= waiter.lastMs) line.waiting.push(waiter);
        else waiter.refuse(new ChannelBusyError(inMs));
      }
    },
  };
}

/** When the one in that place of the line may go, in milliseconds from the count. */
function untilMs({ credit }: Line, place: number): number {
  return Math.max(0, place - credit - ROUNDING) * EVERY_MS;
}

/** A clock of whole milliseconds makes thousandths of a message. */
const ROUNDING = 1e-6;
