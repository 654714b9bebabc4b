import { startConductorOne } from "../../sandbox/conductorone/start.ts";
import { windowOf } from "../../src/triage/window.ts";
import type { Account } from "./contest.ts";
import { openLine } from "./line.ts";
import { createVirtualTime } from "./virtual-time.ts";

const SEED = 7;
const START = new Date("2026-11-21T08:00:20Z");
const WINDOW_MS = 14 * 24 * 60 * 60_000;
/** Makes 2,000 tasks of the story's 488. */
export const BUSIER_BY = 4.1;

/** A ConductorOne at a moment with fourteen days and 2,000 tasks behind it. */
export async function openConductorOne({ latencyMs }: { latencyMs: number }): Promise<Account> {
  const time = createVirtualTime(START, SEED);
  const neverAborted = new AbortController().signal;
  const conductorone = await startConductorOne({
    seed: SEED,
    now: time.now,
    busierBy: BUSIER_BY,
    wait: (ms) => time.wait(ms, neverAborted),
    latencyMs,
  });
  const line = openLine(conductorone, (path) => path.endsWith("/audits"));
  const window = windowOf(START.getTime() - WINDOW_MS, START.getTime());
  const credentials = { kind: "access_token", token: conductorone.accessToken } as const;
  return {
    time,
    line,
    settings: { conductorone: { baseUrl: conductorone.url, credentials } },
    window,
    truth: conductorone.truth(window),
    async close() {
      line.hangUp();
      await conductorone.close();
    },
  };
}
