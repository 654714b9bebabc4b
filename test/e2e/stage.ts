import { rm } from "node:fs/promises";
import { TestClock } from "pg-boss";
import { openStage, type Stage, type StageOptions } from "../../sandbox/stage.ts";
import type { Pace } from "../../src/slack/context.ts";
import { usedDataDir } from "../store/used-data-dir.ts";
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
  /** Lets the time come, for the bot and for its schedules, and what they call for begin. */
  passTo(at: Date): Promise<void>;
}

export interface StoryOptions extends StageOptions {
  /** Nine in the morning unless told. */
  startsAt?: Date;
}

/** A schedule is looked at, and its job begun, within so long. Milliseconds. */
const QUEUE_ROUND_MS = 10_000;

/** Nobody waits in a story: notes that we are at work come only where a story is about them. */
export const STORY_PACE: Pace = {
  workingAfterMs: 60_000,
  deadlineMs: 20_000,
  digestDeadlineMs: 20_000,
  lateUntilMs: 20_000,
  lateEditEveryMs: 20_000,
};

/** The bot in the sandbox, with its clock standing at nine in the morning. */
export async function openStory({ startsAt = MORNING, ...options }: StoryOptions = {}): Promise<OpenStory> {
  const clock = storyClock(startsAt);
  const queueClock = new TestClock(startsAt);
  // What a question costs is seen where nothing else asks; a story about the background says so.
  const collects = false;
  // Nobody waits in a story: what waits lets the time pass.
  const slackTime = { now: clock.now, wait: async (ms: number) => clock.pass(ms) };
  const stage = await openUsedStage({ now: clock.now, pace: STORY_PACE, collects, queueClock, slackTime, ...options });
  const idle = () => stage.bot.settled();
  // What is looked at after the start asks Zendesk too.
  await idle();
  return {
    ...tellStory(stage.slack, { idle }),
    stage,
    clock,
    async passTo(at) {
      clock.pass(at.getTime() - clock.now().getTime());
      await queueClock.setTime(at);
      await queueClock.tick(QUEUE_ROUND_MS);
      await stage.bot.settled();
    },
  };
}

/** A stage whose bot has been started before, a long time ago. */
async function openUsedStage({ env, ...options }: StageOptions): Promise<Stage> {
  const dataDir = await usedDataDir();
  const stage = await openStage({ ...options, env: { DATA_DIR: dataDir, ...env } });
  const { close } = stage;
  stage.close = async () => {
    await close();
    await rm(dataDir, { recursive: true, force: true });
  };
  return stage;
}
