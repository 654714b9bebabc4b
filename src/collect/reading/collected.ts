import { cutCoverage, readCoverage } from "../../store/coverage.ts";
import type { Window } from "../../triage/window.ts";
import type { Reading } from "./reading.ts";

const HOUR_MS = 60 * 60_000;
/** Clocks of replicas and providers differ by as much, and nothing is wrong. */
const TOLERATED_MS = 60_000;
/** Before a clock is put right it was, most likely, wrong for no longer. */
const DOUBTED_MS = 24 * HOUR_MS;

/**
 * What was collected of each webhook, oldest part first. Coverage of times to come was written by a clock that was ahead, and
 * nobody knows since when: then that of the last day counts for nothing, and is forgotten, so that it is read again.
 */
export async function readCollected(
  { store, provider, now }: Pick<Reading, "store" | "provider" | "now">,
  webhookIds?: readonly string[],
): Promise<Map<string, Window[]>> {
  const collected = await readCoverage(store.db, provider.id, webhookIds);
  for (const [webhookId, windows] of collected) {
    const until = doubtedFrom(windows, now());
    if (until) collected.set(webhookId, await cutCoverage(store.db, provider.id, webhookId, until));
  }
  return collected;
}

/** From when on coverage is not to be trusted; `undefined` where all of it is. */
export function doubtedFrom(windows: readonly Window[], now: Date): Date | undefined {
  const newestMs = Math.max(...windows.map(({ to }) => to.getTime()));
  const aheadMs = newestMs - now.getTime();
  return aheadMs > TOLERATED_MS ? new Date(now.getTime() - Math.max(DOUBTED_MS, aheadMs)) : undefined;
}
