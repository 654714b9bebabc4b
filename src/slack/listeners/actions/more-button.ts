import { createHash } from "node:crypto";
import { askFailures, askInvocations, type Question } from "../../../collect/questions.ts";
import { MAX_CANONICAL_LENGTH } from "../../../triage/format-query.ts";
import { parseQuery } from "../../../triage/parse-query.ts";
import { decodeMore, type MoreValue } from "../../button-values.ts";
import { MAX_AGE_MS, type Outcome, type SlackContext } from "../../context.ts";
import { failuresMessage } from "../../views/failures.ts";
import { invocationsMessage } from "../../views/invocations.ts";
import type { Message } from "../../views/message.ts";
import { staleButtonMessage } from "../../views/refusal.ts";
import { answerPress, onPress, type Press } from "./press.ts";

/** **More** under an answer: its next page in the thread. The page is of the same window and freshness as the answer. */
export function moreButton(context: SlackContext) {
  return onPress(context, showMore);
}

async function showMore(press: Press): Promise<Outcome> {
  const { context, person, value, aside } = press;
  const more = decodeMore(value);
  const providers = context.collector.providers.map((provider) => provider.id);
  const parsed =
    more &&
    parseQuery(more.query, { now: more.asOf, timeZone: person.timeZone, providers, maxLength: MAX_CANONICAL_LENGTH });
  if (!more || !parsed?.ok) {
    await aside.say(staleButtonMessage());
    return "not_understood";
  }
  // What was collected for the answer serves for its pages, however old it is; what was unknown then is told so here too.
  const question: Question = {
    query: parsed.query,
    now: more.asOf,
    maxAgeMs: Number.POSITIVE_INFINITY,
    toldMaxAgeMs: MAX_AGE_MS,
    evidence: "sample",
  };
  const key = `more ${createHash("sha256").update(value).digest("hex").slice(0, 32)}`;
  return answerPress(press, key, (signal) => pageOf(press, more, question, signal));
}

async function pageOf(
  { context, person }: Press,
  more: MoreValue,
  question: Question,
  signal: AbortSignal,
): Promise<Message> {
  const { collector } = context;
  const asker = {
    askedBy: person.userId,
    command: more.offset === 0 ? "Show invocations" : `More, from ${more.offset + 1} on`,
    timeZone: person.timeZone,
    queryText: more.query,
  };
  switch (more.view) {
    case "failures": {
      const { answer } = await askFailures(collector, question, signal);
      return failuresMessage(answer, asker, { offset: more.offset });
    }
    case "invocations": {
      const { answer } = await askInvocations(collector, question, signal);
      return invocationsMessage(answer, asker, { offset: more.offset });
    }
  }
}
