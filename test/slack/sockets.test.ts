import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { App } from "@slack/bolt";
import { WebAPIPlatformError } from "@slack/web-api";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type SandboxSlack, startSlack } from "../../sandbox/slack/server.ts";
import { boltLogger, createLog } from "../../src/ops/log.ts";
import { createMetrics } from "../../src/ops/metrics.ts";
import { createSocketReceiver, type SocketReceiver } from "../../src/slack/sockets/receiver.ts";
import { manualTimers } from "./manual-timers.ts";

let slack: SandboxSlack;
let receiver: SocketReceiver;
let timers: ReturnType<typeof manualTimers>;
/** What was handled, by the words of the command or the value of the button; how often. */
let handled: Map<string, number>;
let lines: string[];
let onLine: () => void;

const unhandled: unknown[] = [];
const note = (reason: unknown) => unhandled.push(reason);
beforeAll(() => void process.on("unhandledRejection", note));
afterAll(() => void process.off("unhandledRejection", note));

beforeEach(async () => {
  slack = await startSlack();
  timers = manualTimers();
  handled = new Map();
  lines = [];
  onLine = () => {};
  const destination = {
    write(line: string) {
      lines.push(line);
      onLine();
    },
  };
  const log = createLog({ level: "info", secrets: [slack.appToken], destination });
  const logger = boltLogger(log);
  const metrics = createMetrics();
  const { appToken, apiUrl } = slack;
  receiver = createSocketReceiver({
    appToken,
    apiUrl,
    logger,
    log,
    metrics,
    now: () => new Date(1_800_000_000_000 + timers.nowMs()),
    timers,
    random: () => 1,
  });
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
});
afterEach(async () => {
  await receiver.stop();
  await slack.close();
  expect(unhandled).toEqual([]);
});

async function start(): Promise<void> {
  await receiver.start();
  await live(2);
}

/** Resolves as soon as the bot has so many connections. */
async function live(count: number): Promise<void> {
  while (receiver.connection().live !== count) await nextLine();
}

function nextLine(): Promise<void> {
  return new Promise((resolve) => {
    onLine = resolve;
  });
}

/** Resolves as soon as a line of the log says so. */
async function logged(words: string): Promise<string> {
  for (;;) {
    const line = lines.find((one) => one.includes(words));
    if (line !== undefined) return line;
    await nextLine();
  }
}

/** Commands and presses in turn; Slack's word for what became of it. */
async function send(index: number): Promise<string | undefined> {
  const text = `number ${index}`;
  if (index % 2 === 0) return (await slack.sendCommand({ user: "dana", channel: "ops", text })).error;
  const button = { type: "button", text: { type: "plain_text", text: "Old" }, action_id: "attempts", value: text };
  const blocks = [{ type: "actions", block_id: "old", elements: [button] }];
  const channel = slack.workspace.channel("ops").id;
  const shown = { channel, ts: "1763711940.000100", user: "U0HOOKTRIAGE", text: "", reactions: [], blocks };
  return (await slack.pressButton({ user: "dana", channel, messageTs: shown.ts, actionId: "attempts", shown })).error;
}

/** Five people who do not stop typing and pressing until they are told to. */
function crowd() {
  let sent = 0;
  let isOver = false;
  const errors: string[] = [];
  const people = Array.from({ length: 5 }, async () => {
    while (!isOver && errors.length === 0) {
      sent += 1;
      const error = await send(sent);
      if (error !== undefined) errors.push(error);
    }
  });
  return {
    sent: () => sent,
    async reached(count: number) {
      while (sent < count && errors.length === 0) await new Promise((resolve) => setImmediate(resolve));
    },
    async stop() {
      isOver = true;
      await Promise.all(people);
      return errors;
    },
  };
}

