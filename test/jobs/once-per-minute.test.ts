import { expect, it } from "vitest";
import { oncePerMinute } from "../../src/jobs/once-per-minute.ts";

it("lets a message through once a minute, and counts those it left out", () => {
  let atMs = 0;
  const mayLog = oncePerMinute(() => atMs);
  expect(mayLog("gone")).toEqual({ leftOut: 0 });
  expect(mayLog("gone")).toBeUndefined();
  expect(mayLog("another")).toEqual({ leftOut: 0 });
  atMs = 59_999;
  expect(mayLog("gone")).toBeUndefined();
  atMs = 60_000;
  expect(mayLog("gone")).toEqual({ leftOut: 2 });
  expect(mayLog("gone")).toBeUndefined();
});

it("takes the same message of two workers for one", () => {
  const mayLog = oncePerMinute(() => 0);
  expect(mayLog("gone (Queue: digest, Worker: 1)")).toEqual({ leftOut: 0 });
  expect(mayLog("gone (Queue: digest, Worker: 2)")).toBeUndefined();
  expect(mayLog("gone (Queue: retention, Worker: 3)")).toBeUndefined();
});
