import type { SlackContext } from "./context.ts";
import { postMessage, postToOne } from "./post.ts";
import type { Message } from "./views/message.ts";

/**
 * Tells one person something for which there is no response URL: where they are looking, or, where the bot cannot reach them
 * there, in a direct message. Throws when there is no way to this person.
 */
export async function tellPerson(
  { web, log }: SlackContext,
  { channel, user }: { channel: string; user: string },
  message: Message,
): Promise<void> {
  try {
    await postToOne(web, { channel }, user, message);
  } catch (error) {
    log.info({ err: error, channel }, "cannot reach a person in the channel, so it goes into a direct message");
    // A person's id stands for the direct message with them: https://docs.slack.dev/reference/methods/chat.postMessage#channels
    const posted = await postMessage(web, { channel: user }, message);
    if ("refused" in posted) throw new Error(`No direct message to a person: ${posted.refused}`, { cause: error });
  }
}
