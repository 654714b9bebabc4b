import { setImmediate } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { startSlack } from "../../../sandbox/slack/server.ts";
import { createLog } from "../../../src/ops/log.ts";
import { createPool } from "../../../src/slack/sockets/pool.ts";
import { manualTimers } from "../manual-timers.ts";
import { openDiary } from "./diary.ts";

const STEP_MS = 100;

/** A pool whose every attempt is known. */
async function openPool() {
  const slack = await startSlack();
  const timers = manualTimers();
  const diary = openDiary();
  let asked = 0;
  const pool = createPool({
    async nextUrl() {
      asked += 1;
      return slack.giveSocketUrl();
    },
    onEnvelope() {},
    log: createLog({ level: "info", secrets: [], destination: diary }),
    now: () => new Date(timers.nowMs()),
    timers,
    random: () => 1,
  });
  onTestFinished(async () => {
    await pool.stop();
    await slack.close();
  });

  /** Something became of every connection that was asked for. */
  async function calm(): Promise<void> {
    for (let turn = 0; turn < 10; turn += 1) await setImmediate();
    while (diary.count("stands") + diary.count("trying again") < asked) await setImmediate();
  }

  /** Slack cuts every connection right after the hello, until then. */
  async function breakUntil(ms: number): Promise<void> {
    while (timers.nowMs() < ms) {
      await calm();
      slack.sockets.cut();
      while (pool.connection().live > 0) await setImmediate();
      await calm();
      timers.pass(STEP_MS);
    }
  }

  return { slack, timers, diary, pool, asked: () => asked, calm, breakUntil };
}

describe("where every connection breaks right after the hello", () => {
  it("is back within seconds when that lasted for three", async () => {
    const { timers, pool, asked, calm, breakUntil } = await openPool();
    await pool.start();
    await breakUntil(3_000);
    await calm();
    while (pool.connection().live < 2) {
      timers.pass(STEP_MS);
      await calm();
    }
    expect(timers.nowMs()).toBeLessThan(8_000);
    expect(asked()).toBeLessThan(10);
  });

  it("waits ever longer when it goes on, and says so", async () => {
    const { diary, pool, asked, breakUntil } = await openPool();
    await pool.start();
    await breakUntil(60_000);
    expect(asked()).toBeLessThanOrEqual(16);
    const waits = diary.lines
      .filter((line) => line.includes("waiting before another"))
      .map((line) => JSON.parse(line).retryInMs);
    expect(waits).toEqual([4_000, 8_000, 16_000, 30_000]);
  });
});

it("never has more than four connections however fast Slack renews them", async () => {
  const { slack, timers, pool, asked, calm } = await openPool();
  await pool.start();
  const standing: number[] = [];
  while (timers.nowMs() < 20_000) {
    await calm();
    slack.sockets.disconnect("refresh_requested");
    await calm();
    standing.push(slack.sockets.standing);
    timers.pass(STEP_MS);
  }
  expect(Math.max(...standing)).toBeLessThanOrEqual(4);
  expect(asked()).toBeGreaterThan(6);
});
