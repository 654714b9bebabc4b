import { createHmac } from "node:crypto";
import { createServer } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { boltLogger, createLog } from "../../src/ops/log.ts";
import { createSlackApp, type SlackApp } from "../../src/slack/app.ts";
import type { Store } from "../../src/store/database.ts";
import { type Told, tellStory } from "../e2e/kit/index.ts";
import { openEmptyStore } from "../store/databases.ts";
import { type Edge, openEdge } from "./edge.ts";

let store: Store;
beforeAll(async () => {
  store = await openEmptyStore("PGlite");
});
afterAll(() => store?.close());

interface Running {
  edge: Edge;
  app: SlackApp;
  story: Told;
  lines: string[];
  port: number;
}

let running: Running | undefined;
afterEach(async () => {
  await running?.app.stop();
  await running?.edge.close();
  running = undefined;
});

async function start(kind: "socket" | "http", level: "silent" | "debug" | "info" = "info"): Promise<Running> {
  const edge = await openEdge();
  const lines: string[] = [];
  const { slack } = edge;
  const secrets = [slack.botToken, slack.appToken, slack.signingSecret];
  const log = createLog({ level, secrets, destination: { write: (line) => lines.push(line) } });
  const port = await freePort();
  const app = createSlackApp(
    {
      botToken: slack.botToken,
      apiUrl: slack.apiUrl,
      mode: kind === "socket" ? { kind, appToken: slack.appToken } : { kind, signingSecret: slack.signingSecret, port },
    },
    { ...edge.contextOn(store), log },
    edge.identity,
    boltLogger(log),
  );
  if (kind === "http") slack.setReceiver({ url: `http://127.0.0.1:${port}/slack/events` });
  await app.start();
  const story = tellStory(slack, { idle: () => app.settled() });
  running = { edge, app, story, lines, port };
  return running;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return address !== null && typeof address === "object" ? address.port : 0;
}

describe.each(["socket", "http"] as const)("the app, in %s mode", (kind) => {
  it("counts acknowledgements, questions by what became of them, and calls", async () => {
    const { edge, story } = await start(kind);
    const dana = story.person("dana");
    await dana.types("#ops", "/hooks help");
    await dana.types("#ops", "/hooks halp");
    await dana.types("#ops", "/hooks failures webhok:x");
    await story.person("gil").types("#ops", "/hooks help");
    await dana.types("#ops", "/hoooks");
    await story.settled();
    const { questions, ackSeconds, slackCalls, answerSeconds } = edge.metrics;
    const asked = (await questions.get()).values.map(
      ({ labels, value }) => `${labels.subcommand} ${labels.outcome} ${value}`,
    );
    expect(asked.sort()).toEqual([
      "failures not_understood 1",
      "help answered 1",
      "help refused 1",
      "unknown not_understood 1",
    ]);
    const ended = (await ackSeconds.get()).values.find(({ metricName }) => metricName?.endsWith("_count"));
    expect(ended).toMatchObject({ labels: { kind: "command" }, value: 5 });
    const answered = (await answerSeconds.get()).values.filter(({ metricName }) => metricName?.endsWith("_count"));
    expect(answered).toMatchObject([{ labels: { subcommand: "help" }, value: 1 }]);
    expect((await slackCalls.get()).values).toContainEqual({
      labels: { method: "response_url", outcome: "ok" },
      value: 4,
    });
  });

  it("writes no secret, response URL or typed word to the log, at its most talkative", async () => {
    const { edge, story, lines } = await start(kind, "debug");
    const dana = story.person("dana");
    await dana.types("#ops", "/hooks failures webhook:hush-hush");
    edge.slack.faults.failNext("response_url", { status: 500 });
    await dana.types("#ops", "/hooks halp hush-hush");
    edge.slack.faults.failNext("users.info", { status: 500 });
    await story.person("omar").types("#ops", "/hooks status hush-hush");
    await story.settled();
    const written = lines.join("");
    expect(written).toContain("the response URL failed");
    expect(written).toContain("refused a command");
    const { botToken, appToken, signingSecret } = edge.slack;
    for (const secret of [botToken, appToken, signingSecret, "/response/", "hush-hush"]) {
      expect(written).not.toContain(secret);
    }
  });

  it("may be ended twice, and finishes what is under way", async () => {
    const { edge, app, story } = await start(kind);
    const dana = story.person("dana");
    await dana.types("#ops", "/hooks help");
    await Promise.all([app.stop(), app.stop()]);
    await dana.expectEphemeral("#ops", "/hooks failures");
    await app.stop();
    expect(edge.slack.sockets.count).toBe(0);
  });

  it("outlives a person who cannot be reached at all", async () => {
    const { edge, story, lines } = await start(kind);
    const dana = story.person("dana");
    for (let times = 0; times < 2; times += 1) {
      edge.slack.faults.failNext("response_url", "drop");
      edge.slack.faults.failNext("chat.postEphemeral", { error: "user_not_in_channel" });
    }
    await dana.types("#ops", "/hooks help");
    await story.settled();
    expect(lines.join("")).toContain("could not say so");
    expect((await edge.metrics.questions.get()).values).toMatchObject([{ labels: { outcome: "failed" } }]);
    await dana.types("#ops", "/hooks help");
    await dana.expectEphemeral("#ops", "/hooks failures");
  });

  it("acknowledges a press on anything, and uses nothing that is not its own", async () => {
    const { edge, story } = await start(kind);
    const dana = story.person("dana");
    const channel = edge.slack.workspace.channel("ops").id;
    const old = { channel, ts: "1763711940.000100", user: edge.slack.person("hooktriage").id, text: "", reactions: [] };
    const forged = [
      ["attempts", JSON.stringify({ provider: "conductorone", webhookId: "w", id: "i" })],
      ["attempts", JSON.stringify({ provider: "__proto__", webhookId: "w", id: "i" })],
      ["attempts", JSON.stringify({ provider: "zendesk", webhookId: ["w"], id: "i" })],
      ["attempts", "not JSON"],
      ["more", JSON.stringify({ view: "everything", query: "", asOf: "2026-11-20T00:00:00Z", offset: 0 })],
      ["more", JSON.stringify({ view: "failures", query: "((", asOf: "never", offset: -1 })],
      ["toString", "x"],
    ];
    for (const [actionId = "", value = ""] of forged) {
      const button = { type: "button", text: { type: "plain_text", text: "Old" }, action_id: actionId, value };
      const shown = { ...old, blocks: [{ type: "actions", block_id: "old", elements: [button] }] };
      const press = { user: "dana", channel: "ops", messageTs: old.ts, actionId, shown };
      expect((await edge.slack.pressButton(press)).error).toBeUndefined();
      await dana.expectEphemeral("#ops", "too old to be used");
    }
    await story.channel("#ops").expectNothingNew();
  });
});

