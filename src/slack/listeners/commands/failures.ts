import { askFailures } from "../../../collect/questions.ts";
import type { Outcome } from "../../context.ts";
import { failuresMessage } from "../../views/failures.ts";
import { answerQuestion } from "./answering.ts";
import type { Asked } from "./subcommands.ts";

/** `/hooks failures [terms] [time range]`, and `/hooks` alone. */
export function failures(asked: Asked): Promise<Outcome> {
  const { collector } = asked.context;
  return answerQuestion(
    asked,
    asked.rest,
    (question, signal) => askFailures(collector, question, signal),
    (answer, asker, late) => failuresMessage(answer, asker, { offset: 0 }, late),
  );
}
