import type { Clock } from "./clock.ts";

const GIVE_UP_AFTER_MS = 45_000;
/** A limit per minute is waited out, with room for a slow clock. */
const LONGEST_HONOURED_WAIT_MS = 90_000;
const SHORTEST_TRY_MS = 250;
const LONGEST_PROBE_MS = 5_000;

/**
 * How long all callers of one client together put up with a provider that fails: `giveUpAfterMs` since the last success (or
 * the first request), idle time not counted. After that each call gets one short try, and the first success restores all.
 *
 * A wait that the provider asks for by `Retry-After`, or that the budget takes a refusal for, may exceed that once per success, up to
 * 90 seconds: so a limit per minute is waited out, and a provider that only refuses is not. It is the budget that keeps all others from
 * asking meanwhile; to be held back by it is no failure of the provider, and that call is not under way then.
 */
export class Patience {
  readonly #clock: Pick<Clock, "now">;
  readonly giveUpAfterMs: number;
  #callsUnderWay = 0;
  #quietSinceMs = 0;
  #failingSinceMs: number | undefined;
  #lastFailureMs: number | undefined;
  #honouredUntilMs = Number.NEGATIVE_INFINITY;
  #mayHonour = false;

  constructor(clock: Pick<Clock, "now">, giveUpAfterMs = GIVE_UP_AFTER_MS) {
    this.#clock = clock;
    this.giveUpAfterMs = giveUpAfterMs;
  }

  /** For how long there was no success. */
  get failingMs(): number {
    return this.#failingSinceMs === undefined ? 0 : this.#nowMs() - this.#failingSinceMs;
  }

  get isExhausted(): boolean {
    return this.failingMs >= this.giveUpAfterMs;
  }

  /** A call begins, with all its tries and waits. */
  enter(): void {
    const nowMs = this.#nowMs();
    this.#failingSinceMs ??= nowMs;
    if (this.#callsUnderWay === 0) {
      const wasExhausted = this.#quietSinceMs - this.#failingSinceMs >= this.giveUpAfterMs;
      if (!wasExhausted) this.#failingSinceMs += nowMs - Math.max(this.#quietSinceMs, this.#failingSinceMs);
    }
    this.#callsUnderWay += 1;
  }

  /** A call has ended. */
  leave(): void {
    this.#callsUnderWay -= 1;
    this.#quietSinceMs = this.#nowMs();
  }

  succeeded(): void {
    this.#failingSinceMs = this.#nowMs();
    this.#lastFailureMs = undefined;
    this.#mayHonour = true;
  }

  failed(): void {
    this.#lastFailureMs = this.#nowMs();
  }

  /**
   * How long the next try may take. When patience has run out: as long as the last failure is ago, so that many calls in a row
   * end soon, and a lone one still reaches a provider that is slow.
   */
  tryTimeoutMs(timeoutMs: number): number {
    if (!this.isExhausted) return Math.min(timeoutMs, Math.max(this.giveUpAfterMs - this.failingMs, SHORTEST_TRY_MS));
    const quietMs = this.#nowMs() - (this.#lastFailureMs ?? Number.NEGATIVE_INFINITY);
    return Math.min(timeoutMs, Math.max(SHORTEST_TRY_MS, Math.min(quietMs, LONGEST_PROBE_MS)));
  }

  /** Whether to wait `waitMs` and try again. `asked`: the provider wants to be left alone so long. */
  permits(waitMs: number, asked: boolean): boolean {
    if (this.failingMs + waitMs < this.giveUpAfterMs) return true;
    if (!asked || this.isExhausted || waitMs > LONGEST_HONOURED_WAIT_MS) return false;
    const untilMs = this.#nowMs() + waitMs;
    if (this.#nowMs() >= this.#honouredUntilMs) {
      if (!this.#mayHonour) return false;
      this.#mayHonour = false;
      this.#honouredUntilMs = untilMs;
    }
    this.#failingSinceMs = Math.max(this.#failingSinceMs ?? untilMs, untilMs);
    return true;
  }

  #nowMs(): number {
    return this.#clock.now().getTime();
  }
}
