import type { AllMiddlewareArgs, SlackActionMiddlewareArgs } from "@slack/bolt";
import type { SlackContext } from "../../context.ts";
import { respondWith } from "../../post.ts";
import { staleButtonMessage } from "../../views/refusal.ts";

/** A press on something that this version does not know, such as a button of an older message. */
export function unknownAction({ log }: SlackContext) {
  return async ({ ack, body, respond }: SlackActionMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    await ack();
    log.warn({ type: body.type }, "unknown action");
    if (respond)
      await respondWith(respond, staleButtonMessage()).catch((err) => log.error({ err }, "could not say so"));
  };
}
