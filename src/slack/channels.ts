import type { WebClient } from "@slack/web-api";
import { createBelieved } from "./believed.ts";
import { isUnknownMethod, slackErrorOf } from "./call.ts";

export interface Channels {
  /**
   * Whether an answer may be posted there for all to see: the bot is a member, and the channel is not shared with another
   * organisation unless the operator listed it. What cannot be found out is a no. Never throws.
   */
  mayPostIn(channelId: string): Promise<boolean>;
}

export interface ChannelsParts {
  web: WebClient;
  /** Externally shared channels that the operator listed (`SLACK_SHARED_CHANNELS`). */
  listedSharedChannels: readonly string[];
  now: () => Date;
}

/** How long what Slack said of a channel is believed. Short: being invited must take effect at once, more or less. */
const BELIEVED_MS = 20_000;

export function createChannels({ web, listedSharedChannels, now }: ChannelsParts): Channels {
  const believed = createBelieved<boolean | undefined>({
    forMs: BELIEVED_MS,
    now,
    isKept: (mayPost) => mayPost !== undefined,
  });

  /** `undefined`: Slack could not be asked just now. */
  async function lookUp(channelId: string): Promise<boolean | undefined> {
    try {
      const { channel } = await web.conversations.info({ channel: channelId });
      if (!channel) return true;
      const isShared = channel.is_ext_shared === true || channel.is_pending_ext_shared === true;
      if (isShared && !listedSharedChannels.includes(channelId)) return false;
      return channel.is_member !== false && channel.is_archived !== true;
    } catch (error) {
      if (isUnknownMethod(error)) return true;
      return slackErrorOf(error) === undefined ? undefined : false;
    }
  }

  return {
    async mayPostIn(channelId) {
      // Ours with the asker, who was let in already; in one between two people Slack refuses the post. Reading it would need one
      // more scope.
      if (channelId.startsWith("D")) return true;
      return (await believed.get(channelId, () => lookUp(channelId))) === true;
    },
  };
}
