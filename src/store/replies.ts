import { type Kysely, sql } from "kysely";
import { storableText } from "./json-rows.ts";
import type { Tables } from "./tables.ts";

export interface ReplyClaim {
  channel: string;
  threadTs: string;
  now: Date;
  /** After so long a claim without a message counts as left behind by a process that died. */
  staleAfterMs: number;
}

/**
 * `claimed`: ours, post it. `posted`: it exists, edit it. `busy`: somebody else is about to post it. `abandoned`: ours now, but
 * whoever claimed it before may have posted it: look for it before posting.
 */
export type ClaimedReply =
  | { state: "claimed" }
  | { state: "posted"; messageTs: string }
  | { state: "busy" }
  | { state: "abandoned" };

/** Of all who claim one key at once, in any process, exactly one gets `claimed` (or `abandoned`). */
export async function claimReply(db: Kysely<Tables>, key: string, claim: ReplyClaim): Promise<ClaimedReply> {
  const staleBefore = new Date(claim.now.getTime() - claim.staleAfterMs);
  for (;;) {
    const ours = await takeClaim(db, key, claim, staleBefore);
    if (ours) return { state: ours.is_new ? "claimed" : "abandoned" };
    const theirs = await db
      .selectFrom("replies")
      .select("message_ts")
      .where("key", "=", storableText(key))
      .executeTakeFirst();
    if (theirs)
      return theirs.message_ts === null ? { state: "busy" } : { state: "posted", messageTs: theirs.message_ts };
    // It was released between the two statements: it is free again.
  }
}

/** The claimed reply was posted as `messageTs`. */
export async function completeReply(db: Kysely<Tables>, key: string, messageTs: string): Promise<void> {
  await db
    .updateTable("replies")
    .set({ message_ts: messageTs })
    .where("key", "=", storableText(key))
    .where("message_ts", "is", null)
    .execute();
}

/**
 * The next claim starts anew: posting failed, or (with `messageTs`) that message was found to be gone. What somebody else has
 * posted meanwhile stays.
 */
export async function releaseReply(db: Kysely<Tables>, key: string, messageTs?: string): Promise<void> {
  await db
    .deleteFrom("replies")
    .where("key", "=", storableText(key))
    .where("message_ts", "is not distinct from", messageTs ?? null)
    .execute();
}

function takeClaim(db: Kysely<Tables>, key: string, claim: ReplyClaim, staleBefore: Date) {
  return (
    db
      .insertInto("replies")
      .values({
        key: storableText(key),
        channel: claim.channel,
        thread_ts: claim.threadTs,
        message_ts: null,
        claimed_at: claim.now,
      })
      .onConflict((conflict) =>
        conflict
          .column("key")
          .doUpdateSet({ claimed_at: claim.now })
          .where("replies.message_ts", "is", null)
          .where("replies.claimed_at", "<=", staleBefore),
      )
      // An inserted row has no older version: https://www.postgresql.org/docs/current/ddl-system-columns.html
      .returning(sql<boolean>`xmax = 0`.as("is_new"))
      .executeTakeFirst()
  );
}
