import { listSubscriptions, type StoredSubscription } from "../../../../store/subscriptions.ts";
import { faultMessage } from "../../../views/fault.ts";
import type { Asked } from "../subcommands.ts";
import { listDigests } from "./list.ts";

/**
 * Which of the channel's digests is meant: the one with the number, or the only one. `none`: the channel has none. `told`: it
 * cannot be said which, and the asker has been told so.
 */
export type Chosen = { kind: "one"; digest: StoredSubscription } | { kind: "none" } | { kind: "told" };

export async function chooseDigest(
  asked: Asked,
  verb: "now" | "preview" | "off",
  number: number | undefined,
): Promise<Chosen> {
  const { context, aside, command } = asked;
  const there = await listSubscriptions(context.collector.store.db, { channel: command.channel_id });
  if (there.length === 0 && number === undefined) return { kind: "none" };
  if (number === undefined && there.length > 1) {
    const example = `${command.command} digest ${verb} ${there.at(-1)?.number}`;
    await listDigests(asked, `Which one? Say its number, such as ${example}.`);
    return { kind: "told" };
  }
  const digest = number === undefined ? there[0] : there.find((one) => one.number === number);
  if (digest) return { kind: "one", digest };
  const what = `There is no digest ${number}: this channel has ${numbersOf(there)}.`;
  await aside.say(faultMessage({ what, example: `${command.command} digest list` }));
  return { kind: "told" };
}

/** `digests 1, 3 and 4` */
function numbersOf(there: readonly StoredSubscription[]): string {
  const numbers = there.map(({ number }) => String(number));
  const last = numbers.pop();
  if (last === undefined) return "none";
  return numbers.length === 0 ? `digest ${last}` : `digests ${numbers.join(", ")} and ${last}`;
}
