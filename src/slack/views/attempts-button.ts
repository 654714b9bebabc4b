import type { Button } from "@slack/types";
import { type Invocation, occurredAt, type Webhook } from "../../triage/model.ts";
import { button } from "../blocks/build.ts";
import { inUtc, outsidePlain } from "../blocks/text.ts";
import { ATTEMPTS_ACTION, encodeAttempts } from "../button-values.ts";
import { webhookName } from "./phrases.ts";

/** What to do where the attempts are not read yet. */
export const PRESS_ATTEMPTS = "Press Attempts below: that reads why it failed.";

/** **Attempts** on an invocation. Screen readers hear of which one, since there are many such buttons in a message. */
export function attemptsButton(invocation: Invocation, webhook: Webhook): Button | undefined {
  const label = `Attempts at ${inUtc(occurredAt(invocation))}, ${outsidePlain(webhookName(webhook), 40)}`;
  return button(ATTEMPTS_ACTION, "Attempts", encodeAttempts(invocation), label);
}
