import type { Answered, Question } from "../../../collect/questions.ts";
import { formatQuery } from "../../../triage/format-query.ts";
import { parseQuery, type QueryFault } from "../../../triage/parse-query.ts";
import { MAX_AGE_MS } from "../../context.ts";
import { postMessage, respondWith } from "../../post.ts";
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
): Promise<void> {
  const { context, respond, person } = asked;
  const now = context.now();
  const parsed = parseQuery(text, {
    now,
    timeZone: person.timeZone,
    providers: context.collector.providers.map((provider) => provider.id),
    command: asked.name,
  });
  if (!parsed.ok) {
    await respondWith(respond, faultMessage(asCommand(parsed.fault)));
    return;
  }
  const { query, timeZone } = parsed;
  const question: Question = { query, now, maxAgeMs: MAX_AGE_MS, evidence: "sample" };
  const asker = { ...askOf(asked, formatQuery(query)), timeZone };
  await whileWorking(asked, async (signal) => {
    const { answer, noSuchWebhook } = await ask(question, signal);
    return noSuchWebhook ? { toAsker: faultMessage(asCommand(noSuchWebhook)) } : { toChannel: view(answer, asker) };
  });
}

/** An answer for all in the channel, or for the asker alone. */
export type Outgoing = { toChannel: Message } | { toAsker: Message };

/** Builds an answer under the deadline, with a note meanwhile when it takes its time, and sends it off. */
export async function whileWorking(asked: Asked, build: (signal: AbortSignal) => Promise<Outgoing>): Promise<void> {
  const { context, respond, command } = asked;
  const { pace, channels, web } = context;
  const note = startWorkingNote(pace.workingAfterMs, () => respondWith(respond, workingMessage()));
  try {
    const outgoing = await build(AbortSignal.timeout(pace.deadlineMs));
    const wasShown = await note.end();
    if ("toChannel" in outgoing && (await channels.mayPostIn(command.channel_id))) {
      const posted = await postMessage(web, { channel: command.channel_id }, outgoing.toChannel);
      if (posted !== undefined) {
        if (wasShown) await respond({ delete_original: true });
        return;
      }
    }
    const message = "toChannel" in outgoing ? outgoing.toChannel : outgoing.toAsker;
    await respondWith(respond, message, { replaceOriginal: wasShown });
  } finally {
    await note.end();
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
