import { listSubscriptions } from "../../../../store/subscriptions.ts";
import type { DigestSubscription } from "../../../../triage/digest/subscription.ts";
import { faultMessage } from "../../../views/fault.ts";
import { counted } from "../../../views/phrases.ts";
import type { Asked } from "../subcommands.ts";
import { listDigests } from "./list.ts";

/**
 * Which of the channel's digests is meant: the one with the number, or the only one. `none`: the channel has none. `told`: it
 * cannot be said which, and the asker has been told so.
 */
export type Chosen = { kind: "one"; digest: DigestSubscription; number: number } | { kind: "none" } | { kind: "told" };

export async function chooseDigest(
  asked: Asked,
  verb: "now" | "preview" | "off",
  number: number | undefined,
): Promise<Chosen> {
  const { context, aside, command } = asked;
  const there = await listSubscriptions(context.collector.store.db, { channel: command.channel_id });
  if (there.length === 0 && number === undefined) return { kind: "none" };
  if (number === undefined && there.length > 1) {
    await listDigests(asked, `Which one? Say its number, such as ${command.command} digest ${verb} ${there.length}.`);
    return { kind: "told" };
  }
  const chosen = number ?? 1;
  const digest = there[chosen - 1];
  if (digest) return { kind: "one", digest, number: chosen };
  const what =
    there.length === 0
      ? `There is no digest ${chosen}: this channel has none.`
      : `There is no digest ${chosen}: this channel has ${counted(there.length, "digest", "digests")}.`;
  await aside.say(faultMessage({ what, example: `${command.command} digest list` }));
  return { kind: "told" };
}
