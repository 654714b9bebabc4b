import { once } from "node:events";
import { WebAPIPlatformError } from "@slack/web-api";
import { describe, expect, it } from "vitest";
import { WebSocketServer } from "ws";
import type { SandboxSlack } from "../../../sandbox/slack/server.ts";
import { slackStartTold } from "../../../src/slack/checkup/start.ts";
import { NoAddressError } from "../../../src/slack/sockets/no-connection.ts";
import { openStage } from "./stage.ts";

describe("with a Slack that refuses the app", () => {
  it.each(["invalid_auth", "account_inactive", "token_revoked"])("does not start on %s, and says so", async (word) => {
    const { slack, receiver } = await openStage();
    slack.faults.failNext("apps.connections.open", { error: word });
    const refused = await receiver.start().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(NoAddressError);
    expect(refused).toMatchObject({ cause: expect.any(WebAPIPlatformError) });
    expect(slackStartTold(refused)).toMatch(new RegExp(`\\(${word}\\)\\. .*SLACK_APP_TOKEN`));
  });

  it("says at the start that Slack answers, but that no WebSocket to it can be had", async () => {
    const { slack, receiver } = await openStage();
    slack.giveSocketUrl = () => "ws://127.0.0.1:1/link";
    await expect(receiver.start()).rejects.toThrow(
      /^Slack answers, but no WebSocket to it can be opened: .*slack\.com/,
    );
  });

  it.each([
    ["link_disabled", /^Socket Mode was turned off\. Turn it on again .*; then start again\.$/],
    ["too_many_websockets", /^Slack allows ten .*: end other processes that use this app; then start again\.$/],
  ])("says at the start what to do where it is sent away with %s", async (reason, told) => {
    const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
    await once(server, "listening");
    server.on("connection", (socket) => socket.send(JSON.stringify({ type: "disconnect", reason })));
    const { slack, receiver } = await openStage();
    const address = server.address();
    slack.giveSocketUrl = () => `ws://127.0.0.1:${typeof address === "object" ? address?.port : 0}/link`;
    const refused = await receiver.start().catch((error: unknown) => error);
    expect(slackStartTold(refused)).toMatch(told);
    server.close();
  });

  it("says at the start that nobody says hello", async () => {
    const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
    await once(server, "listening");
    const { slack, receiver, timers } = await openStage();
    const address = server.address();
    slack.giveSocketUrl = () => `ws://127.0.0.1:${typeof address === "object" ? address?.port : 0}/link`;
    const starting = receiver.start().catch((error: unknown) => error);
    await timers.scheduled(10_000);
    timers.fire(10_000);
    expect(slackStartTold(await starting)).toMatch(/Slack did not say hello in time\. See that nothing on the way/);
    for (const socket of server.clients) socket.terminate();
    server.close();
  });

  it("tells the mend once when it happens later, tries seldom, and recovers", async () => {
    const { slack, receiver, timers, lines, start, live, logged } = await openStage();
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
    const { slack, timers, start, logged, count, nextLine } = await openStage();
    await start();
    slack.sockets.disconnect("link_disabled");
    expect(await logged("Turn it on again")).toContain('"level":"error"');
    while (count("Turn it on again") < 2) await nextLine();
    slack.sockets.closeLeaving();
    await slack.sockets.emptied();
    expect(slack.journal.of("apps.connections.open")).toHaveLength(2);
    await timers.scheduled(60_000);
    timers.jump(60_000);
    await slack.sockets.connected(2);
  });

  it("tells the mend where other processes hold all ten connections", async () => {
    const stage = await openStage();
    const { slack, receiver, logged } = stage;
    const others = await Promise.all(Array.from({ length: 9 }, () => standIn(slack)));
    await receiver.start();
    expect(await logged("end other processes")).toContain('"level":"error"');
    expect(receiver.connection()).toMatchObject({ live: 1, wanted: 2 });
    for (const other of others) other.close();
  });
});

/** Another process of the same app. */
async function standIn(slack: SandboxSlack): Promise<WebSocket> {
  const socket = new WebSocket(slack.giveSocketUrl());
  await new Promise((resolve) => socket.addEventListener("message", resolve, { once: true }));
  return socket;
}
