import { setImmediate } from "node:timers/promises";
import { createBudget } from "../../../src/collect/budget/shared-budget.ts";
import { createLog } from "../../../src/ops/log.ts";
import type { Budget } from "../../../src/providers/budget.ts";
import { inBackground, type Urgency } from "../../../src/providers/urgency.ts";
import { changeBudget, readBudget } from "../../../src/store/budgets.ts";
import type { Store } from "../../../src/store/database.ts";

export const START_MS = Date.parse("2026-11-21T12:00:00Z");
const PROVIDER = "acme";

interface Wait {
  untilMs: number;
  end(): void;
}

export interface Taken {
  replica: number;
  urgency: Urgency;
  atMs: number;
}

/** Several processes that share a store, and a time that stands still while any of them has something to do. */
export class Replicas {
  readonly taken: Taken[] = [];
  readonly budgets: Budget[];
  readonly #store: Store;
  readonly #waits: Set<Wait>[];
  readonly #pending: number[];
  nowMs = START_MS;
  /** How often any of them has gone to the store. */
  visits = 0;

  constructor(store: Store, count: number) {
    this.#store = store;
    this.#waits = Array.from({ length: count }, () => new Set());
    this.#pending = this.#waits.map(() => 0);
    const counting = this.#counting(store);
    const log = createLog({ level: "silent", secrets: [] });
    this.budgets = this.#waits.map((waits) =>
      createBudget({ store: counting, provider: PROVIDER, clock: this.#clock(waits), log }),
    );
  }

  /** Begins with what the provider has told. */
  static async open(store: Store, count: number, limitPerMinute: number): Promise<Replicas> {
    await changeBudget(store.db, PROVIDER, () => ({ state: {}, result: undefined }));
    const replicas = new Replicas(store, count);
    replicas.budget(0).learn({ at: new Date(START_MS), limitPerMinute });
    // Its news has arrived when it gets its first permit, which is a minute old when the test begins.
    await replicas.budget(0).take(new AbortController().signal);
    replicas.nowMs += 2 * 60_000;
    replicas.visits = 0;
    return replicas;
  }

  budget(replica: number): Budget {
    const budget = this.budgets[replica];
    if (!budget) throw new Error(`no replica ${replica}`);
    return budget;
  }

  /** Resolves with the time at which the permit was there. */
  async take(replica: number, urgency: Urgency = "waiting", signal = new AbortController().signal): Promise<number> {
    this.#pending[replica] = (this.#pending[replica] ?? 0) + 1;
    try {
      const take = () => this.budget(replica).take(signal);
      await (urgency === "background" ? inBackground(take) : take());
      this.taken.push({ replica, urgency, atMs: this.nowMs });
      return this.nowMs;
    } finally {
      this.#pending[replica] = (this.#pending[replica] ?? 0) - 1;
    }
  }

  /** Tells one replica of a refusal, until the store knows it, too. */
  async refuse(replica: number, until: Date): Promise<void> {
    const before = JSON.stringify(await readBudget(this.#store.db, PROVIDER));
    this.budget(replica).learn({ at: new Date(this.nowMs), refused: { until } });
    while (JSON.stringify(await readBudget(this.#store.db, PROVIDER)) === before) await setImmediate();
  }

  /** Until nobody who takes has anything to do but wait. */
  async settled(): Promise<void> {
    for (let quiet = 0; quiet < 5; ) {
      await setImmediate();
      const isBusy = this.#waits.some((waits, replica) => (this.#pending[replica] ?? 0) > 0 && waits.size === 0);
      quiet = isBusy ? 0 : quiet + 1;
    }
  }

  /** Lets time go by, with a halt wherever somebody wakes. */
  async pass(ms: number): Promise<void> {
    const endMs = this.nowMs + ms;
    for (;;) {
      await this.settled();
      const waits = this.#waits.flatMap((own) => [...own]);
      const nextMs = Math.min(endMs, ...waits.map(({ untilMs }) => untilMs));
      this.nowMs = Math.max(this.nowMs, nextMs);
      for (const wait of waits) if (wait.untilMs <= this.nowMs) wait.end();
      if (this.nowMs >= endMs) return this.settled();
    }
  }

  /** The most that was taken in any 60 seconds. */
  get mostInAMinute(): number {
    const counts = this.taken.map(
      ({ atMs: fromMs }) => this.taken.filter(({ atMs }) => atMs >= fromMs && atMs <= fromMs + 60_000).length,
    );
    return Math.max(0, ...counts);
  }

  #counting(store: Store): Pick<Store, "db"> {
    const visited = () => {
      this.visits += 1;
      return store.db;
    };
    return {
      get db() {
        return visited();
      },
    };
  }

  #clock(waits: Set<Wait>) {
    return {
      now: () => new Date(this.nowMs),
      wait: (ms: number, signal: AbortSignal): Promise<void> => {
        const { promise, resolve, reject } = Promise.withResolvers<void>();
        const wait: Wait = {
          untilMs: this.nowMs + ms,
          end() {
            waits.delete(wait);
            resolve();
          },
        };
        waits.add(wait);
        signal.addEventListener("abort", () => {
          waits.delete(wait);
          reject(signal.reason);
        });
        return promise;
      },
    };
  }
}
