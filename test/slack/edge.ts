import { type SandboxSlack, type SlackOptions, startSlack } from "../../sandbox/slack/server.ts";
import { createCollector } from "../../src/collect/collector.ts";
import { boltLogger, createLog } from "../../src/ops/log.ts";
import { createMetrics, type Metrics } from "../../src/ops/metrics.ts";
import { readIdentity } from "../../src/slack/app.ts";
import { createChannels } from "../../src/slack/channels.ts";
import { DEFAULT_PACE, type SlackContext } from "../../src/slack/context.ts";
import { createPeople, type Identity } from "../../src/slack/people.ts";
import { createWebClient } from "../../src/slack/web-client.ts";
import type { Store } from "../../src/store/database.ts";

/** Slack and our client of it, on a clock that only `pass` and waits move. */
export interface Edge {
  slack: SandboxSlack;
  web: SlackContext["web"];
  metrics: Metrics;
  identity: Identity;
  /** How long rate limits were waited out, in order. Milliseconds. */
  waits: number[];
  now(): Date;
  pass(ms: number): void;
  /** What listeners work with, on this store and without providers. */
  contextOn(store: Store): SlackContext;
  close(): Promise<void>;
}

const START_MS = Date.UTC(2026, 10, 21, 8);
export const silent = createLog({ level: "silent", secrets: [] });

export async function openEdge(seed: SlackOptions["seed"] = {}): Promise<Edge> {
  let atMs = START_MS;
  const now = () => new Date(atMs);
  const slack = await startSlack({ now, seed });
  const metrics = createMetrics();
  const waits: number[] = [];
  const wait = async (ms: number) => {
    waits.push(ms);
    atMs += ms;
  };
  const web = createWebClient(
    { botToken: slack.botToken, apiUrl: slack.apiUrl },
    { logger: boltLogger(silent), metrics, wait, now },
  );
  const identity = await readIdentity(web);
  return {
    slack,
    web,
    metrics,
    identity,
    waits,
    now,
    pass(ms) {
      atMs += ms;
    },
    contextOn(store) {
      return {
        web,
        collector: createCollector({ store, providers: [], now, log: silent }),
        people: createPeople({ web, identity, defaultTimeZone: "UTC", now, log: silent }),
        channels: createChannels({ web, listedSharedChannels: [], now }),
        // Digests come when a test calls for them.
        digests: { keep: async () => {}, drop: async () => {} },
        now,
        log: silent,
        metrics,
        stopping: new AbortController().signal,
        goOn: (run) => void run(),
        pace: { ...DEFAULT_PACE, workingAfterMs: 60_000, deadlineMs: 20_000, digestDeadlineMs: 20_000 },
      };
    },
    close: () => slack.close(),
  };
}
