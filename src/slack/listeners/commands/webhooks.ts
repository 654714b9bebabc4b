import { askWebhooks } from "../../../collect/questions.ts";
import type { Outcome } from "../../context.ts";
import { webhooksMessage } from "../../views/webhooks.ts";
import { answerQuestion } from "./answering.ts";
import type { Asked } from "./subcommands.ts";

/** `/hooks webhooks [terms] [time range]`. */
export function webhooks(asked: Asked): Promise<Outcome> {
  const { collector } = asked.context;
  return answerQuestion(
    asked,
    asked.rest,
    (question, signal) => askWebhooks(collector, question, signal),
    (answer, asker, late) => webhooksMessage(answer, asker, late),
  );
}
