import type { SlashCommand } from "@slack/bolt";
import type { Aside } from "./aside.ts";
import type { Outcome, SlackContext } from "./context.ts";
import { postMessage, updateMessage } from "./post.ts";
import type { Message } from "./views/message.ts";

/** An answer for all in the channel, or for the asker alone. */
export type Outgoing = { outcome: Outcome } & ({ toChannel: Message } | { toAsker: Message });

/** An answer that stands in Slack. */
export interface Sent {
  /** Changes it. Returns whether it could: it may be gone. Throws what may go well another time. */
  edit(message: Message): Promise<boolean>;
  /** How often it may be edited yet. */
  editsLeft(): number;
}

/** Where an answer goes. */
export interface Destination {
  context: SlackContext;
  command: SlashCommand;
  aside: Aside;
}

export function messageOf(outgoing: Outgoing): Message {
  return "toChannel" in outgoing ? outgoing.toChannel : outgoing.toAsker;
}

/**
 * Posts an answer where all in the channel see it, or to the asker alone where the bot cannot post. `once` is shown instead where it
 * could not be edited.
 */
export async function send(to: Destination, outgoing: Outgoing, once?: Message): Promise<Sent> {
  const { context, command, aside } = to;
  const ts = "toChannel" in outgoing ? await postForAll(to, outgoing.toChannel) : undefined;
  if (ts === undefined) {
    await aside.say(messageOf(outgoing), once);
    return aside;
  }
  await aside.takeBack();
  return {
    edit: (message) => updateMessage(context.web, command.channel_id, ts, message),
    editsLeft: () => Number.POSITIVE_INFINITY,
  };
}

/** Its timestamp, if it stands in the channel. What fails here is no reason to withhold the answer from the asker. */
async function postForAll({ context, command }: Destination, message: Message): Promise<string | undefined> {
  const { web, channels, log } = context;
  const channel = command.channel_id;
  if (!(await channels.mayPostIn(channel))) return undefined;
  try {
    const posted = await postMessage(web, { channel }, message);
    return "ts" in posted ? posted.ts : undefined;
  } catch (error) {
    log.warn({ err: error }, "an answer could not be posted, so it goes to the asker alone");
    return undefined;
  }
}
