import { scheduleInWords } from "../../triage/digest/schedule.ts";
import type { DigestSubscription } from "../../triage/digest/subscription.ts";
import { richText, words } from "../blocks/build.ts";
import { fitMessage } from "../blocks/fit.ts";
import { outsidePlain } from "../blocks/text.ts";
import type { Leaf } from "../blocks/types.ts";
import type { Message } from "./message.ts";

/** Why a digest cannot be posted, and what to do about it: two sentences. */
export interface Undelivered {
  reason: string;
  mend: string;
}

/** `why` is Slack's own word, or ours for a channel that nothing may be posted in. */
export function undeliveredOf(why: string, channel: string): Undelivered {
  const known = Object.hasOwn(WHYS, why) ? WHYS[why] : undefined;
  if (known) return known;
  if (why === "shared") {
    return {
      reason: "The channel is shared with another organisation.",
      mend: `Nothing is posted there unless the bot's operator lists ${channel} in SLACK_SHARED_CHANNELS.`,
    };
  }
  if (why.startsWith("restricted_action")) {
    return {
      reason: "Posting in the channel is restricted.",
      mend: "An administrator of the workspace, or the channel's settings, must allow this app to post there.",
    };
  }
  return {
    reason: `Slack refuses it: ${outsidePlain(why, WORD_LENGTH)}.`,
    mend: "The bot's operator finds more in its log.",
  };
}

const WORD_LENGTH = 60;

const NOT_THERE: Undelivered = {
  reason: "The bot is not in the channel.",
  mend: "Type /invite @Hooktriage there, and the next digest comes. If the channel was deleted, there is nothing to do.",
};
const ARCHIVED: Undelivered = {
  reason: "The channel is archived.",
  mend: "If it is unarchived, the next digest comes; if not, there is nothing to do.",
};
const WHYS: Record<string, Undelivered> = {
  not_member: NOT_THERE,
  not_in_channel: NOT_THERE,
  channel_not_found: NOT_THERE,
  archived: ARCHIVED,
  is_archived: ARCHIVED,
  direct_message: {
    reason: "It is a conversation between other people.",
    mend: "Set the digest up in a channel, or in your direct message with the bot.",
  },
  missing_scope: {
    reason: "The app lacks the scope chat:write.",
    mend: "The bot's operator must add it on the app's pages and install the app anew.",
  },
};

/** To the one who made the digest, in a direct message, once: which one, why, and the mend. */
export function digestUndeliveredMessage(digest: DigestSubscription, { reason, mend }: Undelivered): Message {
  const when = scheduleInWords(digest.schedule);
  const channel: Leaf = /^[CG][A-Z0-9]+$/.test(digest.channel)
    ? { type: "channel", channel_id: digest.channel }
    : words("this conversation");
  return fitMessage({
    text: `A digest of yours cannot be posted. ${reason} ${mend}`,
    most: 0,
    blocks: () => [
      richText([
        [words("A digest of yours cannot be posted", { bold: true }), words(" in "), channel, words(`: ${when}.`)],
        [words(`${reason} ${mend}`)],
        [words("It is tried again each time, and you hear of it only this once.")],
      ]),
    ],
  });
}
