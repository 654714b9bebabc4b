import { createFaults, type FaultOptions } from "../provider/faults.ts";
import type { Journal, JournalEntry } from "../provider/journal.ts";
import { startProvider } from "../provider/start.ts";
import { createAccess } from "./access.ts";
import { createApi } from "./api.ts";
import { createConductorOneControl } from "./control.ts";
import { credentialsOf } from "./credentials.ts";
import { FAULT_RULES, type FaultKind } from "./faults.ts";
import { misbehave } from "./misbehave.ts";
import { createMishaps, type Mishaps } from "./mishaps.ts";
import { OAuthRefusal, Refusal } from "./refusal.ts";
import { createStory } from "./story/story.ts";
import { type ConductorOneTruth, truthOf } from "./story/truth.ts";
import type { StoryWebhook } from "./story/webhook.ts";
import { createTaskPages } from "./task-page.ts";

export interface SandboxConductorOneOptions {
  seed: number;
  /** The story is made so that the first instant of this clock is its present; it goes on with the clock. */
  now: () => Date;
  /** A free one when absent. */
  port?: number;
  /** A path below /api/v1 with `{webhookId}`, such as `webhooks/{webhookId}/instances`; most tenants have none. */
  instancesPath?: string;
  /** How far the server's clock is ahead of `now`. */
  clockAheadMs?: number;
  /** Nobody may test a webhook. */
  readOnly?: boolean;
  /** How many times as many requests there are as usual: usual are about 500 tasks in 14 days. */
  busierBy?: number;
  /** Before each answer. */
  latencyMs?: number;
  /** How time passes before an answer; really when absent. */
  wait?: (ms: number) => Promise<unknown>;
}

/** A ConductorOne on loopback. */
export interface SandboxConductorOne {
  /** Without a slash at the end. */
  url: string;
  /** Answers without a connection between; for requests that no fault strikes. */
  answer(request: Request): Promise<Response>;
  clientId: string;
  clientSecret: string;
  /** A bearer token that never expires. */
  accessToken: string;
  /** Requests to /api, /auth and /task, oldest first; the last `JOURNAL_LENGTH` at most. */
  requests: readonly JournalEntry[];
  /** Calls it with every request that was answered, or never will be, from now on. Returns what ends that. */
  listen: Journal["listen"];
  webhooks: readonly Readonly<StoryWebhook>[];
  mishaps: Mishaps;
  /** Fails requests from now on. The fault added last wins. */
  fail(kind: FaultKind, options?: FaultOptions): void;
  /** Ends all faults. */
  heal(): void;
  /** What a perfect reader would say of the window, as of now. */
  truth(window: { from: Date; to: Date }): ConductorOneTruth;
  /** Ends hanging connections too. */
  close(): Promise<void>;
}

/** @throws when the port is taken. */
export async function startConductorOne(options: SandboxConductorOneOptions): Promise<SandboxConductorOne> {
  const { seed, port = 0, instancesPath, clockAheadMs = 0, readOnly = false, latencyMs = 0 } = options;
  const now = () => new Date(options.now().getTime() + clockAheadMs);
  const story = createStory(seed, Math.floor(now().getTime() / 1000) * 1000, options.busierBy);
  const credentials = credentialsOf(seed);
  const faults = createFaults(FAULT_RULES);
  const mishaps = createMishaps(story, now);
  const running = await startProvider({
    port,
    now,
    seed,
    latencyMs,
    wait: options.wait,
    faults,
    control: createConductorOneControl({ story, mishaps, faults, now }),
    api: createApi({ story, access: createAccess({ credentials, seed, readOnly }), now, instancesPath }).route(
      "/",
      createTaskPages(story, now),
    ),
    misbehave,
    notFound: (requestId) => Response.json(new Refusal(5, "not found").body(requestId), { status: 404 }),
    refused(error, requestId) {
      if (error instanceof Refusal) return Response.json(error.body(requestId), { status: error.status });
      if (error instanceof OAuthRefusal) return Response.json(error.body(), { status: error.status });
      return undefined;
    },
  });
  return {
    ...running,
    clientId: credentials.clientId,
    clientSecret: credentials.clientSecret,
    accessToken: credentials.accessToken,
    webhooks: story.webhooks,
    mishaps,
    truth: (window) => truthOf(story, { window, nowMs: now().getTime(), instancesListed: instancesPath !== undefined }),
  };
}
