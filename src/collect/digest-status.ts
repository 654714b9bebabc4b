import type { Kysely } from "kysely";
import { lastDoneSlots } from "../store/digest-slots.ts";
import { listSubscriptions, type StoredSubscription } from "../store/subscriptions.ts";
import type { Tables } from "../store/tables.ts";
import { ARCHIVED_REASON } from "../triage/digest/archived.ts";
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
  const archived = stuck.filter(({ undeliverable }) => undeliverable?.reason === ARCHIVED_REASON);
  const others = stuck.filter((subscription) => !archived.includes(subscription));
  return [
    ...findingOf(others, subscriptions.length, channel, "fault", INVITE),
    ...findingOf(archived, subscriptions.length, channel, "warning", UNARCHIVE),
  ];
}

const BUTTON = "the End button in the direct message that the bot sent to whoever set it up";
const INVITE = `Type /invite @Hooktriage in the channel of each, or end the digest: with /hooks digest off there, or with ${BUTTON}.`;
const UNARCHIVE = `Unarchive the channel of each, or end the digest with ${BUTTON}.`;

function findingOf(
  stuck: readonly StoredSubscription[],
  count: number,
  channel: string,
  state: Finding["state"],
  mend: string,
): Finding[] {
  if (stuck.length === 0) return [];
  const isHere = stuck.some((subscription) => subscription.channel === channel);
  const reasons = [...new Set(stuck.map(({ undeliverable }) => undeliverable?.reason ?? ""))];
  const why = reasons.slice(0, REASONS_SHOWN).join(", ");
  const told = `${stuck.length} of ${count} digests cannot be posted${isHere ? ", one of this channel among them" : ""}: ${why}`;
  return [{ check: "digest channels", state, told: told.endsWith(".") ? told : `${told}.`, mend }];
}
