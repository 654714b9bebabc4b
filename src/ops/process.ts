import type { Log } from "./log.ts";

export interface Running {
  /** Takes no more work and finishes what is under way. */
  stop(): Promise<void>;
}

/** Ends the process because of an error that it cannot live with. `told` says what happened, and what to do. */
export type Fail = (error: unknown, told: string) => void;

export interface LifeParts {
  log: Log;
  /** Brings the process into service. What it throws is for the caller; a stop that is asked for meanwhile waits for it, but not long. */
  start(fail: Fail): Promise<Running>;
  stopWithinMs?: number;
  /** How long a stop waits for a start that is under way. */
  startGraceMs?: number;
}

/** With the time to write the last line: Docker kills what has not ended 10 s after SIGTERM. https://docs.docker.com/reference/cli/docker/container/stop/ */
const STOP_WITHIN_MS = 8_500;
/** A start may wait on others, such as Slack, for much longer; what it has done by then is as safe as after a kill. */
const START_GRACE_MS = 2_000;
/** How long the last line may take to be written where standard output is a slow pipe. Milliseconds. */
const FLUSH_WITHIN_MS = 1_000;

/** What a shell gives for a process that a signal ended. */
const SIGNALS = [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const;

/**
 * Runs until SIGINT or SIGTERM, then stops and ends the process with 0; a second signal ends it at once. An error that nothing
 * handled leaves the process in no known state: one line, and it ends with 1. Resolves when it is in service; throws what the start
 * throws, unless a stop was asked for: then the process ends with 0 all the same.
 */
export async function runUntilEnded(parts: LifeParts): Promise<void> {
  const { log, stopWithinMs = STOP_WITHIN_MS, startGraceMs = START_GRACE_MS } = parts;
  let isEnding = false;

  function fail(error: unknown, told: string): void {
    if (isEnding) return;
    isEnding = true;
    log.fatal({ err: error }, told);
    exitSoon(1);
  }

  function end(told: string, level: "info" | "warn" = "info"): void {
    if (isEnding) return;
    isEnding = true;
    log[level](told);
    exitSoon(0);
  }

  async function stop(started: Promise<Running>): Promise<void> {
    const limit = setTimeout(
      () => end(`not all was finished within ${stopWithinMs / 1000} s; what is stored is safe`, "warn"),
      stopWithinMs,
    );
    const grace = setTimeout(() => end("stopped before the start was done; what is stored is safe"), startGraceMs);
    try {
      // Why a start failed is of no interest to who wants it to stop.
      const running = await started.catch(() => undefined);
      clearTimeout(grace);
      await running?.stop();
      end("stopped");
    } catch (error) {
      fail(error, "could not stop cleanly; what is stored is safe");
    } finally {
      clearTimeout(limit);
    }
  }

  process.on("uncaughtException", (error) => {
    fail(error, "an error that nothing handled ended the process. Start it again; if it comes back, report this line");
  });
  process.on("unhandledRejection", (reason) => {
    fail(
      reason,
      "a rejection that nothing handled ended the process. Start it again; if it comes back, report this line",
    );
  });
  const starting = Promise.withResolvers<Running>();
  // Without a signal nobody else looks at it.
  starting.promise.catch(() => {});
  let isStopping = false;
  for (const [signal, exitCode] of SIGNALS) {
    process.on(signal, () => {
      if (isStopping) return process.exit(exitCode);
      isStopping = true;
      log.info({ signal }, "stopping");
      void stop(starting.promise);
    });
  }
  try {
    starting.resolve(await parts.start(fail));
  } catch (error) {
    starting.reject(error);
    if (isStopping) return new Promise(() => {});
    throw error;
  }
}

/** Ends the process when what was logged is written, or soon at the latest. */
function exitSoon(exitCode: number): void {
  const timer = setTimeout(() => process.exit(exitCode), FLUSH_WITHIN_MS);
  process.stdout.write("", () => {
    clearTimeout(timer);
    process.exit(exitCode);
  });
}
