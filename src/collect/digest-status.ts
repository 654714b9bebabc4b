import type { Kysely } from "kysely";
import { lastDoneSlots } from "../store/digest-slots.ts";
import { listSubscriptions, type StoredSubscription } from "../store/subscriptions.ts";
import type { Tables } from "../store/tables.ts";
import type { Finding } from "../triage/finding.ts";
import type { DigestStatus } from "../triage/status.ts";

const REASONS_SHOWN = 5;

/** How the digests fare, and what keeps any from its channel. `channel`: where was asked. */
export async function readDigestStatus(
  db: Kysely<Tables>,
  channel: string,
): Promise<{ digests: DigestStatus; findings: Finding[] }> {
  const subscriptions = await listSubscriptions(db);
  const here = subscriptions.filter((subscription) => subscription.channel === channel);
  const elsewhere = subscriptions.filter((subscription) => subscription.channel !== channel);
  const done = await lastDoneSlots(
    db,
    subscriptions.map(({ id }) => id),
  );

  function lastOf(some: readonly StoredSubscription[], isHere: boolean): DigestStatus["last"] {
    const slots = some.flatMap(({ id }) => done.get(id) ?? []);
    const last = slots.toSorted((one, other) => other.dueAt.getTime() - one.dueAt.getTime())[0];
    return last && { dueAt: last.dueAt, state: last.state, isHere };
  }

  const last = lastOf(here, true) ?? lastOf(elsewhere, false);
  const digests = { here: here.length, elsewhere: elsewhere.length, ...(last ? { last } : {}) };
  return { digests, findings: undeliverableFindings(subscriptions, channel) };
}

/** Other channels are counted and not named: not everybody may know of them. */
function undeliverableFindings(subscriptions: readonly StoredSubscription[], channel: string): Finding[] {
  const stuck = subscriptions.filter(({ undeliverable }) => undeliverable !== undefined);
  if (stuck.length === 0) return [];
  const isHere = stuck.some((subscription) => subscription.channel === channel);
  const reasons = [...new Set(stuck.map(({ undeliverable }) => undeliverable?.reason ?? ""))];
  const why = reasons.slice(0, REASONS_SHOWN).join(", ");
  return [
    {
      check: "digest channels",
      state: "fault",
      told: `${stuck.length} of ${subscriptions.length} digests cannot be posted${isHere ? ", one of this channel among them" : ""}: ${why}.`,
      mend: "Type /invite @Hooktriage in the channel of each, or end the digest there with /hooks digest off.",
    },
  ];
}
