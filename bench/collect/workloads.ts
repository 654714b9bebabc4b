import { readWithClient } from "./client-loop.ts";
import { readWithCollector } from "./collector-run.ts";
import { openConductorOne } from "./conductorone-account.ts";
import { readTaskByTask } from "./conductorone-loop.ts";
import type { Account, Contestant } from "./contest.ts";
import { readWithNodeZendesk } from "./node-zendesk-loop.ts";
import { openZendesk, type ZendeskParts } from "./zendesk-account.ts";

export interface Workload {
  /** For the command line. */
  name: string;
  title: string;
  /** The same for the same seed. */
  open(seed?: number): Promise<Account>;
  /** The first is what the others are compared with. */
  contestants: readonly [Named, ...Named[], Named];
  /** The first and the last read it once more with each of these. */
  seeds?: readonly number[];
}

interface Named {
  name: string;
  read: Contestant;
}

const LATENCY_MS = 100;
/** What Zendesk's answers said when they were recorded. */
const LIMIT = 100;

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

const OF_ZENDESK: Workload["contestants"] = [
  { name: "node-zendesk, call by call", read: readWithNodeZendesk },
  { name: "our client, all details", read: readWithClient },
  { name: "collector", read: readWithCollector },
];

export const WORKLOADS: readonly Workload[] = [
  {
    ...zendesk("triage", "40 webhooks, 1,500 failures of 30 causes in 7 days", { size: "triage", limit: LIMIT }),
    seeds: SEEDS,
  },
  zendesk("quiet", "400 webhooks, mostly quiet", { size: "quiet", limit: LIMIT }),
  zendesk("flood", "one webhook with 200,000 invocations", { size: "flood", invocations: 200_000, limit: LIMIT }),
  zendesk("storm", "20,000 failures in ten minutes", { size: "storm", limit: LIMIT }),
  zendesk("triage-unlimited", "40 webhooks, no limit", { size: "triage", limit: Number.POSITIVE_INFINITY }),
  zendesk("flood-unlimited", "one webhook with 50,000 invocations, no limit", {
    size: "flood",
    invocations: 50_000,
    limit: Number.POSITIVE_INFINITY,
  }),
  {
    name: "conductorone",
    title: "ConductorOne, 2,000 tasks in 14 days, no limit",
    open: () => openConductorOne({ latencyMs: LATENCY_MS }),
    contestants: [
      { name: "our client, call by call", read: readTaskByTask },
      { name: "collector", read: readWithCollector },
    ],
  },
];

function zendesk(name: string, title: string, parts: Omit<ZendeskParts, "latencyMs">): Workload {
  return {
    name,
    title,
    open: (seed) => openZendesk({ ...parts, ...(seed !== undefined && { seed }), latencyMs: LATENCY_MS }),
    contestants: OF_ZENDESK,
  };
}
