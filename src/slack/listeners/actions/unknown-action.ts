import type { AllMiddlewareArgs, SlackActionMiddlewareArgs } from "@slack/bolt";
import { createAside } from "../../aside.ts";
import type { SlackContext } from "../../context.ts";
import { staleButtonMessage } from "../../views/refusal.ts";

/** A press on something that this version does not know, such as a button of an older message. */
export function unknownAction(context: SlackContext) {
  const { log, metrics } = context;
  return async ({ ack, body, respond }: SlackActionMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    const endAck = metrics.ackSeconds.startTimer({ kind: "action" });
    await ack();
    endAck();
    log.warn({ type: body.type }, "unknown action");
    // In a modal there is no response URL, and ours has nothing to press.
    if (!respond) return;
    const aside = createAside({ context, respond, user: body.user.id, channel: body.channel?.id, kind: "press" });
    await aside.say(staleButtonMessage()).catch((err) => log.error({ err }, "could not say so"));
  };
}
