import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { startWorkingNote } from "../../src/slack/working-note.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it("shows nothing when the answer is there in time", async () => {
  let shown = 0;
  const note = startWorkingNote(1_200, async () => {
    shown += 1;
  });
  vi.advanceTimersByTime(1_199);
  expect(await note.end()).toBe(false);
  vi.advanceTimersByTime(10_000);
  expect(shown).toBe(0);
});

it("shows the note once when the answer takes its time, however often it is ended", async () => {
  let shown = 0;
  const note = startWorkingNote(1_200, async () => {
    shown += 1;
  });
  vi.advanceTimersByTime(1_200);
  expect(await note.end()).toBe(true);
  expect(await note.end()).toBe(true);
  expect(shown).toBe(1);
});

it("ends only when the note stands, so that an answer never comes before it", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const note = startWorkingNote(0, () => promise);
  vi.advanceTimersByTime(0);
  let hasEnded = false;
  const ending = note.end().then(() => {
    hasEnded = true;
  });
  await Promise.resolve();
  expect(hasEnded).toBe(false);
  resolve();
  await ending;
  expect(hasEnded).toBe(true);
});

it("makes nothing of a note that cannot be shown", async () => {
  const note = startWorkingNote(0, async () => Promise.reject(new Error("used_url")));
  vi.advanceTimersByTime(0);
  expect(await note.end()).toBe(false);
});
