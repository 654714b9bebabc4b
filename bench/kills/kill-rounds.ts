import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type Random, randomFrom } from "../../sandbox/provider/random.ts";
import { makeScenario } from "../../sandbox/scenario/make-scenario.ts";
import type { Recorded } from "../../sandbox/slack/happenings.ts";
import { type SandboxSlack, startSlack } from "../../sandbox/slack/server.ts";
import { startZendesk } from "../../sandbox/zendesk/start.ts";
import { openDatabase } from "../../src/store/database.ts";
import { addSubscription } from "../../src/store/subscriptions.ts";
import type { DigestSubscription } from "../../src/triage/digest/subscription.ts";
import { type BotProcess, startBotProcess } from "./bot-process.ts";

export interface KillOptions {
  /** A PostgreSQL server; the embedded database when absent. */
  databaseUrl?: string;
  /** How many processes share the store. One where it is embedded. */
  replicas: number;
  kills: number;
  /** The moments of the kills follow from it. */
  seed: number;
}

export interface KillFigures {
  kills: number;
  /** Of these, how many struck while a post was on its way: Slack had taken it and the bot did not know yet. */
  inMidPost: number;
  digests: number;
  lost: number;
  doubled: number;
  tookMs: number;
}

const ACCESS_TOKEN = "sandbox-access-token";
const CHANNELS = 8;
/** So many that some are still due at the last kill. */
const DIGESTS_A_KILL = 3;
/** A kill at a random moment strikes within so long of the last. A start takes one to two seconds of it. Milliseconds. */
const LONGEST_LIFE_MS = 4_000;
/** For a kill in mid-post, a post must come within so long. Milliseconds. */
const LONGEST_WAIT_MS = 60_000;
/** How soon after a post the kill strikes. Its answer is held back for longer. Milliseconds. */
const MID_POST_MS = 60;
/** So many posts Slack makes late, if their sender lives or not. */
const LATE_POSTS = 0.25;
const LATENESS_MS = { least: 1_000, most: 3_000 };
/** A killed worker's digests are taken over after less than half of this: when none came for so long, none will. Milliseconds. */
const LONGEST_RECOVERY_MS = 120_000;
/** After this time nothing is retried any more because of a kill. On the embedded database a start clears up at once. Milliseconds. */
const AFTERMATH_MS = { embedded: 5_000, server: 40_000 };

/**
 * Digests that are due all at once, posted by real processes that are killed at random moments, every other time while a post is on
 * its way, and a part of whose posts Slack makes late. Each digest must stand in its channel exactly once at the end. The bot may read the channels' history.
 */
export async function killRounds(options: KillOptions): Promise<KillFigures> {
  const startedAtMs = Date.now();
  const random = randomFrom(options.seed);
  const names = Array.from({ length: CHANNELS }, (_, index) => `digests-${index}`);
  const slack = await startSlack({ seed: { channels: names.map((name) => ({ name, members: ["bot", "dana"] })) } });
  const scenario = makeScenario({ seed: options.seed, now: new Date(), size: "demo" });
  const zendesk = await startZendesk({
    scenario,
    accessToken: ACCESS_TOKEN,
    rateLimitPerMinute: Number.POSITIVE_INFINITY,
  });
  const folder = await mkdtemp(join(tmpdir(), "hooktriage-kills-"));
  const env: Record<string, string> = {
    ...(options.databaseUrl === undefined ? { DATA_DIR: folder } : { DATABASE_URL: options.databaseUrl }),
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    ZENDESK_BASE_URL: zendesk.url,
    ZENDESK_ACCESS_TOKEN: ACCESS_TOKEN,
    HEALTH_PORT: "0",
  };
  const crew: BotProcess[] = [];
  try {
    const subscriptions = await subscribe(options, folder, slack, names);
    slack.faults.holdAnswers("chat.postMessage", 2 * MID_POST_MS);
    const lateness = randomFrom(options.seed + 1);
    slack.faults.takeLate("chat.postMessage", () => {
      return lateness.chance(LATE_POSTS) ? delay(lateness.int(LATENESS_MS.least, LATENESS_MS.most)) : undefined;
    });
    for (let index = 0; index < options.replicas; index += 1) crew.push(startBotProcess(env));
    let inMidPost = 0;
    for (let kill = 0; kill < options.kills; kill += 1) {
      if (await strike(slack, crew, env, random, kill % 2 === 0)) inMidPost += 1;
    }
    await untilAllPosted(slack, subscriptions.length, crew);
    await delay(options.databaseUrl === undefined ? AFTERMATH_MS.embedded : AFTERMATH_MS.server);
    const codes = await Promise.all(crew.map((bot) => bot.end()));
    if (codes.some((code) => code !== 0)) throw new Error(`A bot did not end cleanly.\n${crew[0]?.written()}`);
    const counts = countPosts(slack);
    return {
      kills: options.kills,
      inMidPost,
      digests: subscriptions.length,
      lost: subscriptions.filter(({ id }) => !counts.has(id)).length,
      doubled: [...counts.values()].filter((count) => count > 1).length,
      tookMs: Date.now() - startedAtMs,
    };
  } finally {
    await Promise.all(crew.map((bot) => bot.kill()));
    await Promise.all([slack.close(), zendesk.close()]);
    await rm(folder, { recursive: true, force: true });
  }
}