describe("with people who never stop", () => {
  it.each([
    ["one connection", "refresh_requested", 1],
    ["all connections", "refresh_requested", 2],
    ["one connection, with a warning", "warning", 1],
    ["all connections, with a warning", "warning", 2],
  ] as const)("loses nothing and does nothing twice while Slack renews %s", async (_, reason, oldest) => {
    await start();
    const people = crowd();
    for (let round = 1; round <= 5; round += 1) {
      await people.reached(people.sent() + 30);
      slack.sockets.disconnect(reason, { oldest });
      await slack.sockets.connected(2);
      slack.sockets.closeLeaving();
      lines.length = 0;
      timers.jump(30_000);
    }
    expect(await people.stop()).toEqual([]);
    expect(handled.size).toBe(people.sent());
    expect([...handled.values()].every((times) => times === 1)).toBe(true);
    expect(slack.sockets.count).toBe(2);
  });

  it("opens the new connection before the old one is closed", async () => {
    await start();
    slack.sockets.disconnect("refresh_requested");
    await slack.sockets.connected(2);
    expect(slack.sockets.standing).toBe(4);
    expect(receiver.connection()).toMatchObject({ wanted: 2 });
    slack.sockets.closeLeaving();
    expect(await send(2)).toBeUndefined();
  });

  it("goes on over the other connection when one breaks, and has it back soon", async () => {
    await start();
    slack.sockets.cut(1);
    for (let index = 0; index < 20; index += 1) expect(await send(index)).toBeUndefined();
    await slack.sockets.connected(2);
    expect(await logged("a connection to Slack broke")).toContain('"level":"warn"');
  });
});

describe("with a line that is broken on the way", () => {
  it("finds out by its pings, and opens another connection", async () => {
    await start();
    slack.sockets.stall(1);
    lines.length = 0;
    for (let beat = 0; beat < 3; beat += 1) {
      const heard = pong();
      timers.pass(2_000);
      await heard;
    }
    await logged("a connection to Slack broke");
    await live(2);
  });
});

describe("with a Slack that is away", () => {
  it("tries again, ever more seldom, and tells since when it is cut off", async () => {
    await start();
    for (let times = 0; times < 8; times += 1) slack.faults.failNext("apps.connections.open", { status: 503 });
    slack.sockets.cut();
    const waits: number[] = [];
    for (let times = 0; times < 8; times += 1) {
      const line = await logged("trying again");
      const { retryInMs } = JSON.parse(line);
      waits.push(retryInMs);
      lines.length = 0;
      expect(receiver.connection()).toMatchObject({ live: 0, wanted: 2, since: new Date(1_800_000_000_000) });
      timers.pass(retryInMs);
    }
    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    await live(2);
    expect(receiver.connection().since?.getTime()).toBeGreaterThan(1_800_000_000_000);
  });

  it("waits as long as Slack asks before it opens another", async () => {
    await start();
    slack.faults.limit("apps.connections.open", { calls: 1, retryAfterSeconds: 17 });
    slack.sockets.cut(1);
    await timers.scheduled(17_000);
    expect(await send(2)).toBeUndefined();
    timers.jump(17_000);
    await slack.sockets.connected(2);
  });

  it("does not run in circles where every connection is closed at once", async () => {
    await start();
    for (let times = 0; times < 10; times += 1) {
      slack.sockets.cut(1);
      await slack.sockets.connected(2);
    }
    slack.sockets.cut(1);
    await timers.scheduled(60_000);
    expect(slack.journal.of("apps.connections.open")).toHaveLength(12);
    timers.jump(60_000);
    await slack.sockets.connected(2);
  });

  it("starts when Slack takes it, after a rate limit too", async () => {
    slack.faults.limit("apps.connections.open", { calls: 1, retryAfterSeconds: 3 });
    const started = start();
    await timers.scheduled(3_000);
    timers.jump(3_000);
    await started;
  });
});

