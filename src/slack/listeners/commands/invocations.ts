import { askInvocations } from "../../../collect/questions.ts";
import type { Outcome } from "../../context.ts";
import { invocationsMessage } from "../../views/invocations.ts";
import { answerQuestion } from "./answering.ts";
import type { Asked } from "./subcommands.ts";

/** `/hooks invocations [terms] [time range]`. */
export function invocations(asked: Asked): Promise<Outcome> {
  const { collector } = asked.context;
  return answerQuestion(
    asked,
    asked.rest,
    (question, signal) => askInvocations(collector, question, signal),
    (answer, asker, late) => invocationsMessage(answer, asker, { offset: 0 }, late),
  );
}
