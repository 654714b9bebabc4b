import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { randomFrom } from "../../sandbox/provider/random.ts";
import { makeScenario } from "../../sandbox/scenario/make-scenario.ts";
import { type SandboxSlack, startSlack } from "../../sandbox/slack/server.ts";
import { type SandboxZendesk, startZendesk } from "../../sandbox/zendesk/start.ts";
import { readCoverage } from "../../src/store/coverage.ts";
import { openDatabase, type Store } from "../../src/store/database.ts";
import { findInvocations } from "../../src/store/invocations.ts";
import { subtract, type Window, windowOf } from "../../src/triage/window.ts";
import { type BotProcess, startBotProcess } from "./bot-process.ts";

export interface BackfillKillOptions {
  /** A PostgreSQL server; the embedded database when absent. */
  databaseUrl?: string;
  /** How many processes share the store. One where it is embedded. */
  replicas: number;
  kills: number;
  /** Whom a kill strikes: all processes, which are started again, or the one that reads, whose work the others have to take over. */
  strikes?: "all" | "reader";
  /** The moments of the kills follow from it. */
  seed: number;
}

export interface BackfillKillFigures {
  kills: number;
  /** Of these, how many struck while something of the account's seven days was still to be read. */
  inMidBackfill: number;
  /** Pages that were asked for in all. */
  pages: number;
  /** What there is in the account's seven days. */
  invocations: number;
  lost: number;
  /** Invocations that the store has and the account has not, or with another outcome. */
  wrong: number;
  /** Webhooks of which something is not collected. */
  incomplete: number;
  tookMs: number;
}

const ACCESS_TOKEN = "sandbox-access-token";
/** So that a kill finds something under way. Milliseconds. */
const LATENCY_MS = 30;
/** A kill strikes after so many pages of a process's life. */
const PAGES_BEFORE_KILL = { least: 4, most: 14 };
/** A start, and for replicas the take-over of a dead one's job, take no longer. Milliseconds. */
const LONGEST_WAIT_MS = 90_000;
/** When nothing was asked for in so long after the last process began, all is read. Milliseconds. */
const QUIET_MS = 4_000;
const DAY_MS = 24 * 60 * 60_000;
/** Bots' clocks go on while the account's stands: what lies at the edges of its seven days may not be there for them. Milliseconds. */
const EDGE_MS = 10 * 60_000;

/** A week of an account, read by real processes that are killed in the middle of it. */
export async function backfillKillRounds(options: BackfillKillOptions): Promise<BackfillKillFigures> {
  const startedAtMs = Date.now();
  const random = randomFrom(options.seed);
  const present = new Date(Math.floor(startedAtMs / 1_000) * 1_000);
  const slack = await startSlack({});
  const zendesk = await startZendesk({
    now: () => present,
    scenario: makeScenario({ seed: options.seed, now: present, size: "triage" }),
    accessToken: ACCESS_TOKEN,
    rateLimitPerMinute: Number.POSITIVE_INFINITY,
    latencyMs: LATENCY_MS,
  });
  const dataDir = await mkdtemp(join(tmpdir(), "hooktriage-backfill-"));
  const database = options.databaseUrl === undefined ? { dataDir } : { databaseUrl: options.databaseUrl };
  const env = environment(slack, zendesk, database);
  const window = windowOf(present.getTime() - 7 * DAY_MS + EDGE_MS, present.getTime() - EDGE_MS);
  const crew: BotProcess[] = [];
  try {
    for (let index = 0; index < options.replicas; index += 1) crew.push(startBotProcess(env));
    let inMidBackfill = 0;
    for (let kill = 0; kill < options.kills; kill += 1) {
      await untilRead(zendesk, crew, random.int(PAGES_BEFORE_KILL.least, PAGES_BEFORE_KILL.most));
      const struck = options.strikes === "reader" ? [await readerOf(crew)] : [...crew];
      await Promise.all(struck.map((bot) => bot.kill()));
      if ((await incompleteIn(database, zendesk, window)) > 0) inMidBackfill += 1;
      for (const bot of struck) crew.splice(crew.indexOf(bot), 1);
      if (options.strikes !== "reader") for (const _ of struck) crew.push(startBotProcess(env));
    }
    await untilQuiet(zendesk, crew);
    const codes = await Promise.all(crew.map((bot) => bot.end()));
    if (codes.some((code) => code !== 0)) throw new Error(`A bot did not end cleanly.\n${crew[0]?.written()}`);
    return {
      kills: options.kills,
      inMidBackfill,
      pages: pagesAsked(zendesk),
      ...(await compare(database, zendesk, window)),
      tookMs: Date.now() - startedAtMs,
    };
  } finally {
    await Promise.all(crew.map((bot) => bot.kill()));
    await Promise.all([slack.close(), zendesk.close()]);
    await rm(dataDir, { recursive: true, force: true });
  }
}

