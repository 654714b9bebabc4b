import { openStage, type Stage, type StageOptions } from "../../sandbox/stage.ts";
import { type Told, tellStory } from "./kit/index.ts";

/** A Saturday, nine in the morning in Berlin. */
export const MORNING = new Date("2026-11-21T08:00:00Z");

/** A clock that moves only when a story says so. */
export interface StoryClock {
  now(): Date;
  pass(ms: number): void;
}

export function storyClock(start = MORNING): StoryClock {
  let atMs = start.getTime();
  return {
    now: () => new Date(atMs),
    pass: (ms) => {
      atMs += ms;
    },
  };
}

export interface OpenStory extends Told {
  stage: Stage;
  clock: StoryClock;
}

/** Nobody waits in a story: notes that we are at work come only where a story is about them. */
const STORY_PACE = { workingAfterMs: 60_000, deadlineMs: 20_000 };

/** The bot in the sandbox, with its clock standing at nine in the morning. */
export async function openStory(options: StageOptions = {}): Promise<OpenStory> {
  const clock = storyClock();
  const stage = await openStage({ now: clock.now, pace: STORY_PACE, ...options });
  const idle = () => stage.bot.settled();
  return { ...tellStory(stage.slack, { idle }), stage, clock };
}
