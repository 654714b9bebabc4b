import { decodeDigestPlace } from "../../button-values.ts";
import { isUncertain, slackErrorOf } from "../../call.ts";
import type { Outcome, SlackContext } from "../../context.ts";
import { digestForm } from "../../views/digest-form.ts";
import { noFormMessage } from "../../views/digest-refused.ts";
import { commandName } from "../../views/frame.ts";
import { staleButtonMessage } from "../../views/refusal.ts";
import { onPress, type Press } from "./press.ts";

/** **New digest** under the list of a channel's digests: opens the form for one. */
export function newDigestButton(context: SlackContext) {
  return onPress(context, openForm);
}

/** Slack's words for a trigger that opens nothing any more: it lives three seconds. */
const TOO_LATE = new Set(["expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"]);

async function openForm({ context, person, value, triggerId, aside }: Press): Promise<Outcome> {
  const { web, log } = context;
  const place = decodeDigestPlace(value);
  if (!place) {
    await aside.say(staleButtonMessage());
    return "not_understood";
  }
  try {
    await web.views.open({ trigger_id: triggerId, view: digestForm({ ...place, timeZone: person.timeZone }) });
    return "answered";
  } catch (error) {
    if (!TOO_LATE.has(slackErrorOf(error) ?? "") && !isUncertain(error)) throw error;
    log.warn({ err: error }, "the form of a digest could not be opened");
    await aside.say(noFormMessage(commandName({ command: "" })));
    return "failed";
  }
}
