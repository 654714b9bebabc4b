import type { ProviderError } from "../providers/errors.ts";
import { findInvocations } from "../store/invocations.ts";
import { stratumOf } from "../triage/assume.ts";
import { isCertainFromRow } from "../triage/cause-of.ts";
import { type Invocation, occurredAt, outcomeAt } from "../triage/model.ts";
import { mostReads } from "../triage/sampling.ts";
import { contains } from "../triage/window.ts";
import type { Collector, FreshenRequest } from "./collector.ts";
import { gatherEvidence } from "./evidence.ts";
import { countReadFailures } from "./read-failures.ts";

/** The evidence that is read for a question while its invocations are still being listed. */
export interface EarlyEvidence {
  /** To be told of each page that is kept. */
  onKept(invocations: readonly Invocation[]): void;
  /** The listing has ended: nothing more is begun. */
  end(): void;
  /** What came of it, when all that was begun has ended. Rejects with a bug's error, or the database's. */
  whole: Promise<Early>;
}

export interface Early {
  /** Of how many invocations the attempts were asked for. */
  chosen: number;
  errors: readonly ProviderError[];
}

/** Reads of one look, which are sent side by side. */
const READS_A_LOOK = 6;
/** Of the reads that a question may cost, so many may come before all is listed: then those that tell most are chosen. */
const EARLY_SHARE = 0.5;

/**
 * Has a look at the store whenever a page tells of a failure that looks like none before, and reads one of each that looks the same: listing may
 * take minutes, and an answer of what is there so far should say why. Never two looks at once. What it reads is what would be read in the
 * end as well.
 */
export function gatherEarly(
  collector: Collector,
  { query, now }: Pick<FreshenRequest, "query" | "now">,
  signal: AbortSignal,
): EarlyEvidence {
  const seen = new Set<string>();
  const failures = countReadFailures();
  /** Those with news since the latest look. */
  const webhooks = new Map<string, { provider: string; id: string }>();
  let bell = Promise.withResolvers<void>();
  let hasEnded = false;
  let failedRows = 0;
  let chosen = 0;

  function isAsked(invocation: Invocation): boolean {
    return outcomeAt(invocation, now) === "failed" && contains(query.window, occurredAt(invocation));
  }

  /** One loop in the name of who asks: a page is kept in the name of all who wait for it, and they may leave. */
  async function lookWhileListed(): Promise<Early> {
    for (;;) {
      await bell.promise;
      bell = Promise.withResolvers();
      while (webhooks.size > 0 && !hasEnded && !signal.aborted) await look();
      if (hasEnded) return { chosen, errors: failures.errors };
    }
  }

  async function look(): Promise<void> {
    const asked = [...webhooks];
    webhooks.clear();
    const failed = await findInvocations(collector.store.db, {
      window: query.window,
      webhooks: asked.map(([, webhook]) => webhook),
      outcomes: ["failed"],
      asOf: now,
    });
    const readsFor = () => Math.min(READS_A_LOOK, Math.round(mostReads(failedRows) * EARLY_SHARE) - chosen);
    const request = { query, evidence: "first", failed, failing: new Set<string>(), failures, readsFor } as const;
    const gathered = await gatherEvidence(collector, request, signal);
    chosen += gathered.chosen;
    // There may be more than one look reads.
    if (gathered.chosen === READS_A_LOOK) for (const [key, webhook] of asked) webhooks.set(key, webhook);
  }

  const whole = lookWhileListed();
  // Where the listing fails first, nobody hears of this.
  whole.catch(() => undefined);

  return {
    onKept(invocations) {
      const failed = invocations.filter(isAsked);
      failedRows += failed.length;
      for (const invocation of failed) {
        const stratum = stratumOf(invocation);
        if (seen.has(stratum) || isCertainFromRow(invocation)) continue;
        seen.add(stratum);
        const { provider, webhookId: id } = invocation;
        webhooks.set(JSON.stringify([provider, id]), { provider, id });
        bell.resolve();
      }
    },
    end() {
      hasEnded = true;
      bell.resolve();
    },
    whole,
  };
}
