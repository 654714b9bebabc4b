import { reachedByEither, theirLeadMs } from "../../providers/clocks.ts";
import type { Provider } from "../../providers/provider.ts";
import { cutCoverage, readCoverage } from "../../store/coverage.ts";
import type { Store } from "../../store/database.ts";
import { type Window, windowOf } from "../../triage/window.ts";

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
/** Clocks of replicas and providers differ by as much, and nothing is wrong. */
const TOLERATED_MS = MINUTE_MS;
/** Before a clock is put right it was, most likely, wrong for no longer. */
const DOUBTED_MS = 24 * HOUR_MS;
/** Ours is right where the provider's shows the same, but for what an answer takes and for the whole seconds of `Date`. */
const AGREE_WITHIN_MS = 10 * SECOND_MS;
/** What two clocks showed longer ago says nothing of now: one of them may have been put right since. */
const SHOWN_LATELY_MS = 2 * MINUTE_MS;

/** Whose coverage is read, and by which clock. */
interface Place {
  store: Store;
  provider: Pick<Provider, "id" | "clockReading">;
  now: () => Date;
}

/**
 * What was collected of each webhook, oldest part first. Coverage of times to come was written by a clock that was ahead, and
 * nobody knows since when: then that of the last day counts for nothing, so that it is read again. It is forgotten only where the
 * provider's clock says that ours is right: else the other one may be, and all that it has read is there.
 */
export async function readCollected(place: Place, webhookIds?: readonly string[]): Promise<Map<string, Window[]>> {
  const { store, provider, now } = place;
  const collected = await readCoverage(store.db, provider.id, webhookIds);
  for (const [webhookId, windows] of collected) {
    const from = doubtedFrom(windows, place);
    if (!from) continue;
    const isForgotten = isOursRight(provider, now());
    const left = isForgotten ? cutCoverage(store.db, provider.id, webhookId, from) : leftOut(windows, from);
    collected.set(webhookId, await left);
  }
  return collected;
}

/** The same for who only looks: nothing is forgotten. */
export async function reviewCollected(place: Place): Promise<Map<string, Window[]>> {
  const collected = await readCoverage(place.store.db, place.provider.id);
  for (const [webhookId, windows] of collected) {
    const from = doubtedFrom(windows, place);
    if (from) collected.set(webhookId, leftOut(windows, from));
  }
  return collected;
}

/** From when on coverage is not to be trusted; `undefined` where all of it is, as of times that the provider's clock has reached. */
function doubtedFrom(windows: readonly Window[], { provider, now }: Place): Date | undefined {
  const nowMs = now().getTime();
  const newestMs = windows.reduce((latestMs, { to }) => Math.max(latestMs, to.getTime()), Number.NEGATIVE_INFINITY);
  if (newestMs - reachedByEither(nowMs, provider.clockReading) <= TOLERATED_MS) return undefined;
  return new Date(nowMs - Math.max(DOUBTED_MS, newestMs - nowMs));
}

function isOursRight({ clockReading }: Place["provider"], now: Date): boolean {
  if (!clockReading || Math.abs(theirLeadMs(clockReading)) > AGREE_WITHIN_MS) return false;
  const agoMs = now.getTime() - clockReading.ours.getTime();
  // Ours was put back since it was compared.
  if (agoMs < -SECOND_MS) return false;
  return agoMs <= SHOWN_LATELY_MS;
}

function leftOut(windows: readonly Window[], from: Date): Window[] {
  return windows.flatMap(({ from: start, to }) => {
    const endMs = Math.min(to.getTime(), from.getTime());
    return start.getTime() < endMs ? [windowOf(start.getTime(), endMs)] : [];
  });
}
