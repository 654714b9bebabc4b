import type { Progress } from "../../collect/collector.ts";
import type { Answered, Question } from "../../collect/questions.ts";
import type { QueryFault } from "../../triage/parse-query.ts";
import type { SlackContext } from "../context.ts";
import type { Outgoing } from "../outgoing.ts";
import { createShared } from "../shared.ts";
import { inTime } from "../stopping.ts";
import type { Late, ReadSoFar } from "../views/late.ts";
import type { Ask, Message } from "../views/message.ts";

/** An answer as the one who asked gets it, who is named in it. `late`: how it stands with the rest. */
export type ViewFor = (asker: Ask, late?: Late) => Outgoing;

/** A question that is being read, for all who ask the same meanwhile. It goes on when they have an answer of what there is by then. */
export interface Reading {
  /**
   * The whole answer; where its time is over or the bot is stopped before, it tells itself what is unknown. Rejects with what the
   * reading threw.
   */
  whole: Promise<ViewFor>;
  /** The answer of what the store has by now. Throws what the store throws. */
  soFar(): Promise<ViewFor>;
  /** How far the reading is; `undefined` while nobody knows. */
  read(): ReadSoFar | undefined;
  /** When its time is over. */
  until: Date;
}

export interface ReadingParts<Answer> {
  question: Question;
  ask: (question: Question, signal: AbortSignal) => Promise<Answered<Answer>>;
  view: (answer: Answer, asker: Ask, late?: Late) => Message;
  /** Tells the asker that what the question names is not there. */
  refuse: (fault: QueryFault) => Message;
}

/** Starts to read what a question needs, for as long as an answer may be late. */
export function startReading<Answer>(context: SlackContext, parts: ReadingParts<Answer>): Reading {
  const { pace, now, stopping } = context;
  const { question, ask, view, refuse } = parts;
  const progress = new Map<string, Progress>();
  let areAttemptsRead = false;
  const shared = createShared<ViewFor>();

  const told: Question = {
    ...question,
    onProgress: (step) => progress.set(step.provider, step),
    onAttempts() {
      areAttemptsRead = true;
    },
  };
  const until = new Date(now().getTime() + pace.lateUntilMs);
  const whole = inTime(
    context,
    async (signal): Promise<ViewFor> => {
      const { answer, unmatched } = await ask(told, signal);
      if (!unmatched) return (asker, late) => ({ outcome: "answered", toChannel: view(answer, asker, late) });
      return () => ({ outcome: "not_understood", toAsker: refuse(unmatched) });
    },
    pace.lateUntilMs,
  );
  // Whoever waits for it hears of its failure; the end of the bot waits for it even where nobody does.
  context.goOn(() =>
    whole.then(
      () => {},
      () => {},
    ),
  );

  /** Whether something that was named is there at all is not known before the end. */
  async function answerSoFar(): Promise<ViewFor> {
    const { answer } = await ask({ ...question, isUnderWay: true }, stopping);
    return (asker, late) => ({ outcome: "answered", toChannel: view(answer, asker, late) });
  }

  return {
    whole,
    soFar: () => shared("so far", answerSoFar),
    read: () => (areAttemptsRead ? { what: "attempts" } : inAll([...progress.values()])),
    until,
  };
}

function inAll(progress: readonly Progress[]): ReadSoFar | undefined {
  const of = progress.reduce((sum, step) => sum + step.of, 0);
  if (of === 0) return undefined;
  return { what: "webhooks", of, read: progress.reduce((sum, step) => sum + step.read, 0) };
}

/** The readings that are under way: whoever asks what is being read joins in. */
export type Readings = (key: string, start: () => Reading) => Reading;

export function createReadings(): Readings {
  const underWay = new Map<string, Reading>();
  return (key, start) => {
    const found = underWay.get(key);
    if (found) return found;
    const reading = start();
    underWay.set(key, reading);
    const end = () => underWay.delete(key);
    reading.whole.then(end, end);
    return reading;
  };
}
