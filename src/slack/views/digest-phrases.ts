import { scheduleInWords } from "../../triage/digest/schedule.ts";
import type { DigestSchedule, DigestSubscription } from "../../triage/digest/subscription.ts";
import { dateLeaf, quoted, words } from "../blocks/build.ts";
import type { Leaf } from "../blocks/types.ts";

/** Phrases of the messages that manage digests. */

/** `Every weekday at 09:00 (Europe/Berlin)` */
export function scheduleHeadline(schedule: DigestSchedule): string {
  const inWords = scheduleInWords(schedule);
  return `${inWords.slice(0, 1).toUpperCase()}${inWords.slice(1)}`;
}

/** `Terms: code:5xx`, or that there are none. */
export function termsLine(terms: string): Leaf[] {
  if (terms === "") return [words("Everything that fails, of every webhook")];
  return [words("Terms: "), quoted(terms, TERMS_LENGTH, { code: true })];
}

const TERMS_LENGTH = 300;

/** What comes on a day without failures. */
export function allClearLine(allClear: DigestSubscription["allClear"]): Leaf[] {
  return [words(allClear === "line" ? "All clear: one line is posted" : "All clear: nothing is posted")];
}

/** `Next: Monday, November 23rd at 9:00 AM`, in the reader's zone; the schedule beside it says the hour in its own. */
export function nextLine(nextAt: Date): Leaf[] {
  return [words("Next: "), dateLeaf(nextAt, "{date_long_pretty} at {time}")];
}

/** A channel by its name, for whoever reads of it in another place. */
export function channelLeaf(channel: string): Leaf {
  return hasName(channel) ? { type: "channel", channel_id: channel } : words(NAMELESS);
}

/** The same in mrkdwn. */
export function channelMrkdwn(channel: string): string {
  return hasName(channel) ? `<#${channel}>` : NAMELESS;
}

const NAMELESS = "this conversation";

/** Slack writes the name of a channel for the reader; a direct message has none. */
function hasName(channel: string): boolean {
  return /^[CG][A-Z0-9]+$/.test(channel);
}

/** Somebody by their Slack id; whatever is no id is nobody. */
export function personLeaf(userId: string): Leaf {
  return /^[UW][A-Z0-9]+$/.test(userId) ? { type: "user", user_id: userId } : words("somebody");
}
