import type { Truth } from "../../sandbox/provider/truth.ts";

/** What somebody says failed at one webhook for one reason. */
export interface Told {
  webhookId: string;
  count: number;
  ids: readonly string[];
}

/** How near to the truth it comes. An issue is one cause at one webhook. */
export interface Marks {
  causes: number;
  /** At any webhook. */
  causesFound: number;
  issues: number;
  issuesFound: number;
  /** Failures that are told with their true cause. */
  known: number;
  failures: number;
  /** By how much counts are wrong, over all issues: the sum of the differences by the number of failures. */
  countsOff: number;
  /** Issues whose count is within 10 % of the true one. */
  countsRight: number;
}

/** A count this near to the true one is right. */
const NEAR_ENOUGH = 0.1;

/**
 * Each true issue is stood for by the one told that is mostly of it, the one with most of it where there are several: what mixes two causes
 * stands for one of them, what splits one counts once.
 */
export function judge(truth: Pick<Truth, "webhooks">, told: readonly Told[]): Marks {
  const marks = { issues: 0, issuesFound: 0, known: 0, failures: 0, countsRight: 0 };
  const causes = new Set<string>();
  const causesFound = new Set<string>();
  const ofWebhook = Map.groupBy(told, ({ webhookId }) => webhookId);
  let wrong = 0;
  for (const [webhookId, { failedByCause }] of truth.webhooks) {
    const best = bestByCause(failedByCause, ofWebhook.get(webhookId) ?? []);
    for (const [cause, ids] of failedByCause) {
      const { count, overlap } = best.get(cause) ?? { count: 0, overlap: 0 };
      const difference = Math.abs(count - ids.length);
      causes.add(cause);
      marks.issues += 1;
      marks.failures += ids.length;
      marks.known += overlap;
      if (overlap > 0) {
        causesFound.add(cause);
        marks.issuesFound += 1;
      }
      if (difference <= ids.length * NEAR_ENOUGH) marks.countsRight += 1;
      wrong += difference;
    }
  }
  const countsOff = marks.failures === 0 ? 0 : wrong / marks.failures;
  return { ...marks, causes: causes.size, causesFound: causesFound.size, countsOff };
}

/** What a reader knows who understands all that it reads: those of the failed ones that it has read. */
export function toldByReading(truth: Pick<Truth, "webhooks">, read: ReadonlySet<string>): Told[] {
  return [...truth.webhooks].flatMap(([webhookId, { failedByCause }]) =>
    [...failedByCause.values()].map((all) => {
      const ids = all.filter((id) => read.has(id));
      return { webhookId, ids, count: ids.length };
    }),
  );
}

interface Best {
  count: number;
  overlap: number;
}

function bestByCause(failedByCause: ReadonlyMap<string, readonly string[]>, told: readonly Told[]): Map<string, Best> {
  const causeOf = new Map([...failedByCause].flatMap(([cause, ids]) => ids.map((id) => [id, cause] as const)));
  const best = new Map<string, Best>();
  for (const { ids, count } of told) {
    const [cause, overlap] = mostOf(ids, causeOf);
    if (cause !== undefined && overlap > (best.get(cause)?.overlap ?? 0)) best.set(cause, { count, overlap });
  }
  return best;
}

function mostOf(ids: readonly string[], causeOf: ReadonlyMap<string, string>): [cause: string | undefined, number] {
  const counts = new Map<string, number>();
  for (const id of ids) {
    const cause = causeOf.get(id);
    if (cause !== undefined) counts.set(cause, (counts.get(cause) ?? 0) + 1);
  }
  let most: [string | undefined, number] = [undefined, 0];
  for (const entry of counts) if (entry[1] > most[1]) most = entry;
  return most;
}
