import { z } from "zod";
import type { Stage } from "../stage.ts";
import { armedIn } from "./armed.ts";
import type { DemoClock } from "./demo-clock.ts";
import { bringDigest, findDigest } from "./next-digest.ts";
import type { Story, StoryAct, StoryProvider } from "./wire.ts";

const MOST_MINUTES = 7 * 24 * 60;

export const STORY_ACT: z.ZodType<StoryAct> = z.discriminatedUnion("act", [
  z.strictObject({
    act: z.literal("provider"),
    provider: z.enum(["zendesk", "conductorone"]),
    handle: z.enum(["break", "storm", "heal", "trip", "fail"]),
    fields: z.record(z.string(), z.union([z.string(), z.number()])),
  }),
  z.strictObject({ act: z.literal("refuse_blocks"), types: z.array(z.string()) }),
  z.strictObject({ act: z.enum(["expire_trigger", "limit_slack", "deafen_bot"]) }),
  z.strictObject({ act: z.enum(["stop_bot", "start_bot"]) }),
  z.strictObject({ act: z.literal("wait"), minutes: z.number().int().min(1).max(MOST_MINUTES) }),
  z.strictObject({ act: z.literal("next_digest"), user: z.string(), channel: z.string() }),
]);

const BREAKING: ReadonlySet<string> = new Set(["break", "storm", "trip"]);
const MINUTE_MS = 60_000;

export interface Storyteller {
  tell(): Promise<Story>;
  /** @throws what the sandbox says of an act that cannot be. */
  play(act: StoryAct): Promise<void>;
}

export function createStoryteller(stage: Stage, clock: DemoClock): Storyteller {
  const { slack, zendesk, conductorone } = stage;
  const urls = { zendesk: zendesk.url, conductorone: conductorone?.url };
  let isBotUp = true;
  let isDigestComing = false;
  let brokenTs: string | undefined;
  // One after another: a bot that is being started cannot be started again.
  let turn: Promise<unknown> = Promise.resolve();

  function play(act: StoryAct): Promise<void> {
    const isForDigest = act.act === "next_digest";
    // A second press would skip what the first one waits for.
    if (isForDigest && isDigestComing) return Promise.reject(new Error("The next digest is on its way already."));
    isDigestComing ||= isForDigest;
    const done = turn
      .then(() => carryOut(act))
      .finally(() => {
        if (isForDigest) isDigestComing = false;
      });
    turn = done.catch(() => undefined);
    return done;
  }

  async function playNextDigest(user: string, channel: string): Promise<void> {
    const next = await findDigest(slack, stage.bot, { user, channel });
    await bringDigest(slack.happenings, clock, next);
  }

  async function carryOut(act: StoryAct): Promise<void> {
    switch (act.act) {
      case "provider":
        await askHandle(urls[act.provider], act.handle, act.fields);
        if (BREAKING.has(act.handle)) brokenTs ??= slack.workspace.nextTs();
        return;
      case "refuse_blocks":
        slack.faults.refusedBlocks.clear();
        for (const type of act.types) slack.faults.refusedBlocks.add(type);
        return;
      case "expire_trigger":
        return slack.faults.failNext("views.open", { error: "expired_trigger_id" });
      case "limit_slack":
        return slack.faults.limit("chat.postMessage", { calls: 2, retryAfterSeconds: 3 });
      case "deafen_bot":
        return slack.sockets.stall();
      case "stop_bot":
        if (!isBotUp) return;
        // From here on nothing is asked of it.
        isBotUp = false;
        await stage.bot.stop();
        return;
      case "start_bot":
        if (!isBotUp) await stage.restart();
        isBotUp = true;
        return;
      case "wait":
        return clock.moveTo(new Date(clock.now().getTime() + act.minutes * MINUTE_MS));
      case "next_digest":
        if (!isBotUp) throw new Error("The bot is down: start it first.");
        return playNextDigest(act.user, act.channel);
      default:
        return act satisfies never;
    }
  }

  return {
    play,
    async tell() {
      const next = isBotUp ? await stage.bot.nextDigest() : undefined;
      const providers = [storyOf("zendesk", "Zendesk", zendesk.url)];
      if (conductorone) providers.push(storyOf("conductorone", "ConductorOne", conductorone.url));
      return {
        now: clock.now().toISOString(),
        ...(next && { nextDigest: { at: next.at.toISOString(), channel: next.channel } }),
        isBotUp,
        armed: armedIn(slack),
        refusedBlocks: [...slack.faults.refusedBlocks],
        providers: await Promise.all(providers),
        ...(brokenTs !== undefined && { brokenTs }),
      };
    },
  };
}

async function storyOf(id: StoryProvider["id"], name: string, url: string): Promise<StoryProvider> {
  const [{ webhooks }, { causes }, { active }] = await Promise.all([
    readHandle(url, "webhooks", WEBHOOKS),
    readHandle(url, "causes", CAUSES),
    readHandle(url, "faults", FAULTS),
  ]);
  return { id, name, webhooks, causes, faults: active, canTrip: id === "zendesk" };
}

const WEBHOOKS = z.object({
  webhooks: z.array(z.object({ id: z.string(), name: z.string(), failing: z.array(z.string()) })),
});
const CAUSES = z.object({ causes: z.array(z.object({ name: z.string(), category: z.string() })) });
const FAULTS = z.object({ active: z.array(z.object({ kind: z.string(), left: z.number().optional() })) });

async function readHandle<Answer>(url: string, handle: string, schema: z.ZodType<Answer>): Promise<Answer> {
  const response = await fetch(`${url}/sandbox/${handle}`);
  return schema.parse(await response.json());
}

async function askHandle(url: string | undefined, handle: string, fields: Record<string, unknown>): Promise<void> {
  if (url === undefined) throw new Error("The sandbox has no such provider.");
  const response = await fetch(`${url}/sandbox/${handle}`, { method: "POST", body: JSON.stringify(fields) });
  if (!response.ok) throw new Error(REFUSED.parse(await response.json()).error);
}

const REFUSED = z.object({ error: z.string() });
