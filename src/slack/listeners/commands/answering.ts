import type { Answered, Question } from "../../../collect/questions.ts";
import { formatQuery } from "../../../triage/format-query.ts";
import { parseQuery, type QueryFault } from "../../../triage/parse-query.ts";
import { MAX_AGE_MS, type Outcome } from "../../context.ts";
import { postMessage } from "../../post.ts";
import { inTime } from "../../stopping.ts";
import { typedText } from "../../typed-text.ts";
import { faultMessage } from "../../views/fault.ts";
import type { Ask, Message } from "../../views/message.ts";
import { workingMessage } from "../../views/working.ts";
import { startWorkingNote } from "../../working-note.ts";
import type { Asked } from "./subcommands.ts";

/**
 * Reads the text as a question, asks it, and posts the answer where all in the channel see it, or to the asker alone where the
 * bot cannot post. What cannot be understood is told to the asker alone.
 */
export async function answerQuestion<Answer>(
  asked: Asked,
  text: string,
  ask: (question: Question, signal: AbortSignal) => Promise<Answered<Answer>>,
  view: (answer: Answer, asker: Ask) => Message,
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
    await aside.say(faultMessage(asCommand(parsed.fault)));
    return "not_understood";
  }
  const { query, timeZone } = parsed;
  const question: Question = { query, now, maxAgeMs: MAX_AGE_MS, evidence: "sample" };
  const asker = { ...askOf(asked, formatQuery(query)), timeZone };
  return whileWorking(asked, async (signal) => {
    const viewFor = await asked.answers(`${asked.name} ${asker.queryText}`, async () => {
      const { answer, unmatched } = await ask(question, signal);
      return (reader) =>
        unmatched
          ? { outcome: "not_understood", toAsker: faultMessage(asCommand(unmatched)) }
          : { outcome: "answered", toChannel: view(answer, reader) };
    });
    return viewFor(asker);
  });
}

/** An answer as the one who asked gets it, who is named in it. */
export type ViewFor = (asker: Ask) => Outgoing;

/** In an incident many ask the same at once: within a second they ask for the same window, and one answer is read for all. */
function wholeSecond(at: Date): Date {
  return new Date(Math.floor(at.getTime() / 1000) * 1000);
}

/** An answer for all in the channel, or for the asker alone. */
export type Outgoing = { outcome: Outcome } & ({ toChannel: Message } | { toAsker: Message });

/** Builds an answer under the deadline, with a note meanwhile when it takes its time, and sends it off. */
export async function whileWorking(asked: Asked, build: (signal: AbortSignal) => Promise<Outgoing>): Promise<Outcome> {
  const { pace } = asked.context;
  const { aside } = asked;
  const note = startWorkingNote(pace.workingAfterMs, () => aside.note(workingMessage()));
  try {
    const outgoing = await inTime(asked.context, build);
    await note.end();
    const isPosted = "toChannel" in outgoing && (await postForAll(asked, outgoing.toChannel));
    if (isPosted) await aside.takeBack();
    else await aside.say("toChannel" in outgoing ? outgoing.toChannel : outgoing.toAsker);
    return outgoing.outcome;
  } finally {
    await note.end();
  }
}

/** Whether it stands in the channel. What fails here is no reason to withhold the answer from the asker. */
async function postForAll({ context, command }: Asked, message: Message): Promise<boolean> {
  const { web, channels, log } = context;
  const channel = command.channel_id;
  if (!(await channels.mayPostIn(channel))) return false;
  try {
    return "ts" in (await postMessage(web, { channel }, message));
  } catch (error) {
    log.warn({ err: error }, "an answer could not be posted, so it goes to the asker alone");
    return false;
  }
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
