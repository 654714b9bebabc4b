/** What one line was given, and what it should have been given. */
export interface Labelled {
  /** The cause that was read. */
  cause: string;
  /** The problem that a person says it is. */
  group: string;
}

/** How well causes and groups agree, counted over all pairs of lines. `NaN` where there is no pair to count. */
export interface PairFigures {
  /** Of the pairs with one cause, the share that is of one group: 1 means that nothing was merged. */
  precision: number;
  /** Of the pairs of one group, the share that has one cause: 1 means that nothing was split. */
  recall: number;
}

/**
 * Pairwise precision and recall (https://en.wikipedia.org/wiki/Rand_index counts the same pairs), by counting how often each cause meets each
 * group: no pair is ever made, so its time is linear in the number of lines.
 */
export function pairFigures(lines: readonly Labelled[]): PairFigures {
  const causes = new Map<string, number>();
  const groups = new Map<string, number>();
  const meetings = new Map<string, number>();
  for (const { cause, group } of lines) {
    add(causes, cause);
    add(groups, group);
    add(meetings, JSON.stringify([cause, group]));
  }
  const together = pairsWithin(meetings);
  return { precision: together / pairsWithin(causes), recall: together / pairsWithin(groups) };
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function pairsWithin(counts: ReadonlyMap<string, number>): number {
  let pairs = 0;
  for (const count of counts.values()) pairs += (count * (count - 1)) / 2;
  return pairs;
}
