import type { Message } from "../../../sandbox/slack/model.ts";
import type { SlackSeed } from "../../../sandbox/slack/seed.ts";
import type { SandboxZendesk } from "../../../sandbox/zendesk/start.ts";
import { createLog } from "../../../src/ops/log.ts";
import type { SlackContext } from "../../../src/slack/context.ts";
import { createDelivery } from "../../../src/slack/digest/deliver.ts";
import { addSubscription } from "../../../src/store/subscriptions.ts";
import type { DigestSchedule, DigestSubscription } from "../../../src/triage/digest/subscription.ts";
import { openDesk } from "../../collect/desk.ts";
import { type Edge, openEdge } from "../edge.ts";

/** Slack, Zendesk and a digest between them. It is nine in the morning in Berlin, when a digest of `subscribe` is due. */
export interface DigestDesk {
  slack: Edge["slack"];
  zendesk: SandboxZendesk;
  context: SlackContext;
  db: SlackContext["collector"]["store"]["db"];
  now(): Date;
  pass(ms: number): void;
  /** Keeps a digest of `#ops`, due daily at nine, that dana made the day before. */
  subscribe(changes?: Partial<DigestSubscription>): Promise<DigestSubscription>;
  deliver(subscription: DigestSubscription, signal?: AbortSignal): Promise<void>;
  /** What the bot has posted in a channel, oldest first. */
  posts(channel?: string): Message[];
  /** What the bot has said to dana alone, oldest first. */
  toDana(): Message[];
  /** What the log says from level info on. */
  logged(): Record<string, unknown>[];
  close(): Promise<void>;
}

export const AT_NINE: DigestSchedule = { days: "every_day", minuteOfDay: 9 * 60, timeZone: "Europe/Berlin" };

export async function openDigestDesk(seed: SlackSeed = {}): Promise<DigestDesk> {
  const desk = await openDesk();
  const edge = await openEdge(seed);
  const { slack } = edge;
  const lines: string[] = [];
  const log = createLog({ level: "info", secrets: [], destination: { write: (line) => lines.push(line) } });
  const { store } = desk.collector;
  const context: SlackContext = { ...edge.contextOn(store), collector: desk.collector, now: desk.now, log };
  const delivery = createDelivery(context);
  let made = 0;
  return {
    slack,
    zendesk: desk.zendesk,
    context,
    db: store.db,
    now: desk.now,
    pass(ms) {
      desk.pass(ms);
      edge.pass(ms);
    },
    async subscribe(changes = {}) {
      made += 1;
      const subscription: DigestSubscription = {
        id: `01DIGEST${made}`,
        channel: slack.workspace.channel("ops").id,
        schedule: AT_NINE,
        terms: "",
        allClear: "line",
        createdBy: slack.person("dana").id,
        createdAt: new Date("2026-11-20T10:00:00Z"),
        ...changes,
      };
      const { state } = await addSubscription(store.db, subscription);
      if (state !== "added") throw new Error(`The digest was not kept: ${state}.`);
      return subscription;
    },
    deliver: ({ id }, signal) => delivery.deliver(id, signal),
    posts: (channel = "ops") => slack.workspace.messagesIn(slack.workspace.channel(channel).id),
    toDana() {
      const direct = [...slack.workspace.channels.values()].find(({ kind }) => kind === "im");
      return direct ? slack.workspace.messagesIn(direct.id) : [];
    },
    logged: () => lines.map((line) => JSON.parse(line)),
    async close() {
      await edge.close();
      await desk.close();
    },
  };
}

/** Every text of a message, as one string. */
export function textOf(message: Message | undefined): string {
  return JSON.stringify(message?.blocks ?? []);
}
