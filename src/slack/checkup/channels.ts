import type { WebClient } from "@slack/web-api";
import type { Finding } from "../../triage/finding.ts";
import { slackErrorOf } from "../call.ts";
import { isDirectMessage } from "../channels.ts";

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

/**
 * Whether every channel that has a digest can get it. Those that the bot is not in are looked at one by one, since an archived channel
 * is no mistake of anybody's. Throws as calls to Slack do.
 */
export async function digestChannelFindings(
  web: WebClient,
  wanted: readonly string[],
  memberOf: readonly string[],
): Promise<Finding[]> {
  const channels = [...new Set(wanted)];
  const members = new Set(memberOf);
  const unreached = channels.filter((id) => !members.has(id) && !isDirectMessage(id));
  const looks = unreached.slice(0, MOST_LOOKS).map(async (id) => ((await isArchived(web, id)) ? [id] : []));
  const archived = (await Promise.all(looks)).flat();
  const absent = unreached.filter((id) => !archived.includes(id));
  const count = `the ${channels.length} channels that have a digest`;
  const findings: Finding[] = [];
  if (absent.length > 0) {
    findings.push({
      check: DIGESTS,
      state: "fault",
      told: `The bot is not in ${absent.length} of ${count}: ${some(absent)}.`,
      mend: `Type ${INVITE} in each of them, or end the digest: with /hooks digest off there, or with ${BUTTON}.`,
    });
  }
  if (archived.length > 0) {
    findings.push({
      check: DIGESTS,
      state: "warning",
      told: `Of ${count}, ${archived.length} ${archived.length === 1 ? "is" : "are"} archived: ${some(archived)}.`,
      mend: `Unarchive each of them, or end its digest with ${BUTTON}.`,
    });
  }
  if (findings.length > 0) return findings;
  return [{ check: DIGESTS, state: "ok", told: `The bot is in every channel that has a digest (${channels.length}).` }];
}

const DIGESTS = "digest channels";
const BUTTON = "the End button in the direct message that the bot sends to whoever set it up";
/** More channels than anybody mends at once; the others are told as ones that the bot is not in. */
const MOST_LOOKS = 20;

/** A channel of which Slack does not tell is none that anybody could unarchive. */
async function isArchived(web: WebClient, channel: string): Promise<boolean> {
  try {
    return (await web.conversations.info({ channel })).channel?.is_archived === true;
  } catch (error) {
    if (slackErrorOf(error) === undefined) throw error;
    return false;
  }
}

function some(ids: readonly string[]): string {
  const more = ids.length > IDS_SHOWN ? ` and ${ids.length - IDS_SHOWN} more` : "";
  return `${ids.slice(0, IDS_SHOWN).join(", ")}${more}`;
}
