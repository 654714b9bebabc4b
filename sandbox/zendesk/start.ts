import { createFaults, type FaultOptions } from "../provider/faults.ts";
import type { Journal, JournalEntry } from "../provider/journal.ts";
import { startProvider } from "../provider/start.ts";
import type { Truth } from "../provider/truth.ts";
import { credentialOf } from "../scenario/attempts.ts";
import type { Scenario, ScenarioWebhook } from "../scenario/scenario.ts";
import { createTimeline } from "../scenario/timeline.ts";
import { truthOf } from "../scenario/truth.ts";
import { type Credentials, createAccess, SANDBOX_CREDENTIALS } from "./access.ts";
import { createApi } from "./api.ts";
import { createZendeskControl } from "./control.ts";
import { FAULT_RULES, type FaultKind } from "./faults.ts";
import { misbehave } from "./misbehave.ts";
import { createMishaps, type Mishaps } from "./mishaps.ts";
import { Refusal } from "./refusal.ts";
import { createRowSource } from "./row-source.ts";
import type { Shape } from "./shapes.ts";

export interface SandboxZendeskOptions {
  scenario: Scenario;
  /** A free one when absent. */
  port?: number;
  /** The real clock when absent. */
  now?: () => Date;
  /** `wire` when absent. */
  shape?: Shape;
  /** 100 when absent, as recorded; Infinity lifts it. */
  rateLimitPerMinute?: number;
  /** How a 429 says when to come back; `seconds` when absent. */
  retryAfterAs?: "seconds" | "http-date";
  /** Instead of `SANDBOX_CREDENTIALS`. */
  credentials?: Partial<Credentials>;
  /** The same as `credentials.accessToken`. */
  accessToken?: string;
  /** Before each answer. */
  latencyMs?: number;
  /** How time passes before an answer; really when absent. */
  wait?: (ms: number) => Promise<unknown>;
}

/** A Zendesk on loopback. */
export interface SandboxZendesk extends Mishaps {
  /** Without a slash at the end. */
  url: string;
  /** Answers without a connection between; for requests that no fault strikes. */
  answer(request: Request): Promise<Response>;
  /** Requests to /api and /oauth, oldest first; the last `JOURNAL_LENGTH` at most. */
  requests: readonly JournalEntry[];
  /** Calls it with every request that was answered, or never will be, from now on. Returns what ends that. */
  listen: Journal["listen"];
  webhooks: readonly Readonly<ScenarioWebhook>[];
  /** All that opens something: its own credentials, and those that its webhooks send. */
  secrets: readonly string[];
  /** Fails requests from now on. The fault added last wins. */
  fail(kind: FaultKind, options?: FaultOptions): void;
  /** Ends all faults. */
  heal(): void;
  /** What a perfect reader would say of the window, as of now. */
  truth(window: { from: Date; to: Date }): Truth;
  /** Ends hanging connections too. */
  close(): Promise<void>;
}

/** @throws when the port is taken. */
export async function startZendesk(options: SandboxZendeskOptions): Promise<SandboxZendesk> {
  const { scenario, port = 0, now = () => new Date(), latencyMs = 0 } = options;
  const credentials = { ...SANDBOX_CREDENTIALS, ...options.credentials };
  if (options.accessToken !== undefined) credentials.accessToken = options.accessToken;
  const timeline = createTimeline(scenario);
  const faults = createFaults(FAULT_RULES);
  const mishaps = createMishaps(timeline, now);
  const running = await startProvider({
    port,
    now,
    seed: scenario.seed,
    latencyMs,
    wait: options.wait,
    faults,
    control: createZendeskControl({ timeline, mishaps, faults, now }),
    api: createApi({
      timeline,
      rows: createRowSource(timeline),
      access: createAccess(credentials, scenario.seed),
      now,
      shape: options.shape ?? "wire",
      rateLimitPerMinute: options.rateLimitPerMinute ?? 100,
      retryAfterAs: options.retryAfterAs ?? "seconds",
    }),
    misbehave,
    notFound: () => Response.json({ error: "InvalidEndpoint", description: "Not found" }, { status: 404 }),
    refused: (error) => (error instanceof Refusal ? Response.json(error.body, { status: error.status }) : undefined),
    requestIdHeader: "x-request-id",
  });
  return {
    ...running,
    ...mishaps,
    webhooks: timeline.webhooks,
    secrets: [
      ...[credentials.accessToken, credentials.apiToken, credentials.clientSecret],
      ...timeline.webhooks.flatMap((webhook) => credentialOf(webhook)?.secret ?? []),
    ],
    truth: (window) => truthOf(timeline, window, now()),
  };
}
