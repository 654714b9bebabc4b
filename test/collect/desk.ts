import { makeScenario, type ScenarioOptions } from "../../sandbox/scenario/make-scenario.ts";
import { type SandboxZendesk, type SandboxZendeskOptions, startZendesk } from "../../sandbox/zendesk/start.ts";
import { type Collector, createCollector } from "../../src/collect/collector.ts";
import type { Question } from "../../src/collect/questions.ts";
import { createLog } from "../../src/ops/log.ts";
import type { Clock } from "../../src/providers/clock.ts";
import { createProviders } from "../../src/providers/registry.ts";
import type { Query } from "../../src/triage/query.ts";
import { windowOf } from "../../src/triage/window.ts";
import { openEmptyStore } from "../store/databases.ts";

export const HOUR_MS = 60 * 60_000;
export const DAY_MS = 24 * HOUR_MS;

/** Nine in the morning in Berlin. */
export const START = new Date(Date.UTC(2026, 10, 21, 8));

/** A collector over a sandbox Zendesk. Its clock moves by waits and by `pass` alone. */
export interface Desk {
  collector: Collector;
  zendesk: SandboxZendesk;
  now(): Date;
  pass(ms: number): void;
  /** A question about the time up to now. */
  question(lastMs: number, overrides?: Partial<Question> & { terms?: Query["terms"] }): Question;
  close(): Promise<void>;
}

export async function openDesk(
  options: Partial<SandboxZendeskOptions> & Pick<ScenarioOptions, "size" | "invocations"> & { account?: string } = {},
): Promise<Desk> {
  let atMs = START.getTime();
  const now = () => new Date(atMs);
  const { size = "demo", invocations, ...sandboxOptions } = options;
  const scenario = makeScenario({ seed: 7, now: now(), size, ...(invocations === undefined ? {} : { invocations }) });
  const zendesk = await startZendesk({
    now,
    scenario,
    accessToken: "sandbox",
    rateLimitPerMinute: Number.POSITIVE_INFINITY,
    ...sandboxOptions,
  });
  const log = createLog({ level: "silent", secrets: [] });
  const wait: Clock["wait"] = async (ms, signal) => {
    signal.throwIfAborted();
    atMs += ms;
  };
  const settings = { baseUrl: zendesk.url, credentials: { kind: "access_token", token: "sandbox" } } as const;
  const providers = createProviders({ zendesk: settings }, { log, now, wait, random: () => 0.5 });
  const store = await openEmptyStore("PGlite");
  return {
    collector: createCollector({ store, providers, now, log }),
    zendesk,
    now,
    pass(ms) {
      atMs += ms;
    },
    question(lastMs, { terms = [], ...overrides } = {}) {
      const query = { words: [], terms, window: windowOf(atMs - lastMs, atMs) };
      return { query, now: now(), maxAgeMs: 30_000, evidence: "sample", ...overrides };
    },
    async close() {
      await zendesk.close();
    },
  };
}

/** A signal that nobody aborts. */
export function noDeadline(): AbortSignal {
  return new AbortController().signal;
}
