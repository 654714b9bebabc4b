import { endSubscription, type StoredSubscription } from "../../../../store/subscriptions.ts";
import { scheduleInWords } from "../../../../triage/digest/schedule.ts";
import type { DigestSubscription } from "../../../../triage/digest/subscription.ts";
import type { Outcome, SlackContext } from "../../../context.ts";
import { digestGoneMessage } from "../../../views/digest-refused.ts";
import type { Asked } from "../subcommands.ts";
import { chooseDigest } from "./choose.ts";
import { listDigests } from "./list.ts";

/** `/hooks digest off [number]`. */
export async function endChosenDigest(asked: Asked, number: number | undefined): Promise<Outcome> {
  const { context, aside, command } = asked;
  const chosen = await chooseDigest(asked, "off", number);
  if (chosen.kind === "told") return "not_understood";
  if (chosen.kind === "none") return listDigests(asked, "There is nothing to end.");
  if (!(await endDigest(context, chosen.digest))) {
    await aside.say(digestGoneMessage(command.command));
    return "answered";
  }
  return listDigests(asked, endedNotice(chosen.digest));
}

/** Whether it was still there to be ended. */
export async function endDigest(context: SlackContext, { id, channel }: DigestSubscription): Promise<boolean> {
  const { collector, digests, log, now } = context;
  if (!(await endSubscription(collector.store.db, id, now()))) return false;
  log.info({ subscription: id, digestChannel: channel }, "a digest was ended");
  try {
    await digests.drop(id);
  } catch (error) {
    // What has ended is not posted, whatever its schedule says; the schedule goes at the next start.
    log.error({ err: error, subscription: id }, "the schedule of an ended digest could not be dropped");
  }
  return true;
}

/** `Ended: digest 2, every Monday at 14:30 (America/New_York), code:5xx.` */
export function endedNotice({ number, schedule, terms }: StoredSubscription): string {
  return `Ended: digest ${number}, ${scheduleInWords(schedule)}, ${terms === "" ? "everything that fails" : terms}.`;
}
