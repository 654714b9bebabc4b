import type { Button } from "@slack/types";
import { scheduleInWords } from "../../triage/digest/schedule.ts";
import type { DigestSubscription } from "../../triage/digest/subscription.ts";
import { button } from "../blocks/build.ts";
import { END_DIGEST_ACTION, encodeEndDigest } from "../button-values.ts";

/** **End**, which ends a digest after asking whether it should. `name` tells it from others: `digest 2`. */
export function endDigestButton({ id, schedule }: DigestSubscription, name: string): Button | undefined {
  const end = button(END_DIGEST_ACTION, "End", encodeEndDigest({ subscription: id }), `End ${name}`);
  if (!end) return undefined;
  return {
    ...end,
    confirm: {
      title: { type: "plain_text", text: "End this digest?" },
      text: {
        type: "plain_text",
        text: `Nothing is posted for it any more: ${name}, ${scheduleInWords(schedule)}.`,
      },
      confirm: { type: "plain_text", text: "End it" },
      deny: { type: "plain_text", text: "Keep it" },
      style: "danger",
    },
  };
}
