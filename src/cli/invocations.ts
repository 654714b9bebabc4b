import { askInvocations } from "../collect/questions.ts";
import type { Answering, Call } from "./command.ts";
import { questionOf, resultOf } from "./question.ts";
import { invocationsText } from "./views/invocations.ts";
import { invocationsJson } from "./views/json.ts";

/** `invocations [terms] [time range]`: failed invocations one by one, newest first. */
export function invocations(call: Call): Answering {
  const asked = questionOf(call);
  return async (collector, signal) => {
    const answered = await askInvocations(collector, asked.question, signal);
    return resultOf(asked, answered, { text: invocationsText, json: invocationsJson });
  };
}
