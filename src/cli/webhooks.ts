import { askWebhooks } from "../collect/questions.ts";
import type { Answering, Call } from "./command.ts";
import { questionOf, resultOf } from "./question.ts";
import { webhooksJson } from "./views/json.ts";
import { webhooksText } from "./views/webhooks.ts";

/** `webhooks [terms] [time range]`: webhooks and how they fare. */
export function webhooks(call: Call): Answering {
  const asked = questionOf(call);
  return async (collector, signal) => {
    const answered = await askWebhooks(collector, asked.question, signal);
    return resultOf(asked, answered, { text: webhooksText, json: webhooksJson });
  };
}
