import { sendTestDelivery, TestDeliveryError } from "../../../collect/test-delivery.ts";
import { claimReply } from "../../../store/replies.ts";
import type { TestDelivery } from "../../../triage/test-delivery.ts";
import { ToldError } from "../../../triage/told-error.ts";
import { decodeTest, type TestValue } from "../../button-values.ts";
import type { Outcome } from "../../context.ts";
import { postMessage } from "../../post.ts";
import { commandName } from "../../views/frame.ts";
import type { Message } from "../../views/message.ts";
import { staleButtonMessage } from "../../views/refusal.ts";
import { testDeliveryMessage } from "../../views/test-delivery.ts";
import {
  sendingMessage,
  testPressedMessage,
  testSentMessage,
  testTooOldMessage,
  testTroubleMessage,
} from "../../views/test-trouble.ts";
import { startWorkingNote } from "../../working-note.ts";
import { onPress, type Press } from "./press.ts";

/** For so long a question may be answered with yes: after that what is being tested may be another thing. Milliseconds. */
const ASKED_FOR_MS = 15 * 60_000;
/** A claim that nobody takes over: whoever had it may have sent. Longer than any claim is kept. Milliseconds. */
const FOR_EVER_MS = 1_000 * 365 * 24 * 60 * 60_000;
/** Reading the list of webhooks and the provider's own wait for the receiver. Milliseconds. */
const LONGEST_MS = 45_000;

/** **Send test delivery** under the question: sends it once, however often it is pressed, and tells all in the channel what came of it. */
export function testButton(context: Parameters<typeof onPress>[0]) {
  return onPress(context, sendTest);
}

async function sendTest(press: Press): Promise<Outcome> {
  const { context, value, aside } = press;
  const test = decodeTest(value);
  const command = commandName({ command: "" });
  if (!test || !context.collector.providers.some(({ id }) => id === test.provider)) {
    await aside.say(staleButtonMessage());
    return "not_understood";
  }
  if (Math.abs(context.now().getTime() - test.askedAt.getTime()) > ASKED_FOR_MS) {
    await aside.replace(testTooOldMessage(command));
    return "not_understood";
  }
  if (!(await isFirstPress(press, test))) {
    await aside.say(testPressedMessage(command));
    return "answered";
  }
  // From here on the button has done its part: what came of it takes the place of the question.
  const note = startWorkingNote(context.pace.workingAfterMs, () => aside.replace(sendingMessage()));
  try {
    const delivery = await send(press, test);
    await note.end();
    await tell(press, testDeliveryMessage(delivery, { sentBy: press.person.userId, command }));
    return "answered";
  } catch (error) {
    await note.end();
    if (!(error instanceof ToldError)) {
      context.log.error({ err: error }, "a press failed");
      await aside.replace(testTroubleMessage(OWN_FAULT, "maybe_sent"));
      return "failed";
    }
    await aside.replace(testTroubleMessage(error, error instanceof TestDeliveryError ? error.fault : "not_sent"));
    return "failed";
  } finally {
    await note.end();
  }
}

const OWN_FAULT = {
  told: "The bot itself failed",
  nextStep:
    "Look at the receiver whether it arrived before you send another; the bot's operator finds the reason in its log.",
};

/** One press a question, whatever came of it: whether the one before has sent, a process that died cannot tell. */
async function isFirstPress({ context, channel = "" }: Press, { nonce }: TestValue): Promise<boolean> {
  const { db } = context.collector.store;
  const claim = { channel, threadTs: "", now: context.now(), staleAfterMs: FOR_EVER_MS };
  return (await claimReply(db, `test ${nonce}`, claim)).state === "claimed";
}

/** The log tells who had it sent. */
async function send({ context }: Press, { provider, webhookId }: TestValue): Promise<TestDelivery> {
  const { collector, log, stopping } = context;
  const of = { provider, webhookId };
  log.info(of, "sends a test delivery");
  try {
    const signal = AbortSignal.any([stopping, AbortSignal.timeout(LONGEST_MS)]);
    const delivery = await sendTestDelivery(collector, of, signal);
    const { id, outcome } = delivery.kind === "started" ? delivery.invocation : { id: undefined, ...delivery.attempt };
    log.info({ ...of, invocation: id, testOutcome: outcome }, "sent a test delivery");
    return delivery;
  } catch (error) {
    const fault = error instanceof TestDeliveryError ? error.fault : "not_sent";
    log.warn({ ...of, fault, err: error }, "a test delivery came to nothing, or nobody knows");
    throw error;
  }
}

/** Where all in the channel see it, or to the presser alone where the bot cannot post. */
async function tell({ context, channel, aside }: Press, message: Message): Promise<void> {
  const { web, channels, log } = context;
  if (channel !== undefined && (await channels.mayPostIn(channel))) {
    try {
      if ("ts" in (await postMessage(web, { channel }, message))) return await aside.replace(testSentMessage());
    } catch (error) {
      log.warn({ err: error }, "the result of a test could not be posted, so it goes to the presser alone");
    }
  }
  await aside.replace(message);
}
