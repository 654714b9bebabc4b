import type { Kysely } from "kysely";
import { RULES_VERSION } from "../triage/cause/read-cause.ts";
import { type Diagnosis, diagnose } from "../triage/diagnosis.ts";
import { type Attempt, type Invocation, refKey } from "../triage/model.ts";
import { lockAttemptReads } from "./attempt-reads.ts";
import { readAttemptsOfAll } from "./attempts.ts";
import { isOfItsEnd, readDiagnoses, type StoredDiagnosis, writeDiagnoses } from "./diagnoses.ts";
import { keyOf, toRefColumns } from "./refs.ts";
import { type CauseChange, recordRegroupings } from "./regroupings.ts";
import type { Tables } from "./tables.ts";
import { inTransaction } from "./transaction.ts";

/** Invocations whose attempts are in memory at a time. */
const INVOCATIONS_AT_ONCE = 20;

/** The rules by which attempts are read. */
export interface Rules {
  version: number;
  diagnose: (attempts: readonly Attempt[]) => Diagnosis | undefined;
}

const CURRENT_RULES: Rules = { version: RULES_VERSION, diagnose };

/**
 * What the attempts of these invocations told, by `refKey`, as the present rules read them: what was diagnosed by earlier rules, or never, is
 * read anew from the attempts in the store, a few invocations at a time, and a change of cause is recorded. What the signal leaves no time
 * for is told as it was. Left out are those that were read before their end or never diagnosed, and of which nothing is told.
 */
export async function bringDiagnosesUpToDate(
  db: Kysely<Tables>,
  invocations: readonly Invocation[],
  { signal, now, rules = CURRENT_RULES }: { signal?: AbortSignal; now: () => Date; rules?: Rules },
): Promise<Map<string, StoredDiagnosis>> {
  const known = await readDiagnoses(db, invocations);
  const outdated = invocations.filter((invocation) => {
    const stored = known.get(refKey(invocation));
    return stored !== undefined && stored.rules < rules.version;
  });
  for (let from = 0; from < outdated.length && !signal?.aborted; from += INVOCATIONS_AT_ONCE) {
    const batch = outdated.slice(from, from + INVOCATIONS_AT_ONCE);
    const attempts = await readAttemptsOfAll(db, batch);
    const at = now();
    const anew = batch.flatMap((invocation): Rediagnosed[] => {
      const key = refKey(invocation);
      const stored = known.get(key);
      if (!stored) return [];
      const own = attempts.get(key) ?? [];
      const { diagnosis, rules: version } = stored;
      const before = { rules: version, lastCode: own.at(-1)?.statusCode, ...(diagnosis ? { diagnosis } : {}) };
      const ref = toRefColumns(invocation);
      return [{ key, stored, ref, row: invocation, before, diagnosis: rules.diagnose(own), rules: rules.version, at }];
    });
    for (const { key, stored, diagnosis } of await keep(db, anew)) {
      known.set(key, { readAt: stored.readAt, rules: rules.version, ...(diagnosis ? { diagnosis } : {}) });
    }
  }
  for (const invocation of invocations) {
    const stored = known.get(refKey(invocation));
    const isTold = stored?.diagnosis !== undefined || (stored?.rules !== 0 && isOfItsEnd(invocation, stored));
    if (!isTold) known.delete(refKey(invocation));
  }
  return known;
}

interface Rediagnosed extends CauseChange {
  key: string;
  stored: StoredDiagnosis;
}

/** Keeps them together, and returns those that are kept: not those that somebody else has read or diagnosed meanwhile. */
function keep(db: Kysely<Tables>, anew: readonly Rediagnosed[]): Promise<readonly Rediagnosed[]> {
  return inTransaction(db, async (trx) => {
    const refs = anew.map(({ ref }) => ref);
    const reads = await lockAttemptReads(trx, refs);
    const readAtMs = new Map(reads.map((row) => [keyOf(row), row.read_at.getTime()]));
    const present = await readDiagnoses(
      trx,
      refs.map(({ provider, webhook_id, invocation_id }) => ({ provider, webhookId: webhook_id, id: invocation_id })),
    );
    const kept = anew.filter(({ ref, stored }) => {
      const key = keyOf(ref);
      return readAtMs.get(key) === stored.readAt.getTime() && present.get(key)?.rules === stored.rules;
    });
    if (kept.length === 0) return kept;
    await writeDiagnoses(trx, kept);
    await recordRegroupings(trx, kept);
    return kept;
  });
}
