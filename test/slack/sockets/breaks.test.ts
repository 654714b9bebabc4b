import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { once } from "node:events";
import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { AGE_MS, BEGIN_MS, openStage } from "./stage.ts";

describe("with a line that is broken on the way", () => {
  it("finds out by its pings, and opens another connection", async () => {
    const { slack, timers, lines, start, live, logged } = await openStage();
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
    const { slack, receiver, timers, lines, start, live, logged } = await openStage();
    await start();
    for (let times = 0; times < 8; times += 1) slack.faults.failNext("apps.connections.open", { status: 503 });
    slack.sockets.cut();
    const waits: number[] = [];
    for (let times = 0; times < 8; times += 1) {
      const line = await logged("trying again");
      const { retryInMs } = JSON.parse(line);
      waits.push(retryInMs);
      lines.length = 0;
      expect(receiver.connection()).toMatchObject({ live: 0, wanted: 2, since: new Date(BEGIN_MS + AGE_MS) });
      timers.pass(retryInMs);
    }
    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    await live(2);
    expect(receiver.connection().since?.getTime()).toBeGreaterThan(BEGIN_MS + AGE_MS);
  });

  it("waits as long as Slack asks before it opens another", async () => {
    const { slack, timers, start, send } = await openStage();
    await start();
    slack.faults.limit("apps.connections.open", { calls: 1, retryAfterSeconds: 17 });
    slack.sockets.cut(1);
    await timers.scheduled(17_000);
    expect(await send(2)).toBeUndefined();
    timers.jump(17_000);
    await slack.sockets.connected(2);
  });

  it("says what happened when the server hangs up in the middle of the hello", async () => {
    const server = createServer((socket) => socket.destroy());
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const { slack, receiver } = await openStage();
    slack.giveSocketUrl = () => `ws://127.0.0.1:${typeof address === "object" ? address?.port : 0}/link`;
    await expect(receiver.start()).rejects.toThrow(/can be opened: \w[^:]+\. See that/);
    server.close();
  });

  it("starts when Slack takes it, after a rate limit too", async () => {
    const { slack, timers, start } = await openStage();
    slack.faults.limit("apps.connections.open", { calls: 1, retryAfterSeconds: 3 });
    const started = start();
    await timers.scheduled(3_000);
    timers.jump(3_000);
    await started;
  });
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
