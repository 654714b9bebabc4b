import { lastDoneSlots } from "../../../../store/digest-slots.ts";
import { listSubscriptions } from "../../../../store/subscriptions.ts";
import { nextSlot } from "../../../../triage/digest/schedule.ts";
import type { Outcome, SlackContext } from "../../../context.ts";
import { digestListMessage, type ListedDigest } from "../../../views/digest-list.ts";
import type { Asked } from "../subcommands.ts";

/** `/hooks digest list`, and `/hooks digest` alone. `notice` says why it is shown. */
export async function listDigests(asked: Asked, notice?: string): Promise<Outcome> {
  const { context, aside, command } = asked;
  const channel = command.channel_id;
  const listed = await readDigests(context, channel);
  await aside.say(digestListMessage(listed, { command: command.command, channel, ...(notice && { notice }) }));
  return "answered";
}

/** The channel's digests, oldest first: their place is their number. */
export async function readDigests({ collector, now }: SlackContext, channel: string): Promise<ListedDigest[]> {
  const { db } = collector.store;
  const subscriptions = await listSubscriptions(db, { channel });
  const done = await lastDoneSlots(
    db,
    subscriptions.map(({ id }) => id),
  );
  const at = now();
  return subscriptions.map((subscription) => {
    const { undeliverable } = subscription;
    const last = done.get(subscription.id);
    return {
      digest: subscription,
      nextAt: nextSlot(subscription.schedule, at),
      ...(last && { last }),
      ...(undeliverable && { undeliverable }),
    };
  });
}