it("writes nothing where the log is to be silent", async () => {
  const { edge, story, lines } = await start("socket", "silent");
  edge.slack.faults.failNext("response_url", "drop");
  await story.person("dana").types("#ops", "/hooks help");
  await story.settled();
  expect(lines).toEqual([]);
});

it("answers on while Slack sends all its connections away", async () => {
  const { edge, app, story } = await start("socket");
  const dana = story.person("dana");
  edge.slack.sockets.disconnect("refresh_requested");
  await dana.types("#ops", "/hooks help");
  await dana.expectEphemeral("#ops", "/hooks failures");
  await edge.slack.sockets.connected(2);
  edge.slack.sockets.closeLeaving();
  await dana.types("#ops", "/hooks help");
  await dana.expectEphemeral("#ops", "/hooks failures");
  expect(app.connection()).toMatchObject({ wanted: 2, since: edge.now() });
});

it("has no connections to keep where Slack calls", async () => {
  const { app } = await start("http");
  expect(app.connection()).toEqual({ live: 0, wanted: 0 });
});

it("takes nothing over HTTP that Slack has not signed just now", async () => {
  const { edge, port } = await start("http");
  const body = new URLSearchParams({ command: "/hooks", text: "help", user_id: "U0DANA", channel_id: "C1" }).toString();
  const nowSeconds = Math.floor(Date.now() / 1000);
  const statuses: number[] = [];
  for (const [secret, atSeconds] of [
    ["", nowSeconds],
    ["another-secret", nowSeconds],
    [edge.slack.signingSecret, nowSeconds - 6 * 60],
  ] as const) {
    const signature = createHmac("sha256", secret).update(`v0:${atSeconds}:${body}`).digest("hex");
    const headers = {
      "content-type": "application/x-www-form-urlencoded",
      "x-slack-request-timestamp": String(atSeconds),
      ...(secret === "" ? {} : { "x-slack-signature": `v0=${signature}` }),
    };
    const response = await fetch(`http://127.0.0.1:${port}/slack/events`, { method: "POST", body, headers });
    statuses.push(response.status);
  }
  expect(statuses).toEqual([401, 401, 401]);
  expect((await edge.metrics.questions.get()).values).toEqual([]);
});
