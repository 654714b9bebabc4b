import type { WebClient } from "@slack/web-api";
import { callSlack, isUnknownMethod } from "./call.ts";

export interface Channels {
  /**
   * Whether an answer may be posted there for all to see: the bot is a member, and the channel is not shared with another
   * organisation unless the operator listed it. What cannot be found out is a no.
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
  const known = new Map<string, { mayPost: boolean; untilMs: number }>();

  async function mayPostIn(channelId: string): Promise<boolean> {
    // A direct message holds nobody but the asker, who was let in already; reading it would need one more scope.
    if (channelId.startsWith("D")) return true;
    const kept = known.get(channelId);
    if (kept && kept.untilMs > now().getTime()) return kept.mayPost;
    const mayPost = await lookUp(channelId);
    known.set(channelId, { mayPost, untilMs: now().getTime() + BELIEVED_MS });
    return mayPost;
  }

  async function lookUp(channelId: string): Promise<boolean> {
    try {
      const { channel } = await callSlack(() => web.conversations.info({ channel: channelId }));
      if (!channel) return true;
      const isShared = channel.is_ext_shared === true || channel.is_pending_ext_shared === true;
      if (isShared && !listedSharedChannels.includes(channelId)) return false;
      return channel.is_member !== false && channel.is_archived !== true;
    } catch (error) {
      return isUnknownMethod(error);
    }
  }

  return { mayPostIn };
}