describe("with a Slack that refuses the app", () => {
  it.each(["invalid_auth", "account_inactive", "token_revoked"])("does not start on %s, and says so", async (word) => {
    slack.faults.failNext("apps.connections.open", { error: word });
    const refused = await receiver.start().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(WebAPIPlatformError);
    expect(String(refused)).toContain(word);
  });

  it("says at the start that Slack answers, but that no WebSocket to it can be had", async () => {
    slack.giveSocketUrl = () => "ws://127.0.0.1:1/link";
    await expect(receiver.start()).rejects.toThrow(
      /^Slack answers, but no WebSocket to it can be opened: .*slack\.com/,
    );
  });

  it("tells the mend once when it happens later, tries seldom, and recovers", async () => {
    await start();
    slack.faults.failNext("apps.connections.open", { error: "invalid_auth" });
    slack.faults.failNext("apps.connections.open", { error: "invalid_auth" });
    slack.sockets.cut();
    await logged("trying again");
    expect(await logged("Copy SLACK_APP_TOKEN anew")).toContain('"level":"error"');
    expect(receiver.refusal).toMatchObject({ token: "SLACK_APP_TOKEN", word: "invalid_auth" });
    lines.length = 0;
    timers.pass(59_000);
    expect(slack.journal.of("apps.connections.open")).toHaveLength(3);
    timers.pass(1_000);
    await logged("trying again");
    expect(lines.join("")).not.toContain("Copy SLACK_APP_TOKEN anew");
    timers.pass(60_000);
    await live(2);
    expect(receiver.refusal).toBeUndefined();
  });

  it("tells the mend where Socket Mode was turned off, and comes back when it is on again", async () => {
    await start();
    slack.sockets.disconnect("link_disabled");
    expect(await logged("Turn it on again")).toContain('"level":"error"');
    slack.sockets.closeLeaving();
    await slack.sockets.emptied();
    expect(slack.journal.of("apps.connections.open")).toHaveLength(2);
    await timers.scheduled(60_000);
    timers.jump(60_000);
    await slack.sockets.connected(2);
  });

  it("tells the mend where other processes hold all ten connections", async () => {
    const others = await Promise.all(Array.from({ length: 9 }, () => standIn()));
    await receiver.start();
    expect(await logged("end other processes")).toContain('"level":"error"');
    expect(receiver.connection()).toMatchObject({ live: 1, wanted: 2 });
    for (const other of others) other.close();
  });
});

it("takes news about the app itself, which has no event inside", async () => {
  await start();
  const payload = { type: "app_rate_limited", team_id: "T0NORTHWIND", minute_rate_limited: 1_518_467_820 };
  const { error } = await slack.sockets.deliver({ type: "events_api", payload });
  expect(error).toBeUndefined();
  await logged("app_rate_limited");
});

it("is joined by a younger connection at half its life, so that not all are sent away at one moment", async () => {
  await start();
  const halfLifeMs = 9_030_000;
  await timers.scheduled(halfLifeMs);
  timers.fire(halfLifeMs);
  await live(3);
  slack.sockets.disconnect("refresh_requested", { oldest: 1 });
  await logged("Slack renews a connection");
  slack.sockets.closeLeaving();
  expect(slack.sockets.count).toBe(2);
  expect(slack.journal.of("apps.connections.open")).toHaveLength(3);
});

it("closes all connections at the end and opens no more", async () => {
  await start();
  await receiver.stop();
  expect(slack.sockets.standing).toBe(0);
  expect(slack.journal.of("apps.connections.open")).toHaveLength(2);
  expect(timers.pending()).toBe(0);
  await receiver.stop();
});

/** Resolves when a pong comes in over any connection. */
function pong(): Promise<void> {
  return new Promise((resolve) => {
    const hear = () => {
      unsubscribe("undici:websocket:pong", hear);
      resolve();
    };
    subscribe("undici:websocket:pong", hear);
  });
}

/** Another process of the same app. */
async function standIn(): Promise<WebSocket> {
  const socket = new WebSocket(slack.giveSocketUrl());
  await new Promise((resolve) => socket.addEventListener("message", resolve, { once: true }));
  return socket;
}
