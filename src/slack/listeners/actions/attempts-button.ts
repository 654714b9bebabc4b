import { readAttemptsOf } from "../../../collect/attempts.ts";
import { findListedInvocation } from "../../../collect/one-invocation.ts";
import { decodeAttempts } from "../../button-values.ts";
import type { Outcome, SlackContext } from "../../context.ts";
import { attemptsMessage } from "../../views/attempts.ts";
import { staleButtonMessage } from "../../views/refusal.ts";
import { answerPress, onPress, type Press } from "./press.ts";

/** **Attempts** on an invocation: its attempt history in the message's thread; a second press refreshes what is there. */
export function attemptsButton(context: SlackContext) {
  return onPress(context, showAttempts);
}

async function showAttempts(press: Press): Promise<Outcome> {
  const { context, value, aside } = press;
  const { collector } = context;
  const ref = decodeAttempts(value);
  const provider = collector.providers.find((candidate) => candidate.id === ref?.provider);
  if (!ref || !provider) {
    await aside.say(staleButtonMessage());
    return "not_understood";
  }
  const key = `attempts ${JSON.stringify([ref.provider, ref.webhookId, ref.id])}`;
  return answerPress(press, key, async (signal) => {
    const reading = await readAttemptsOf(collector, ref, signal);
    const listed = await findListedInvocation(collector, ref, context.now());
    return attemptsMessage({
      ref,
      listed,
      attempts: reading.attempts,
      readAt: reading.readAt,
      staleReason: reading.staleReason,
      detail: provider.capabilities.attemptDetail,
      timelineOnlyBecause: reading.timelineOnlyBecause,
      noneBecause: reading.noneBecause,
      diagnosis: reading.diagnosis,
    });
  });
}
