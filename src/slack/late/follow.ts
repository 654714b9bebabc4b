import { setTimeout as delay } from "node:timers/promises";
import { requestIdNow } from "../../ops/request-id.ts";
import { slackErrorOf } from "../call.ts";
import type { SlackContext } from "../context.ts";
import { messageOf, type Sent } from "../outgoing.ts";
import { isPassing } from "../refusals.ts";
import type { Late } from "../views/late.ts";
import type { Ask, Message } from "../views/message.ts";
import { failureMessage } from "../views/refusal.ts";
import { endsWithin } from "./ends-within.ts";
import type { Reading } from "./reading.ts";

/** A message that fails to be edited so often in a row is left alone. */
const MOST_FAILURES = 3;
/** Edits that are kept for the end, where only a few are left: for the whole answer, and for its plain form if Slack refuses it. */
const KEPT_FOR_THE_END = 2;

/** An answer that stands in Slack while the rest of it is being read. */
export interface Unfinished {
  reading: Reading;
  asker: Ask;
  sent: Sent;
  /** What it says. */
  message: Message;
}

/** What such an answer says of the rest. Throws what the store throws. */
export async function beingRead(reading: Reading): Promise<Extract<Late, { state: "being_read" }>> {
  const slowed = await reading.slowed();
  const read = reading.read();
  return { state: "being_read", until: reading.until, ...(read && { read }), ...(slowed && { slowed }) };
}

/**
 * Edits an answer, now and then while it is being read, and once more when the rest has arrived or nothing more comes. Never posts. Ends at
 * once where Slack lets us edit no more, or the message is gone. Never throws.
 */
export async function followReading(context: SlackContext, unfinished: Unfinished): Promise<void> {
  const { log } = context;
  try {
    if ((await editMeanwhile(context, unfinished)) === "over") return;
    if (await editAtTheEnd(context, unfinished)) log.info("a late answer was edited: nothing more comes");
  } catch (error) {
    log.error({ err: error }, "a late answer could not be edited");
  }
}

type Edited = "done" | "failed" | "over";

/** Until the reading has ended. */
async function editMeanwhile(context: SlackContext, unfinished: Unfinished): Promise<"ended" | "over"> {
  const { pace, log } = context;
  const { reading, sent, asker } = unfinished;
  let said = JSON.stringify(unfinished.message);
  let failures = 0;
  while (!(await endsWithin(reading.whole, pace.lateEditEveryMs))) {
    if (failures >= MOST_FAILURES || sent.editsLeft() <= KEPT_FOR_THE_END) continue;
    try {
      const viewFor = await reading.soFar();
      const message = messageOf(viewFor(asker, await beingRead(reading)));
      const says = JSON.stringify(message);
      if (says === said) continue;
      const edited = await edit(context, sent, message);
      if (edited === "over") return "over";
      failures = edited === "failed" ? failures + 1 : 0;
      if (edited === "done") said = says;
    } catch (error) {
      failures += 1;
      log.warn({ err: error }, "what is known so far could not be told");
    }
  }
  return "ended";
}

/** Returns whether it could be edited. */
async function editAtTheEnd(context: SlackContext, { reading, asker, sent }: Unfinished): Promise<boolean> {
  const { pace, stopping } = context;
  const message = await lastMessage(context, reading, asker);
  for (let failures = 0; failures < MOST_FAILURES; failures += 1) {
    // Nobody waits for it, but for the end of the bot somebody does.
    if (failures > 0) await delay(pace.lateEditEveryMs, undefined, { signal: stopping });
    const edited = await edit(context, sent, message);
    if (edited !== "failed") return edited === "done";
  }
  return false;
}

async function lastMessage({ log }: SlackContext, reading: Reading, asker: Ask): Promise<Message> {
  try {
    const viewFor = await reading.whole;
    return messageOf(viewFor(asker));
  } catch (error) {
    log.error({ err: error }, "the rest of an answer could not be read");
    const viewFor = await reading.soFar().catch(() => undefined);
    return viewFor ? messageOf(viewFor(asker, { state: "given_up" })) : failureMessage(error, requestIdNow());
  }
}

/** Never throws. */
async function edit({ log }: SlackContext, sent: Sent, message: Message): Promise<Edited> {
  try {
    if (await sent.edit(message)) return "done";
    log.info("a late answer is left as it is: it is gone, or Slack lets us edit it no more");
    return "over";
  } catch (error) {
    const word = slackErrorOf(error);
    const isOver = word !== undefined && !isPassing(word);
    log.warn({ err: error, isOver }, "a late answer could not be edited");
    return isOver ? "over" : "failed";
  }
}
