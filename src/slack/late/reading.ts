import { awaitedWork } from "../../collect/awaited-work.ts";
import type { Progress } from "../../collect/collector.ts";
import { whyEnded } from "../../collect/ended-early.ts";
import type { Answered, AttemptsProgress, Question } from "../../collect/questions.ts";
import type { AnswerFrame } from "../../triage/issue.ts";
import { matchesProvider } from "../../triage/match.ts";
import type { QueryFault } from "../../triage/parse-query.ts";
import type { SlackContext } from "../context.ts";
import type { Outgoing } from "../outgoing.ts";
import { createShared } from "../shared.ts";
import { inTime } from "../stopping.ts";
import type { Late, ReadSoFar, Slowed } from "../views/late.ts";
import type { Ask, Message } from "../views/message.ts";
import { slowedBy } from "./slowed.ts";

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
  /** The budget that it waits for, if it does. Throws what the store throws. */
  slowed(): Promise<Slowed | undefined>;
  /** The caller waits for it until the returned function is called. While nobody does, it gives way to what people wait for. */
  join(): () => void;
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

/** Starts to read what a question needs, for as long as an answer may be late. Who starts it has yet to join it. */
export function startReading<Answer extends AnswerFrame>(context: SlackContext, parts: ReadingParts<Answer>): Reading {
  const { pace, now, stopping, collector } = context;
  const { question, ask, view, refuse } = parts;
  const progress = new Map<string, Progress>();
  let attempts: AttemptsProgress | undefined;
  let stageBeganAt = now();
  const shared = createShared<ViewFor>();
  const work = awaitedWork();

  const told: Question = {
    ...question,
    onProgress: (step) => progress.set(step.provider, step),
    onAttempts(step) {
      if (!attempts) stageBeganAt = now();
      attempts = step;
    },
  };
  const until = new Date(now().getTime() + pace.lateUntilMs);
  const whole = work.run(() =>
    inTime(
      context,
      async (signal): Promise<ViewFor> => {
        const { answer, unmatched } = await ask(told, signal);
        if (unmatched) return () => ({ outcome: "not_understood", toAsker: refuse(unmatched) });
        const ended = endedEarly(answer, whyEnded(signal));
        return (asker, late) => ({ outcome: "answered", toChannel: view(ended.answer, asker, late ?? ended.late) });
      },
      pace.lateUntilMs,
    ),
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

  /** By provider, as far as each has told. */
  function stages() {
    if (attempts) return attempts.ofProviders;
    const asked = collector.providers.filter(({ id }) => matchesProvider(question.query, id));
    return asked.map(({ id }) => progress.get(id) ?? { provider: id }).filter((stage) => !isDone(stage));
  }

  return {
    whole,
    soFar: () => shared("so far", answerSoFar),
    read: () => (attempts ? { what: "attempts", ...inAll(attempts.ofProviders) } : webhooksOf([...progress.values()])),
    slowed: () => slowedBy(collector, { stages: stages(), elapsedMs: now().getTime() - stageBeganAt.getTime(), until }),
    join: () => work.join(),
    until,
  };
}

/** What ended it is told once, at the top: there it is, where it has left parts of the window unknown. */
function endedEarly<Answer extends AnswerFrame>(
  answer: Answer,
  why: string | undefined,
): { answer: Answer; late?: Late } {
  const isOfIt = (note: string) => why !== undefined && note.startsWith(why);
  if (why === undefined || !answer.notes.some(isOfIt)) return { answer };
  const isToldThere = answer.coverage.some(({ reason }) => reason?.includes(why));
  const rest = { ...answer, notes: answer.notes.filter((note) => !isOfIt(note)) };
  return isToldThere ? { answer: rest } : { answer: rest, late: { state: "cut_short", why } };
}

function isDone(stage: Progress | { provider: string }): boolean {
  return "of" in stage && stage.read >= stage.of;
}

function webhooksOf(progress: readonly Progress[]): ReadSoFar | undefined {
  const all = inAll(progress);
  return all.of === 0 ? undefined : { what: "webhooks", ...all };
}

function inAll(steps: readonly { read: number; of: number }[]): { read: number; of: number } {
  return {
    read: steps.reduce((sum, { read }) => sum + read, 0),
    of: steps.reduce((sum, { of }) => sum + of, 0),
  };
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
