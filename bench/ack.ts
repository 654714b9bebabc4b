import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, LogLevel, SocketModeReceiver } from "@slack/bolt";
import { makeScenario } from "../sandbox/scenario/make-scenario.ts";
import type { Scenario } from "../sandbox/scenario/scenario.ts";
import type { Recorded } from "../sandbox/slack/happenings.ts";
import { type SandboxSlack, startSlack } from "../sandbox/slack/server.ts";
import { openStage } from "../sandbox/stage.ts";
import { openDatabase } from "../src/store/database.ts";
import { saveInvocationPage } from "../src/store/invocations.ts";
import type { Invocation } from "../src/triage/model.ts";
import { percentile, table } from "./figures.ts";

const CROWD = 50;
const ROUNDS = 4;
const STORED = 100_000;
const PAGE = 5_000;
const HOUR_MS = 60 * 60_000;

/** What fifty people feel who ask at once. Milliseconds. */
interface Felt {
  ackMs: number[];
  answerMs: number[];
}

/**
 * How soon a slash command is acknowledged and answered, 50 at once and 100,000 invocations stored, against a bare Bolt app that
 * acknowledges and posts a constant. Slack, Zendesk and the bot share this process's one thread, so all of them are in the figures.
 */
export async function benchAck(): Promise<void> {
  const bare = await askBareBolt();
  const bot = await askBot();
  console.log(`ack: ${CROWD} commands at once, ${ROUNDS} rounds, Socket Mode; ${STORED} invocations stored\n`);
  console.log(
    table(
      ["", "ack p50", "ack p99", "answer p50", "answer p99"],
      [
        ["bare Bolt, ms", ...figuresOf(bare).map((ms) => ms.toFixed(0))],
        ["the bot, ms", ...figuresOf(bot).map((ms) => ms.toFixed(0))],
        ["ratio", ...figuresOf(bot).map((ms, index) => `${(ms / (figuresOf(bare)[index] ?? 1)).toFixed(1)} x`)],
      ],
    ),
  );
  const [, ackP99 = Number.NaN, , answerP99 = Number.NaN] = figuresOf(bot);
  console.log(`\nwanted: ack p99 under 250 ms: ${ackP99 < 250 ? "yes" : "NO"}`);
  console.log(`wanted: answers under 1.5 s: ${answerP99 < 1_500 ? "yes" : "NO"}\n`);
}

function figuresOf({ ackMs, answerMs }: Felt): number[] {
  return [percentile(ackMs, 50), percentile(ackMs, 99), percentile(answerMs, 50), percentile(answerMs, 99)];
}

async function askBareBolt(): Promise<Felt> {
  const slack = await startSlack();
  const clientOptions = { slackApiUrl: slack.apiUrl };
  const receiver = new SocketModeReceiver({
    appToken: slack.appToken,
    logLevel: LogLevel.ERROR,
    installerOptions: { clientOptions },
  });
  const app = new App({ token: slack.botToken, receiver, clientOptions, logLevel: LogLevel.ERROR });
  app.command("/hooks", async ({ ack, client, command }) => {
    await ack();
    await client.chat.postMessage({ channel: command.channel_id, text: "0 failed invocations" });
  });
  await app.start();
  await slack.sockets.connected();
  const felt = await askInRounds(slack);
  await app.stop();
  await slack.close();
  return felt;
}

async function askBot(): Promise<Felt> {
  const dataDir = await mkdtemp(join(tmpdir(), "hooktriage-bench-"));
  const scenario = makeScenario({ seed: 7, now: new Date(), size: "demo" });
  await fillStore(dataDir, scenario);
  const stage = await openStage({ scenario, env: { DATA_DIR: dataDir } });
  await stage.slack.sockets.connected();
  const felt = await askInRounds(stage.slack, () => stage.bot.settled());
  await stage.close();
  await rm(dataDir, { recursive: true, force: true });
  return felt;
}

/** Invocations of the last day, one in a hundred of them failed, spread over the webhooks of the scenario. */
async function fillStore(dataDir: string, { webhooks, madeAt }: Scenario): Promise<void> {
  const store = await openDatabase({ dataDir });
  const page: Invocation[] = [];
  for (let index = 0; index < STORED; index += 1) {
    const webhookId = webhooks[Math.floor(index / PAGE) % webhooks.length]?.id ?? "";
    const createdAt = new Date(madeAt.getTime() - 24 * HOUR_MS * (index / STORED));
    const failed = index % 100 === 0;
    page.push({
      provider: "zendesk",
      webhookId,
      id: `01BENCH${String(index).padStart(19, "0")}`,
      status: failed ? "failed" : "success",
      outcome: failed ? "failed" : "succeeded",
      statusCode: failed ? 503 : 200,
      createdAt,
      latestCompletedAt: createdAt,
    });
    if (page.length === PAGE) {
      await saveInvocationPage(store.db, { provider: "zendesk", webhookId, invocations: page.splice(0) });
    }
  }
  await store.close();
}

/** Notes that an answer is on its way are none. */
function isAnswer(happening: Recorded): boolean {
  return happening.kind === "posted" && happening.message.text.includes("failed invocations");
}

async function askInRounds(slack: SandboxSlack, idle?: () => Promise<void>): Promise<Felt> {
  const felt: Felt = { ackMs: [], answerMs: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    const mark = slack.happenings.mark;
    const startedAtMs = Date.now();
    const commands = Array.from({ length: CROWD }, () =>
      slack.sendCommand({ user: "dana", channel: "ops", text: "failures last 24h" }),
    );
    for (const { ackMs, error } of await Promise.all(commands)) {
      if (error !== undefined) throw new Error(`A command was not acknowledged: ${error}.`);
      felt.ackMs.push(ackMs);
    }
    await slack.settled(idle ? { idle } : {});
    const answers = slack.happenings.since(mark).filter((happening) => isAnswer(happening));
    if (answers.length !== CROWD) throw new Error(`${answers.length} of ${CROWD} commands were answered.`);
    for (const { at } of answers) felt.answerMs.push(at.getTime() - startedAtMs);
  }
  return felt;
}
