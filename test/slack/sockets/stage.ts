import { App } from "@slack/bolt";
import { expect, onTestFinished } from "vitest";
import { type SandboxSlack, startSlack } from "../../../sandbox/slack/server.ts";
import { boltLogger, createLog } from "../../../src/ops/log.ts";
import { createMetrics } from "../../../src/ops/metrics.ts";
import { createSocketReceiver, type SocketReceiver } from "../../../src/slack/sockets/receiver.ts";
import { type ManualTimers, manualTimers } from "../manual-timers.ts";
import { type Diary, openDiary } from "./diary.ts";

/** A Slack and a bot that hears it through sockets, in a time that moves only when a test says so. Closed when the test ends. */
export interface Stage extends Diary {
  slack: SandboxSlack;
  receiver: SocketReceiver;
  timers: ManualTimers;
  /** What was handled, by the words of the command or the value of the button; how often. */
  handled: Map<string, number>;
  /** Resolves with two connections that have lasted a while. */
  start(): Promise<void>;
  /** Resolves as soon as the bot has so many connections. */
  live(count: number): Promise<void>;
  /** Commands and presses in turn; Slack's word for what became of it. */
  send(index: number): Promise<string | undefined>;
}

/** When a stage's time begins, in milliseconds. */
export const BEGIN_MS = 1_800_000_000_000;
/** How old the connections are after the start, in milliseconds. */
export const AGE_MS = 10_000;

export async function openStage(): Promise<Stage> {
  const slack = await startSlack();
  const timers = manualTimers();
  const handled = new Map<string, number>();
  const diary = openDiary();
  const { appToken, apiUrl } = slack;
  const log = createLog({ level: "info", secrets: [appToken], destination: diary });
  const logger = boltLogger(log);
  const now = () => new Date(BEGIN_MS + timers.nowMs());
  const metrics = createMetrics();
  const receiver = createSocketReceiver({ appToken, apiUrl, logger, log, metrics, now, timers, random: () => 1 });
  const app = new App({ authorize: async () => ({ botToken: slack.botToken }), receiver, logger });
  const handle = (what = "") => handled.set(what, (handled.get(what) ?? 0) + 1);
  app.command("/hooks", async ({ ack, command }) => {
    await ack();
    handle(command.text);
  });
  app.action("attempts", async ({ ack, action }) => {
    await ack();
    if (action.type === "button") handle(action.value);
  });
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  process.on("unhandledRejection", note);
  onTestFinished(async () => {
    await receiver.stop();
    await slack.close();
    process.off("unhandledRejection", note);
    expect(unhandled).toEqual([]);
  });

  async function live(count: number): Promise<void> {
    while (receiver.connection().live !== count) await diary.nextLine();
  }

  return {
    ...diary,
    slack,
    receiver,
    timers,
    handled,
    live,
    async start() {
      await receiver.start();
      await live(2);
      timers.jump(AGE_MS);
    },
    async send(index) {
      const text = `number ${index}`;
      if (index % 2 === 0) return (await slack.sendCommand({ user: "dana", channel: "ops", text })).error;
      const button = { type: "button", text: { type: "plain_text", text: "Old" }, action_id: "attempts", value: text };
      const blocks = [{ type: "actions", block_id: "old", elements: [button] }];
      const channel = slack.workspace.channel("ops").id;
      const shown = { channel, ts: "1763711940.000100", user: "U0HOOKTRIAGE", text: "", reactions: [], blocks };
      return (await slack.pressButton({ user: "dana", channel, messageTs: shown.ts, actionId: "attempts", shown }))
        .error;
    },
  };
}
