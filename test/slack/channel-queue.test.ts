import fc from "fast-check";
import { expect, it } from "vitest";
import { ChannelBusyError, type ChannelQueue, createChannelQueue } from "../../src/slack/channel-queue.ts";
import { manualTimers } from "./manual-timers.ts";

const FOR_EVER = Number.POSITIVE_INFINITY;

function line(): { queue: ChannelQueue; timers: ReturnType<typeof manualTimers>; nowMs(): number } {
  const timers = manualTimers();
  const nowMs = () => timers.nowMs();
  const queue = createChannelQueue({
    now: () => new Date(nowMs()),
    wait: (ms) => new Promise<void>((resolve) => timers.after(ms, resolve)),
  });
  return { queue, timers, nowMs };
}

/** Lets time pass second by second; promises settle before each and after the last. */
async function pass(timers: ReturnType<typeof manualTimers>, seconds: number): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  for (let second = 0; second < seconds; second += 1) {
    timers.pass(1_000);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

it("lets ten go at once, then one a second, in order", async () => {
  const { queue, timers, nowMs } = line();
  const gone: [number, number][] = [];
  for (let index = 0; index < 14; index += 1) {
    void queue.turn("C1", FOR_EVER).then(() => gone.push([index, nowMs()]));
  }
  await pass(timers, 5);
  expect(gone.map(([index]) => index)).toEqual(Array.from({ length: 14 }, (_, index) => index));
  expect(gone.map(([, atMs]) => atMs)).toEqual([...Array(10).fill(0), 1_000, 2_000, 3_000, 4_000]);
});

it("makes nobody wait for another channel", async () => {
  const { queue } = line();
  for (let index = 0; index < 30; index += 1) void queue.turn("C1", FOR_EVER);
  await queue.turn("C2", 0);
});

it("refuses at once who has less patience than the line is long", async () => {
  const { queue } = line();
  for (let index = 0; index < 12; index += 1) void queue.turn("C1", FOR_EVER);
  await expect(queue.turn("C1", 2_000)).rejects.toBeInstanceOf(ChannelBusyError);
  let isRefused = false;
  void queue.turn("C1", 3_000).catch(() => {
    isRefused = true;
  });
  await Promise.resolve();
  expect(isRefused).toBe(false);
});

it("holds a channel for as long as Slack asks, and refuses those who cannot wait for that", async () => {
  const { queue, timers, nowMs } = line();
  for (let index = 0; index < 10; index += 1) void queue.turn("C1", 0);
  const told: string[] = [];
  void queue.turn("C1", 1_000).catch(() => told.push(`refused at ${nowMs()}`));
  void queue.turn("C1", 30_000).then(() => told.push(`posted at ${nowMs()}`));
  queue.hold("C1", 7_000);
  await pass(timers, 10);
  expect(told).toEqual(["refused at 0", "posted at 7000"]);
});

it("refuses those whose turn comes too late, because the process stood still", async () => {
  const { queue, timers } = line();
  for (let index = 0; index < 10; index += 1) void queue.turn("C1", 0);
  const told: string[] = [];
  for (const patienceMs of [8_000, 60_000]) {
    void queue.turn("C1", patienceMs).then(
      () => told.push(`${patienceMs} posted`),
      (error) => told.push(`${patienceMs} ${error.name}`),
    );
  }
  timers.jump(30_000);
  await pass(timers, 31);
  expect(told).toEqual(["8000 ChannelBusyError", "60000 posted"]);
});

it("never lets more go than a burst and one a second, in any span of time", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ crowd: fc.integer({ min: 0, max: 25 }), seconds: fc.integer({ min: 0, max: 15 }) }), {
        maxLength: 8,
      }),
      async (acts) => {
        const { queue, timers, nowMs } = line();
        const gone: number[] = [];
        let asked = 0;
        for (const { crowd, seconds } of acts) {
          for (let index = 0; index < crowd; index += 1) void queue.turn("C1", FOR_EVER).then(() => gone.push(nowMs()));
          asked += crowd;
          await pass(timers, seconds);
        }
        await pass(timers, asked + 1);
        expect(gone).toHaveLength(asked);
        for (const [first, fromMs] of gone.entries()) {
          for (const [last, toMs] of gone.entries()) {
            if (last < first) continue;
            expect(last - first + 1).toBeLessThanOrEqual(10 + (toMs - fromMs) / 1_000);
          }
        }
      },
    ),
    { numRuns: 40 },
  );
});
