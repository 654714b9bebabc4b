import { createShared } from "./shared.ts";

/** Answers that are believed for a while. Who asks while the same is being looked up gets that answer too. */
export interface Believed<Answer> {
  get(key: string, lookUp: () => Promise<Answer>): Promise<Answer>;
}

export interface BelievedParts<Answer> {
  /** Milliseconds. */
  forMs: number;
  now: () => Date;
  /** What is not kept is looked up again next time. */
  isKept: (answer: Answer) => boolean;
}

/** Beyond so many answers, those that are no longer believed are thrown away. */
const MANY = 1_000;

export function createBelieved<Answer>({ forMs, now, isKept }: BelievedParts<Answer>): Believed<Answer> {
  const known = new Map<string, { answer: Answer; untilMs: number }>();
  const shared = createShared<Answer>();

  async function lookUpAndKeep(key: string, lookUp: () => Promise<Answer>): Promise<Answer> {
    const answer = await lookUp();
    if (known.size >= MANY) forgetOld();
    if (isKept(answer)) known.set(key, { answer, untilMs: now().getTime() + forMs });
    return answer;
  }

  function forgetOld(): void {
    const nowMs = now().getTime();
    for (const [key, { untilMs }] of known) if (untilMs <= nowMs) known.delete(key);
  }

  return {
    async get(key, lookUp) {
      const kept = known.get(key);
      if (kept && kept.untilMs > now().getTime()) return kept.answer;
      return shared(key, () => lookUpAndKeep(key, lookUp));
    },
  };
}
