import { createHash } from "node:crypto";
import { explainGrouping } from "../../../collect/why-grouped.ts";
import { partTerms } from "../../../triage/part-terms.ts";
import { decodeWhyGrouped } from "../../button-values.ts";
import type { Outcome, SlackContext } from "../../context.ts";
import { staleButtonMessage } from "../../views/refusal.ts";
import { nothingGroupedMessage, whyGroupedMessage } from "../../views/why-grouped.ts";
import { answerPress, onPress, type Press } from "./press.ts";

/** **Why grouped?** under an issue: what its invocations share, in the message's thread; a second press refreshes what is there. */
export function whyGroupedButton(context: SlackContext) {
  return onPress(context, showWhyGrouped);
}

async function showWhyGrouped(press: Press): Promise<Outcome> {
  const { context, value, aside } = press;
  const { collector } = context;
  const asked = decodeWhyGrouped(value);
  if (!asked || !collector.providers.some(({ id }) => id === asked.provider)) {
    await aside.say(staleButtonMessage());
    return "not_understood";
  }
  const key = `why-grouped ${createHash("sha256").update(value).digest("hex").slice(0, 32)}`;
  return answerPress(press, key, async (signal) => {
    const why = await explainGrouping(collector, { ...asked, terms: partTerms(asked.terms ?? "") }, signal);
    return why ? whyGroupedMessage(why, asked) : nothingGroupedMessage();
  });
}
