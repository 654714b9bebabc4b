import type { WebClient } from "@slack/web-api";
import type { Finding } from "../../triage/finding.ts";

/** Rows a page, at most. https://docs.slack.dev/reference/methods/users.conversations */
const LARGEST_PAGE = 999;
const IDS_SHOWN = 5;
const INVITE = "/invite @Hooktriage";

/** Ids of the public and private channels in which the bot is, without those that are archived. Throws as calls to Slack do. */
export async function memberChannels(web: WebClient): Promise<string[]> {
  const ids: string[] = [];
  const seen = new Set<string>();
  let cursor: string | undefined;
  do {
    const types = "public_channel,private_channel";
    const page = await web.users.conversations({ types, exclude_archived: true, limit: LARGEST_PAGE, cursor });
    ids.push(...(page.channels ?? []).flatMap(({ id }) => id ?? []));
    cursor = page.response_metadata?.next_cursor;
    // A cursor that leads in circles would never end.
    if (!cursor || seen.has(cursor)) return ids;
    seen.add(cursor);
  } while (cursor);
  return ids;
}

/** Whether the bot is anywhere at all. */
export function membershipFinding(memberOf: readonly string[]): Finding {
  const check = "slack channels";
  const { length } = memberOf;
  if (length > 0) return { check, state: "ok", told: `The bot is in ${length} channel${length === 1 ? "" : "s"}.` };
  return {
    check,
    state: "warning",
    told: "The bot is in no channel: answers go to the asker alone, and no digest can be posted.",
    mend: `Type ${INVITE} in the channel where answers and digests are wanted.`,
  };
}

/** Whether every channel that has a digest can get it. */
export function unreachedDigests(wanted: readonly string[], memberOf: readonly string[]): Finding {
  const check = "digest channels";
  const channels = [...new Set(wanted)];
  const members = new Set(memberOf);
  const unreached = channels.filter((id) => !members.has(id) && !id.startsWith("D"));
  if (unreached.length === 0) {
    return { check, state: "ok", told: `The bot is in every channel that has a digest (${channels.length}).` };
  }
  const more = unreached.length > IDS_SHOWN ? ` and ${unreached.length - IDS_SHOWN} more` : "";
  return {
    check,
    state: "fault",
    told: `The bot is not in ${unreached.length} of the ${channels.length} channels that have a digest, or they are archived: ${unreached.slice(0, IDS_SHOWN).join(", ")}${more}.`,
    mend: `Type ${INVITE} in each of them, or end the digest there with /hooks digest off.`,
  };
}
