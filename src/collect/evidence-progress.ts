import type { RequestLimit } from "../triage/limit-words.ts";
import type { Invocation } from "../triage/model.ts";
import { readBudgetStatus } from "./budget/budget-status.ts";
import type { Collector } from "./collector.ts";

/** How far the reading of attempts is, for one question. What is read may show that more are needed: `of` grows then. */
export interface AttemptsProgress {
  ofProviders: readonly AttemptsOfProvider[];
}

export interface AttemptsOfProvider {
  provider: string;
  /** Invocations of which the attempts are read, or could not be. */
  read: number;
  /** Invocations of which they were asked for so far. */
  of: number;
  /** Where the budget lets fewer through than are asked for. */
  limit?: Omit<RequestLimit, "provider">;
}

/** Counts the attempts of one question. */
export interface AttemptsCount {
  /** These are asked for now. Throws what the store throws. */
  chosen(invocations: readonly Invocation[]): Promise<void>;
  /** Those of this one are done with. */
  read(invocation: Invocation): void;
}

export function countAttempts(
  { store, now }: Pick<Collector, "store" | "now">,
  tell: (progress: AttemptsProgress) => void,
): AttemptsCount {
  const counts = new Map<string, AttemptsOfProvider>();
  const tellAll = () => tell({ ofProviders: [...counts.values()] });

  return {
    async chosen(invocations) {
      for (const [provider, own] of Map.groupBy(invocations, (invocation) => invocation.provider)) {
        const { read, of } = counts.get(provider) ?? { read: 0, of: 0 };
        const { spare, limitPerMinute, isTold } = await readBudgetStatus(store.db, provider, now());
        const limit = spare < own.length ? { limitPerMinute, isTold } : undefined;
        counts.set(provider, { provider, read, of: of + own.length, ...(limit && { limit }) });
      }
      tellAll();
    },
    read({ provider }) {
      const count = counts.get(provider);
      if (!count) return;
      counts.set(provider, { ...count, read: count.read + 1 });
      tellAll();
    },
  };
}