/** Digests that were due two minutes ago and before: a channel has no two with the same schedule. */
async function subscribe(
  { databaseUrl, kills }: KillOptions,
  dataDir: string,
  slack: SandboxSlack,
  channels: readonly string[],
): Promise<DigestSubscription[]> {
  const startedAtMs = Date.now();
  const createdBy = slack.person("dana").id;
  const subscriptions = Array.from({ length: Math.max(kills, 2) * DIGESTS_A_KILL }, (_, index): DigestSubscription => {
    const channel = slack.workspace.channel(channels[index % channels.length] ?? "").id;
    const due = new Date(startedAtMs - (2 + Math.floor(index / channels.length)) * 60_000);
    return {
      id: `01KILLS${String(index).padStart(19, "0")}`,
      channel,
      schedule: {
        days: "every_day",
        minuteOfDay: due.getUTCHours() * 60 + due.getUTCMinutes(),
        timeZone: "UTC",
      },
      terms: "",
      allClear: "line",
      createdBy,
      createdAt: new Date(due.getTime() - 2 * 24 * 60 * 60_000),
    };
  });
  const store = await openDatabase(databaseUrl === undefined ? { dataDir } : { databaseUrl });
  try {
    for (const subscription of subscriptions) {
      const { state } = await addSubscription(store.db, subscription);
      if (state !== "added") throw new Error(`A digest was not kept: ${state}.`);
    }
  } finally {
    await store.close();
  }
  return subscriptions;
}

/** Kills one process and starts another in its place. Returns whether a post was on its way. */
async function strike(
  slack: SandboxSlack,
  crew: BotProcess[],
  env: Record<string, string>,
  random: Random,
  inMidPost: boolean,
): Promise<boolean> {
  const victim = crew.findIndex((bot) => !bot.isRunning);
  if (victim !== -1) throw new Error(`A bot ended by itself.\n${crew[victim]?.written()}`);
  const posted = inMidPost && (await isPostedSoon(slack));
  await delay(random.int(0, posted ? MID_POST_MS : LONGEST_LIFE_MS));
  // Which of several processes posted cannot be seen from here, so all of them go.
  const victims = posted ? crew.map((_, index) => index) : [random.int(0, crew.length - 1)];
  await Promise.all(victims.map((index) => crew[index]?.kill()));
  for (const index of victims) crew[index] = startBotProcess(env);
  return posted;
}

/** Resolves at the moment at which Slack takes a digest, before it says so. */
function isPostedSoon({ happenings }: SandboxSlack): Promise<boolean> {
  return happenings.waitFor(isDigest, LONGEST_WAIT_MS, happenings.mark).then(
    () => true,
    () => false,
  );
}

async function untilAllPosted(slack: SandboxSlack, wanted: number, crew: readonly BotProcess[]): Promise<void> {
  let posted = 0;
  let deadlineMs = Date.now() + LONGEST_RECOVERY_MS;
  while (posted < wanted && Date.now() < deadlineMs) {
    const ended = crew.find((bot) => !bot.isRunning);
    if (ended) throw new Error(`A bot ended by itself.\n${ended.written()}`);
    await delay(250);
    const { size } = countPosts(slack);
    if (size > posted) deadlineMs = Date.now() + LONGEST_RECOVERY_MS;
    posted = size;
  }
}

/** How many times each subscription's digest stands in its channel. */
function countPosts({ workspace }: SandboxSlack): Map<string, number> {
  const counts = new Map<string, number>();
  for (const messages of workspace.messages.values()) {
    for (const { metadata } of messages) {
      if (metadata?.event_type !== "hooktriage_digest") continue;
      const subscription = String(metadata.event_payload.subscription);
      counts.set(subscription, (counts.get(subscription) ?? 0) + 1);
    }
  }
  return counts;
}

function isDigest(happening: Recorded): boolean {
  return happening.kind === "posted" && happening.message.metadata?.event_type === "hooktriage_digest";
}
