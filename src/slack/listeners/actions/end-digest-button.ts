import { findSubscription } from "../../../store/subscriptions.ts";
import { decodeEndDigest } from "../../button-values.ts";
import type { Outcome, SlackContext } from "../../context.ts";
import { digestListMessage } from "../../views/digest-list.ts";
import { digestGoneMessage } from "../../views/digest-refused.ts";
import { commandName } from "../../views/frame.ts";
import { staleButtonMessage } from "../../views/refusal.ts";
import { readDigests } from "../commands/digest/list.ts";
import { endDigest, endedNotice } from "../commands/digest/off.ts";
import { onPress, type Press } from "./press.ts";

/** **End** beside a digest in the list: ends it, and shows those that are left. */
export function endDigestButton(context: SlackContext) {
  return onPress(context, endPressed);
}

async function endPressed({ context, value, aside }: Press): Promise<Outcome> {
  const command = commandName({ command: "" });
  const end = decodeEndDigest(value);
  if (!end) {
    await aside.say(staleButtonMessage());
    return "not_understood";
  }
  const digest = await findSubscription(context.collector.store.db, end.subscription);
  if (!digest || !(await endDigest(context, digest))) {
    await aside.say(digestGoneMessage(command));
    return "answered";
  }
  const { channel } = digest;
  const left = await readDigests(context, channel);
  await aside.say(digestListMessage(left, { command, channel, notice: endedNotice(digest) }));
  return "answered";
}
