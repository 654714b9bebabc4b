import type { Kysely, Selectable } from "kysely";
import { type RefColumns, refRows } from "./refs.ts";
import type { Tables } from "./tables.ts";

/**
 * Until the transaction ends, nobody else writes or forgets what was read of these invocations. Everybody who writes of several takes them in
 * this order, and before anything else of them, so that none waits for another in a circle.
 */
export function lockAttemptReads(
  trx: Kysely<Tables>,
  refs: readonly RefColumns[],
): Promise<Selectable<Tables["attempt_reads"]>[]> {
  return trx
    .selectFrom("attempt_reads")
    .innerJoin(refRows(refs).as("wanted"), (join) =>
      join
        .onRef("attempt_reads.provider", "=", "wanted.provider")
        .onRef("attempt_reads.webhook_id", "=", "wanted.webhook_id")
        .onRef("attempt_reads.invocation_id", "=", "wanted.invocation_id"),
    )
    .selectAll("attempt_reads")
    .orderBy("attempt_reads.provider")
    .orderBy("attempt_reads.webhook_id")
    .orderBy("attempt_reads.invocation_id")
    .forUpdate("attempt_reads")
    .execute();
}
