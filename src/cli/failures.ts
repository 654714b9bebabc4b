import { askFailures } from "../collect/questions.ts";
import type { Answering, Call } from "./command.ts";
import { questionOf, resultOf } from "./question.ts";
import { failuresText } from "./views/failures.ts";
import { failuresJson } from "./views/json.ts";

/** `failures [terms] [time range]`: issues, worst first. */
export function failures(call: Call): Answering {
  const asked = questionOf(call);
  return async (collector, signal) => {
    const answered = await askFailures(collector, asked.question, signal);
    return resultOf(asked, answered, { text: failuresText, json: failuresJson });
  };
}
