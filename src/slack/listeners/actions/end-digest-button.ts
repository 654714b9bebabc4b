import { findSubscription } from "../../../store/subscriptions.ts";
import { decodeEndDigest } from "../../button-values.ts";
import { isDirectMessage } from "../../channels.ts";
import type { Outcome, SlackContext } from "../../context.ts";
import { digestGoneMessage } from "../../views/digest-refused.ts";
import { commandName } from "../../views/frame.ts";
import { staleButtonMessage } from "../../views/refusal.ts";
import { digestList } from "../commands/digest/list.ts";
import { endDigest, endedNotice } from "../commands/digest/off.ts";
import { onPress, type Press } from "./press.ts";

/** **End** beside a digest in the list, or in the message that it cannot be posted: ends it, and shows those that are left. */
export function endDigestButton(context: SlackContext) {
  return onPress(context, endPressed);
}

async function endPressed({ context, value, aside, channel: pressedIn }: Press): Promise<Outcome> {
  const command = commandName({ command: "" });
  const end = decodeEndDigest(value);
  if (!end) {
    await aside.say(staleButtonMessage());
    return "not_understood";
  }
  const digest = await findSubscription(context.collector.store.db, end.subscription);
  if (!digest || !(await endDigest(context, digest))) {
    // In a direct message the button may be of any channel, and the list that can be asked for there is another one.
    const hasList = pressedIn !== undefined && !isDirectMessage(pressedIn);
    await aside.say(digestGoneMessage(hasList ? command : undefined));
    return "answered";
  }
  const { channel } = digest;
  const isElsewhere = pressedIn !== undefined && pressedIn !== channel;
  await aside.say(await digestList(context, { command, channel, notice: endedNotice(digest), isElsewhere }));
  return "answered";
}
