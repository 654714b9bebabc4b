import { type BlockFault, isRecord, listOf } from "./validate/rule.ts";

/**
 * How a call can be made to fail.
 * - `{ error }`: answered `{ ok: false, error }`; nothing is done.
 * - `{ status }`: answered with that HTTP status and no JSON; nothing is done.
 * - `drop`: the connection is cut; nothing is done.
 * - `drop-after-post`: it is done, then the connection is cut.
 * - `timeout-after-post`: it is done, and no answer ever comes.
 */
export type Fault =
  | { error: string }
  | { status: number; body?: string }
  | "drop"
  | "drop-after-post"
  | "timeout-after-post";

export interface RateLimit {
  /** How many calls from now on are turned away. */
  calls: number;
  retryAfterSeconds: number;
}

/** Done first, then spoilt. */
export function isAfterwards(fault: Fault): fault is "drop-after-post" | "timeout-after-post" {
  return fault === "drop-after-post" || fault === "timeout-after-post";
}

/** What the sandbox was told to do wrong. */
export class Faults {
  /** Turn away more than one `chat.postMessage` a second and channel, by the sandbox's clock. Off unless told. */
  limitsMessagesPerChannel = false;
  /** Blocks of these types are refused, as in a workspace that does not know them yet. */
  readonly refusedBlocks = new Set<string>();
  readonly #failures = new Map<string, Fault[]>();
  readonly #limits = new Map<string, RateLimit>();
  readonly #lastPostMs = new Map<string, number>();
  readonly #heldMs = new Map<string, number>();
  readonly #lateness = new Map<string, () => Promise<unknown> | undefined>();

  /** The next call of this method fails; several calls queue up. `response_url` is a method too. */
  failNext(method: string, fault: Fault): void {
    this.#failures.set(method, [...(this.#failures.get(method) ?? []), fault]);
  }

  /** The next calls of this method answer 429 with `Retry-After`. */
  limit(method: string, limit: RateLimit): void {
    this.#limits.set(method, { ...limit });
  }

  /** From now on this method does what it is asked at once and answers after so long, in real time. */
  holdAnswers(method: string, forMs: number): void {
    this.#heldMs.set(method, forMs);
  }

  heldMs(method: string): number {
    return this.#heldMs.get(method) ?? 0;
  }

  /**
   * From now on this method does what it is asked only when what `lateness` gives has resolved, whether or not the caller still waits
   * for the answer; at once where it gives nothing. It is asked anew for each call.
   */
  takeLate(method: string, lateness: () => Promise<unknown> | undefined): void {
    this.#lateness.set(method, lateness);
  }

  async untilTaken(method: string): Promise<void> {
    await this.#lateness.get(method)?.();
  }

  /** What is wrong, in Slack's words, with a message that has a block which is refused. */
  refusalOf(blocks: unknown): BlockFault[] {
    const faults = listOf(blocks)
      .entries()
      .filter(([, block]) => isRecord(block) && this.refusedBlocks.has(String(block.type)));
    return [...faults].map(([index, block]) => ({
      error: "invalid_blocks",
      pointer: `/blocks/${index}/type`,
      message: `unsupported type: ${isRecord(block) ? block.type : ""}`,
    }));
  }

  takeFailure(method: string): Fault | undefined {
    return this.#failures.get(method)?.shift();
  }

  /** What is still to fail, by method, the next one first. */
  failuresLeft(): [method: string, faults: readonly Fault[]][] {
    return [...this.#failures].filter(([, faults]) => faults.length > 0);
  }

  /** How many calls are still to be turned away, by method. */
  limitsLeft(): [method: string, calls: number][] {
    return [...this.#limits]
      .map(([method, { calls }]): [string, number] => [method, calls])
      .filter(([, left]) => left > 0);
  }

  /** Seconds to wait, where this call is to be turned away. */
  takeLimit(method: string): number | undefined {
    const limit = this.#limits.get(method);
    if (limit === undefined || limit.calls <= 0) return undefined;
    limit.calls -= 1;
    return limit.retryAfterSeconds;
  }

  /** https://docs.slack.dev/apis/web-api/rate-limits: one message a second and channel. */
  takeChannelLimit(channelId: string, now: Date): number | undefined {
    if (!this.limitsMessagesPerChannel) return undefined;
    const last = this.#lastPostMs.get(channelId);
    if (last !== undefined && now.getTime() - last < 1000) return 1;
    this.#lastPostMs.set(channelId, now.getTime());
    return undefined;
  }
}
