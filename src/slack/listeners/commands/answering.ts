import { setTimeout as delay } from "node:timers/promises";
import type { Answered, Question } from "../../../collect/questions.ts";
import { formatQuery } from "../../../triage/format-query.ts";
import type { AnswerFrame } from "../../../triage/issue.ts";
import { parseQuery, type QueryFault } from "../../../triage/parse-query.ts";
import { MAX_AGE_MS, type Outcome } from "../../context.ts";
import { beingRead, followReading } from "../../late/follow.ts";
import { type Reading, startReading, type ViewFor } from "../../late/reading.ts";
import { messageOf, type Outgoing, send } from "../../outgoing.ts";
import { inTime } from "../../stopping.ts";
import { typedText } from "../../typed-text.ts";
import { faultMessage } from "../../views/fault.ts";
import type { Late } from "../../views/late.ts";
import type { Ask, Message } from "../../views/message.ts";
import { workingMessage } from "../../views/working.ts";
import { startWorkingNote } from "../../working-note.ts";
import type { Asked } from "./subcommands.ts";

export type { Outgoing } from "../../outgoing.ts";

/**
 * Reads the text as a question, asks it, and posts the answer where all in the channel see it, or to the asker alone where the
 * bot cannot post. An answer that is not there in time is posted with what is known, and edited when the rest has arrived. What cannot be
 * understood is told to the asker alone.
 */
export async function answerQuestion<Answer extends AnswerFrame>(
  asked: Asked,
  text: string,
  ask: (question: Question, signal: AbortSignal) => Promise<Answered<Answer>>,
  view: (answer: Answer, asker: Ask, late?: Late) => Message,
): Promise<Outcome> {
  const { context, aside, person } = asked;
  const now = wholeSecond(context.now());
  const parsed = parseQuery(text, {
    now,
    timeZone: person.timeZone,
    providers: context.collector.providers.map((provider) => provider.id),
    command: asked.name,
  });
  if (!parsed.ok) {
    await aside.say(refuse(parsed.fault));
    return "not_understood";
  }
  const { query, timeZone } = parsed;
  const question: Question = { query, now, maxAgeMs: MAX_AGE_MS, evidence: "sample" };
  const asker = { ...askOf(asked, formatQuery(query)), timeZone };
  const key = `${asked.name} ${asker.queryText}`;
  return answerFrom(
    asked,
    asked.readings(key, () => startReading(context, { question, ask, view, refuse })),
    asker,
  );
}

/** In an incident many ask the same at once: within a second they ask for the same window, and one answer is read for all. */
function wholeSecond(at: Date): Date {
  return new Date(Math.floor(at.getTime() / 1000) * 1000);
}

/** Builds an answer under the deadline, with a note meanwhile when it takes its time, and sends it off. */
export async function whileWorking(asked: Asked, build: (signal: AbortSignal) => Promise<Outgoing>): Promise<Outcome> {
  const outgoing = await withNote(asked, () => inTime(asked.context, build));
  await send(asked, outgoing);
  return outgoing.outcome;
}

/** The answer of a reading: the whole one if it is there in time, else what is known by then, which is edited later. */
async function answerFrom(asked: Asked, reading: Reading, asker: Ask): Promise<Outcome> {
  const { context } = asked;
  const leave = reading.join();
  const waiting = withNote(asked, () => wholeOrSoFar(reading, context.pace.deadlineMs));
  const { viewFor, isWhole } = await waiting.finally(leave);
  if (isWhole) {
    const outgoing = viewFor(asker);
    await send(asked, outgoing);
    return outgoing.outcome;
  }
  const late = await beingRead(reading);
  const outgoing = viewFor(asker, late);
  const { until: _, ...unedited } = late;
  const sent = await send(asked, outgoing, messageOf(viewFor(asker, unedited)));
  context.goOn(() => followReading(context, { reading, asker, sent, message: messageOf(outgoing) }));
  return outgoing.outcome;
}

interface Found {
  viewFor: ViewFor;
  isWhole: boolean;
}

async function wholeOrSoFar({ whole, soFar }: Reading, deadlineMs: number): Promise<Found> {
  const timer = new AbortController();
  const late = delay(deadlineMs, undefined, { signal: timer.signal }).then(soFar);
  try {
    return await Promise.race([
      whole.then((viewFor) => ({ viewFor, isWhole: true })),
      late.then((viewFor) => ({ viewFor, isWhole: false })),
    ]);
  } finally {
    timer.abort();
  }
}

/** Shows a note while something takes its time. */
async function withNote<Result>({ context, aside }: Asked, make: () => Promise<Result>): Promise<Result> {
  const note = startWorkingNote(context.pace.workingAfterMs, () => aside.note(workingMessage()));
  try {
    return await make();
  } finally {
    await note.end();
  }
}

function refuse(fault: QueryFault): Message {
  return faultMessage(asCommand(fault));
}

/** The example of a fault as one would type it here. */
export function asCommand(fault: QueryFault): QueryFault {
  return { ...fault, example: `/hooks ${fault.example}` };
}

/** Who asked what, for the answer to name. */
export function askOf({ command, person }: Asked, queryText: string): Ask {
  const typed = `${command.command} ${typedText(command.text)}`.trim();
  return { askedBy: person.userId, command: typed, timeZone: person.timeZone, queryText };
}
