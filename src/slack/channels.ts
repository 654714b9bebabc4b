import { WebAPIPlatformError, type WebClient } from "@slack/web-api";
import { createBelieved } from "./believed.ts";
import { isUnknownMethod, slackErrorOf } from "./call.ts";

/**
 * Why the bot posts nothing in a channel. `direct_message`: one between other people. `group_message`: one of several people, into
 * which the app's scopes do not let it look. `unknown`: Slack did not tell, for want of another scope or at this moment.
 */
export type NoPosting = "not_member" | "direct_message" | "group_message" | "archived" | "shared" | "unknown";

export interface Channels {
  /**
   * Whether an answer may be posted there for all to see: the bot is a member, and the channel is not shared with another
   * organisation unless the operator listed it. What cannot be found out is a no. Never throws.
   */
  mayPostIn(channelId: string): Promise<boolean>;
  /**
   * Why nothing can be posted there from now on, `undefined` when it can. Asks Slack anew, so that an invitation counts at once.
   * Never throws.
   */
  whyNot(channelId: string): Promise<NoPosting | undefined>;
}

export interface ChannelsParts {
  web: WebClient;
  /** Externally shared channels that the operator listed (`SLACK_SHARED_CHANNELS`). */
  listedSharedChannels: readonly string[];
  now: () => Date;
}

/** How long what Slack said of a channel is believed. Short: being invited must take effect at once, more or less. */
const BELIEVED_MS = 20_000;

/** What Slack told of a channel: what speaks against posting there. */
type Told = NoPosting | "nothing" | "no_answer";

/** No message has this timestamp. */
const NO_MESSAGE = "1000000000.000000";

export function createChannels({ web, listedSharedChannels, now }: ChannelsParts): Channels {
  const believed = createBelieved<Told>({ forMs: BELIEVED_MS, now, isKept: (told) => told !== "no_answer" });

  async function lookUp(channelId: string): Promise<Told> {
    try {
      const { channel } = await web.conversations.info({ channel: channelId });
      if (!channel) return "nothing";
      const isShared = channel.is_ext_shared === true || channel.is_pending_ext_shared === true;
      if (isShared && !listedSharedChannels.includes(channelId)) return "shared";
      if (channel.is_archived === true) return "archived";
      return channel.is_member === false ? "not_member" : "nothing";
    } catch (error) {
      if (isUnknownMethod(error)) return "nothing";
      const word = slackErrorOf(error);
      if (word === undefined) return "no_answer";
      if (word === "missing_scope" && seesChannels(error)) return "group_message";
      // Private channels that the bot is not in are not there for it.
      return word === "channel_not_found" ? "not_member" : "unknown";
    }
  }

  /** Looking at a direct message needs one more scope; asking for the address of a message in it needs none. */
  async function lookUpDirectMessage(channel: string): Promise<NoPosting | undefined> {
    try {
      await web.chat.getPermalink({ channel, message_ts: NO_MESSAGE });
    } catch (error) {
      if (slackErrorOf(error) === "channel_not_found") return "direct_message";
    }
    return undefined;
  }

  return {
    async mayPostIn(channelId) {
      // Ours with the asker, who was let in already; in one between two people Slack refuses the post.
      if (isDirectMessage(channelId)) return true;
      return (await believed.get(channelId, () => lookUp(channelId))) === "nothing";
    },
    async whyNot(channelId) {
      if (isDirectMessage(channelId)) return lookUpDirectMessage(channelId);
      const told = await lookUp(channelId);
      if (told === "nothing") return undefined;
      return told === "no_answer" ? "unknown" : told;
    },
  };
}

/** Whether the scopes that the answer lists are those for every channel, public and private: what they do not show is none. */
function seesChannels(error: unknown): boolean {
  const data: unknown = error instanceof WebAPIPlatformError ? error.data : undefined;
  const provided = typeof data === "object" && data !== null && "provided" in data ? data.provided : undefined;
  if (typeof provided !== "string") return false;
  const scopes = provided.split(",").map((scope) => scope.trim());
  return ["channels:read", "groups:read"].every((scope) => scopes.includes(scope));
}

export function isDirectMessage(channelId: string): boolean {
  return channelId.startsWith("D");
}
