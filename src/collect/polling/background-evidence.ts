import type { Provider } from "../../providers/provider.ts";
import { findInvocations } from "../../store/invocations.ts";
import { windowOf } from "../../triage/window.ts";
import type { Collector } from "../collector.ts";
import { gatherEvidence } from "../evidence.ts";

/** What people ask for when they name no time, and digests tell of. */
const WINDOW_MS = 24 * 60 * 60_000;

/**
 * Reads the attempts that a question about the last 24 hours would want, chosen as it chooses them. Returns whether there may be more to read: a
 * pass reads no more than a question does.
 */
export async function gatherInBackground(
  collector: Collector,
  provider: Provider,
  signal: AbortSignal,
): Promise<boolean> {
  const now = collector.now();
  const window = windowOf(now.getTime() - WINDOW_MS, now.getTime());
  const failed = await findInvocations(collector.store.db, {
    window,
    providers: [provider.id],
    outcomes: ["failed"],
    asOf: now,
  });
  if (failed.length === 0) return false;
  const before = provider.requestCount;
  const query = { words: [], terms: [], window };
  const { failures } = await gatherEvidence(
    collector,
    { query, evidence: "sample", failed, failing: new Set() },
    signal,
  );
  return provider.requestCount > before && failures.errors.length === 0 && failures.ofProviders.length === 0;
}
