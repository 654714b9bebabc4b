import { lastDoneSlots } from "../../../../store/digest-slots.ts";
import { listSubscriptions } from "../../../../store/subscriptions.ts";
import { nextSlot } from "../../../../triage/digest/schedule.ts";
import type { Outcome, SlackContext } from "../../../context.ts";
import { digestListMessage, type ListedDigest } from "../../../views/digest-list.ts";
import type { NoDigest } from "../../../views/digest-refused.ts";
import type { Message } from "../../../views/message.ts";
import type { Asked } from "../subcommands.ts";
import { MOST_DIGESTS } from "./keep.ts";

/** `/hooks digest list`, and `/hooks digest` alone. `notice` says why it is shown. */
export async function listDigests({ context, aside, command }: Asked, notice?: string): Promise<Outcome> {
  await aside.say(await digestList(context, { command: command.command, channel: command.channel_id, notice }));
  return "answered";
}

interface ListPlace {
  /** The slash command as this workspace calls it. */
  command: string;
  channel: string;
  notice?: string | undefined;
  /** It is read in another place than the channel. */
  isElsewhere?: boolean;
}

/** The list of a channel's digests, with the way to another one or why there is none. */
export async function digestList(context: SlackContext, { notice, ...place }: ListPlace): Promise<Message> {
  const { channel, isElsewhere } = place;
  const listed = await readDigests(context, channel);
  const noNew = isElsewhere ? undefined : await whyNoNew(context, channel, listed.length);
  return digestListMessage(listed, { ...place, ...(notice && { notice }), ...(noNew && { noNew }) });
}

async function whyNoNew({ channels }: SlackContext, channel: string, count: number): Promise<NoDigest | undefined> {
  return count < MOST_DIGESTS ? channels.whyNot(channel) : "full";
}

async function readDigests({ collector, now }: SlackContext, channel: string): Promise<ListedDigest[]> {
  const { db } = collector.store;
  const subscriptions = await listSubscriptions(db, { channel });
  const done = await lastDoneSlots(
    db,
    subscriptions.map(({ id }) => id),
  );
  const at = now();
  return subscriptions.map((subscription) => {
    const { number, undeliverable } = subscription;
    const last = done.get(subscription.id);
    return {
      digest: subscription,
      number,
      nextAt: nextSlot(subscription.schedule, at),
      ...(last && { last }),
      ...(undeliverable && { undeliverable }),
    };
  });
}
