import { makeScenario, type ScenarioOptions } from "../../sandbox/scenario/make-scenario.ts";
import { startZendesk } from "../../sandbox/zendesk/start.ts";
import { windowOf } from "../../src/triage/window.ts";
import type { Account } from "./contest.ts";
import { openLine } from "./line.ts";
import { createVirtualTime } from "./virtual-time.ts";

/** Any other will do as well. */
const FIRST_SEED = 7;
/** A moment within a minute: the limit is counted by the minutes of the clock. */
const START = new Date("2026-11-21T08:00:20Z");
const WINDOW_MS = 7 * 24 * 60 * 60_000;
const TOKEN = "sandbox-access-token";

export interface ZendeskParts extends Pick<ScenarioOptions, "size" | "invocations"> {
  seed?: number;
  /** Requests a minute; Infinity lifts it. */
  limit: number;
  /** Before each answer, by the virtual clock. */
  latencyMs: number;
}

/** A Zendesk at a moment with seven days behind it. */
export async function openZendesk({ seed = FIRST_SEED, limit, latencyMs, ...size }: ZendeskParts): Promise<Account> {
  const time = createVirtualTime(START, seed);
  const neverAborted = new AbortController().signal;
  const zendesk = await startZendesk({
    scenario: makeScenario({ seed, now: START, ...size }),
    now: time.now,
    wait: (ms) => time.wait(ms, neverAborted),
    accessToken: TOKEN,
    rateLimitPerMinute: limit,
    latencyMs,
  });
  const line = openLine(zendesk, (path) => path.endsWith("/attempts"));
  const window = windowOf(START.getTime() - WINDOW_MS, START.getTime());
  return {
    time,
    line,
    settings: { zendesk: { baseUrl: zendesk.url, credentials: { kind: "access_token", token: TOKEN } } },
    window,
    truth: zendesk.truth(window),
    async close() {
      line.hangUp();
      await zendesk.close();
    },
  };
}
