// A process that lives as the bot does. What it is to do stands in its arguments; it says `up` on standard output.
import { setTimeout as delay } from "node:timers/promises";
import { createLog } from "../../../src/ops/log.ts";
import { type Fail, type Running, runUntilEnded } from "../../../src/ops/process.ts";

const [whatToDo] = process.argv.slice(2);
const log = createLog({ level: "info", secrets: ["hunter2"] });
const STAY_MS = 60_000;

const STOPS: Record<string, () => Promise<unknown>> = {
  "hangs in its stop": () => delay(STAY_MS),
  "fails in its stop": () => Promise.reject(new Error("the disk is full")),
};

async function start(fail: Fail): Promise<Running> {
  if (whatToDo === "is stopped while it starts") process.kill(process.pid, "SIGTERM");
  if (whatToDo === "is stopped while its start fails") {
    process.kill(process.pid, "SIGTERM");
    await delay(20);
    throw new Error("no database");
  }
  if (whatToDo === "is stopped while its start hangs") {
    process.kill(process.pid, "SIGTERM");
    await delay(STAY_MS);
  }
  if (whatToDo === "cannot start") throw new Error("no database");
  await delay(20);
  void delay(STAY_MS);
  const stop = STOPS[whatToDo ?? ""] ?? (() => delay(20));
  if (whatToDo === "throws") setTimeout(() => throwTwice(), 0);
  if (whatToDo === "rejects") void Promise.reject(new Error("lost hunter2 on the way"));
  if (whatToDo === "rejects with a word") void Promise.reject("a word");
  if (whatToDo === "loses its store") fail(new Error("another took it"), "the data folder is no longer ours");
  return {
    async stop() {
      log.info("finishing");
      await stop();
    },
  };
}

function throwTwice(): never {
  process.nextTick(() => {
    throw new Error("again");
  });
  throw new TypeError("hunter2 is not a function");
}

try {
  await runUntilEnded({
    log,
    start,
    stopWithinMs: whatToDo === "hangs in its stop" ? 100 : undefined,
    startGraceMs: whatToDo === "is stopped while its start hangs" ? 100 : undefined,
  });
  log.info("up");
} catch (error) {
  log.info({ err: error }, "could not start");
  process.exit(2);
}
