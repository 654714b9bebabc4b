import { describe, expect, it } from "vitest";
import { openStage, type Stage } from "./stage.ts";

describe("with people who never stop", () => {
  it.each([
    ["one connection", "refresh_requested", 1],
    ["all connections", "refresh_requested", 2],
    ["one connection, with a warning", "warning", 1],
    ["all connections, with a warning", "warning", 2],
  ] as const)("loses nothing and does nothing twice while Slack renews %s", async (_, reason, oldest) => {
    const stage = await openStage();
    const { slack, timers, handled, lines, count, nextLine, start } = stage;
    await start();
    const people = crowd(stage);
    for (let round = 1; round <= 5; round += 1) {
      await people.reached(people.sent() + 30);
      lines.length = 0;
      slack.sockets.disconnect(reason, { oldest });
      while (count("stands") < oldest) await nextLine();
      slack.sockets.closeLeaving();
      timers.jump(30_000);
    }
    expect(await people.stop()).toEqual([]);
    expect(handled.size).toBe(people.sent());
    expect([...handled.values()].every((times) => times === 1)).toBe(true);
    expect(slack.sockets.count).toBe(2);
  });

  it("opens the new connection before the old one is closed", async () => {
    const { slack, receiver, start, send } = await openStage();
    await start();
    slack.sockets.disconnect("refresh_requested");
    await slack.sockets.connected(2);
    expect(slack.sockets.standing).toBe(4);
    expect(receiver.connection()).toMatchObject({ wanted: 2 });
    slack.sockets.closeLeaving();
    expect(await send(2)).toBeUndefined();
  });

  it("goes on over the other connection when one breaks, and has it back soon", async () => {
    const { slack, start, logged, send } = await openStage();
    await start();
    slack.sockets.cut(1);
    for (let index = 0; index < 20; index += 1) expect(await send(index)).toBeUndefined();
    await slack.sockets.connected(2);
    expect(await logged("a connection to Slack broke")).toContain('"level":"warn"');
  });
});

it("is joined by a younger connection at half its life, so that not all are sent away at one moment", async () => {
  const { slack, timers, start, live, logged } = await openStage();
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
  const { slack, receiver, timers, start } = await openStage();
  await start();
  await receiver.stop();
  expect(slack.sockets.standing).toBe(0);
  expect(slack.journal.of("apps.connections.open")).toHaveLength(2);
  expect(timers.pending()).toBe(0);
  await receiver.stop();
});

it("takes news about the app itself, which has no event inside", async () => {
  const { slack, start, logged } = await openStage();
  await start();
  const payload = { type: "app_rate_limited", team_id: "T0NORTHWIND", minute_rate_limited: 1_518_467_820 };
  const { error } = await slack.sockets.deliver({ type: "events_api", payload });
  expect(error).toBeUndefined();
  await logged("app_rate_limited");
});

/** Five people who do not stop typing and pressing until they are told to. */
function crowd({ send }: Stage) {
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