type Database = { dataDir: string } | { databaseUrl: string };

function environment(slack: SandboxSlack, zendesk: SandboxZendesk, database: Database): Record<string, string> {
  return {
    ...("dataDir" in database ? { DATA_DIR: database.dataDir } : { DATABASE_URL: database.databaseUrl }),
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    ZENDESK_BASE_URL: zendesk.url,
    ZENDESK_ACCESS_TOKEN: ACCESS_TOKEN,
    HEALTH_PORT: "0",
    // Which tells who reads.
    LOG_LEVEL: "debug",
  };
}

/** Resolves once so many pages more were asked for. */
async function untilRead(zendesk: SandboxZendesk, crew: readonly BotProcess[], pages: number): Promise<void> {
  const wanted = pagesAsked(zendesk) + pages;
  const deadlineMs = Date.now() + LONGEST_WAIT_MS;
  while (pagesAsked(zendesk) < wanted) {
    throwIfEnded(crew);
    if (Date.now() > deadlineMs) throw new Error(`No bot read ${pages} pages.\n${crew[0]?.written()}`);
    await delay(5);
  }
}

/** The one that reads: of an account only one does at a time. What it writes comes a little later than what it asks. */
async function readerOf(crew: readonly BotProcess[]): Promise<BotProcess> {
  const isReading = (line: string) => line.includes("asked a provider") && line.includes("/invocations");
  const deadlineMs = Date.now() + LONGEST_WAIT_MS;
  for (;;) {
    const [reader, ...others] = crew.filter((bot) => bot.written().split("\n").some(isReading));
    if (others.length > 0) throw new Error(`${crew.length} bots read one account.`);
    if (reader) return reader;
    throwIfEnded(crew);
    if (Date.now() > deadlineMs) throw new Error(`No bot tells that it reads.\n${crew[0]?.written()}`);
    await delay(2);
  }
}

/** Resolves when pages have come since the last start, and nothing comes any more. */
async function untilQuiet(zendesk: SandboxZendesk, crew: readonly BotProcess[]): Promise<void> {
  const before = pagesAsked(zendesk);
  const deadlineMs = Date.now() + LONGEST_WAIT_MS;
  let asked = zendesk.requests.length;
  let quietSinceMs = Date.now();
  while (pagesAsked(zendesk) === before || Date.now() - quietSinceMs < QUIET_MS) {
    throwIfEnded(crew);
    if (Date.now() > deadlineMs) throw new Error(`No bot read to the end.\n${crew[0]?.written()}`);
    await delay(50);
    if (zendesk.requests.length !== asked) quietSinceMs = Date.now();
    asked = zendesk.requests.length;
  }
}

function throwIfEnded(crew: readonly BotProcess[]): void {
  const ended = crew.find((bot) => !bot.isRunning);
  if (ended) throw new Error(`A bot ended by itself.\n${ended.written()}`);
}

function pagesAsked({ requests }: SandboxZendesk): number {
  return requests.filter(({ path }) => /\/invocations(\?|$)/.test(path)).length;
}

async function compare(
  database: Database,
  zendesk: SandboxZendesk,
  window: Window,
): Promise<Pick<BackfillKillFigures, "invocations" | "lost" | "wrong" | "incomplete">> {
  const store = await openDatabase(database);
  try {
    const found = await findInvocations(store.db, { window, asOf: window.to });
    const stored = new Set(found.map(({ webhookId, id, outcome }) => `${webhookId} ${id} ${outcome}`));
    const { webhooks } = zendesk.truth(window);
    const wanted = new Set<string>();
    for (const [webhookId, truth] of webhooks) {
      for (const outcome of ["failed", "pending", "succeeded"] as const) {
        for (const id of truth[outcome]) wanted.add(`${webhookId} ${id} ${outcome}`);
      }
    }
    return {
      invocations: wanted.size,
      lost: [...wanted].filter((key) => !stored.has(key)).length,
      // One that stands there twice is one too many.
      wrong: found.length - [...stored].filter((key) => wanted.has(key)).length,
      incomplete: await countIncomplete(store, zendesk, window),
    };
  } finally {
    await store.close();
  }
}

async function incompleteIn(database: Database, zendesk: SandboxZendesk, window: Window): Promise<number> {
  const store = await openDatabase(database);
  try {
    return await countIncomplete(store, zendesk, window);
  } finally {
    await store.close();
  }
}

async function countIncomplete({ db }: Store, zendesk: SandboxZendesk, window: Window): Promise<number> {
  const collected = await readCoverage(db, "zendesk");
  const ids = [...zendesk.truth(window).webhooks.keys()];
  return ids.filter((id) => subtract(window, collected.get(id) ?? []).length > 0).length;
}
