import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, it } from "vitest";
import { z } from "zod";
import { AS_NPM_RUNS } from "../support/as-npm-runs.ts";

const LIFE = join(import.meta.dirname, "process/life.ts");
const LIMIT_MS = 10_000;

const entry = z.object({ level: z.string(), msg: z.string(), err: z.unknown().optional() });

/** Runs a life and gives it signals, each when its line is told. */
async function live(whatToDo: string, signals: Record<string, NodeJS.Signals> = {}) {
  const child = spawn(process.execPath, [...AS_NPM_RUNS, LIFE, whatToDo], {
    stdio: ["ignore", "pipe", "pipe"],
    timeout: LIMIT_MS,
  });
  const ended = once(child, "close");
  const entries: z.infer<typeof entry>[] = [];
  for await (const line of createInterface(child.stdout)) {
    const told = entry.parse(JSON.parse(line));
    entries.push(told);
    const signal = signals[told.msg];
    if (signal) child.kill(signal);
  }
  const [exitCode, signal] = await ended;
  const fatal = entries.filter(({ level }) => level === "fatal");
  return { exitCode, signal, told: entries.map(({ msg }) => msg), fatal };
}

it.each(["SIGTERM", "SIGINT"] as const)("finishes what is under way at %s and ends well", async (signal) => {
  const { exitCode, told } = await live("lives", { up: signal });
  expect({ exitCode, told }).toEqual({ exitCode: 0, told: ["up", "stopping", "finishing", "stopped"] });
});

it("stops as soon as it has started when the signal comes before that", async () => {
  const { exitCode, told } = await live("is stopped while it starts");
  expect(exitCode).toBe(0);
  expect(told).toEqual(["stopping", "up", "finishing", "stopped"]);
});

it("ends well when the start fails after the signal", async () => {
  const { exitCode, told } = await live("is stopped while its start fails");
  expect({ exitCode, told }).toEqual({ exitCode: 0, told: ["stopping", "stopped"] });
});

it("does not wait long for a start that hangs", async () => {
  const { exitCode, told } = await live("is stopped while its start hangs");
  const last = "stopped before the start was done; what is stored is safe";
  expect({ exitCode, told }).toEqual({ exitCode: 0, told: ["stopping", last] });
});

it("ends in time although something does not finish", async () => {
  const { exitCode, told } = await live("hangs in its stop", { up: "SIGTERM" });
  expect(exitCode).toBe(0);
  expect(told.at(-1)).toBe("not all was finished within 0.1 s; what is stored is safe");
});

it.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("ends at once at a second signal, %s", async (signal, code) => {
  const { exitCode, told } = await live("lives", { up: "SIGTERM", finishing: signal });
  expect({ exitCode, told }).toEqual({ exitCode: code, told: ["up", "stopping", "finishing"] });
});

it("says so when it cannot stop cleanly", async () => {
  const { exitCode, fatal } = await live("fails in its stop", { up: "SIGTERM" });
  expect(exitCode).toBe(1);
  expect(fatal).toMatchObject([{ msg: "could not stop cleanly; what is stored is safe" }]);
});

it.each([
  ["throws", "[redacted] is not a function", "Start it again"],
  ["rejects", "lost [redacted] on the way", "Start it again"],
  ["loses its store", "another took it", "the data folder is no longer ours"],
])("ends with one line that says why and what to do when it %s", async (whatToDo, message, told) => {
  const { exitCode, signal, fatal } = await live(whatToDo);
  expect({ exitCode, signal }).toEqual({ exitCode: 1, signal: null });
  expect(fatal).toMatchObject([{ msg: expect.stringContaining(told), err: { message } }]);
});

it("ends at what is no error, too", async () => {
  const { exitCode, fatal } = await live("rejects with a word");
  expect({ exitCode, errors: fatal.map(({ err }) => err) }).toEqual({ exitCode: 1, errors: ["a word"] });
});

it("leaves it to the caller to tell why it could not start", async () => {
  const { exitCode, told } = await live("cannot start");
  expect({ exitCode, told }).toEqual({ exitCode: 2, told: ["could not start"] });
});
