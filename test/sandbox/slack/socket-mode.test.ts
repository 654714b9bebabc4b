import { WebClient } from "@slack/web-api";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type SandboxSlack, startSlack } from "../../../sandbox/slack/server.ts";
import { isRecord } from "../../../sandbox/slack/validate/rule.ts";

let slack: SandboxSlack;

beforeEach(async () => {
  slack = await startSlack();
});
afterEach(() => slack.close());

it("lets each ticket in once", async () => {
  const url = await ticket();
  await connect(url);
  await expect(connect(url)).rejects.toThrow();
});

it("says hello, and sends each payload to one connection in turn", async () => {
  const [one, other] = [await connect(await ticket()), await connect(await ticket())];
  await slack.sockets.connected(2);
  for (let index = 0; index < 4; index += 1)
    await slack.sendCommand({ user: "dana", channel: "#ops", text: String(index) });
  expect(one.got.map((message) => message.type)).toEqual(["hello", "slash_commands", "slash_commands"]);
  expect(other.got.map((message) => message.type)).toEqual(["hello", "slash_commands", "slash_commands"]);
});

it("shows what the acknowledgement says", async () => {
  await connect(await ticket(), { text: "at once" });
  const receipt = await slack.sendCommand({ user: "dana", channel: "#ops", text: "" });
  expect(receipt.ackPayload).toEqual({ text: "at once" });
  expect(slack.happenings.all).toMatchObject([
    { kind: "posted", message: { text: "at once", ephemeralFor: "U0DANA" } },
  ]);
});

it("sends to a connection that was told to go only while there is no other, and closes it", async () => {
  const send = async () => (await slack.sendCommand({ user: "dana", channel: "#ops", text: "" })).error;
  const leaving = await connect(await ticket());
  slack.sockets.disconnect("refresh_requested");
  expect(await send()).toBeUndefined();
  const staying = await connect(await ticket());
  expect([await send(), await send()]).toEqual([undefined, undefined]);
  expect(leaving.got.map((message) => message.type)).toEqual(["hello", "disconnect", "slash_commands"]);
  expect(staying.got.map((message) => message.type)).toEqual(["hello", "slash_commands", "slash_commands"]);
  slack.sockets.closeLeaving();
  expect(slack.sockets.standing).toBe(1);
});

it("lets nothing through on a line that is stalled, in either direction, and gives it up when another is opened", async () => {
  const stalled = await connect(await ticket(), { text: "never" });
  slack.sockets.stall();
  const sent = slack.sendCommand({ user: "dana", channel: "#ops", text: "" });
  const other = await connect(await ticket(), { text: "at last" });
  expect((await sent).error).toBe("operation_timeout");
  expect([stalled.got.length, slack.sockets.standing, slack.sockets.isStalled]).toEqual([1, 1, false]);
  expect((await slack.sendCommand({ user: "dana", channel: "#ops", text: "" })).ackPayload).toEqual({
    text: "at last",
  });
  expect(other.got.map((message) => message.type)).toEqual(["hello", "slash_commands"]);
});

it("lets an eleventh connection in at no price", async () => {
  for (let count = 0; count < 10; count += 1) await connect(await ticket());
  const eleventh = new WebSocket(await ticket());
  const { data } = await new Promise<MessageEvent>((resolve) => eleventh.addEventListener("message", resolve));
  expect(JSON.parse(String(data))).toEqual({ type: "disconnect", reason: "too_many_websockets" });
  expect(slack.sockets.count).toBe(10);
});

it("still sends to a connection that was warned", async () => {
  await connect(await ticket());
  slack.sockets.disconnect("warning");
  expect((await slack.sendCommand({ user: "dana", channel: "#ops", text: "" })).error).toBeUndefined();
});

it("loses what a cut connection has not acknowledged", async () => {
  await connect(await ticket(), "never");
  const command = slack.sendCommand({ user: "dana", channel: "#ops", text: "" });
  slack.sockets.cut();
  expect((await command).error).toBe("operation_timeout");
});

async function ticket(): Promise<string> {
  const { url } = await new WebClient(slack.appToken, { slackApiUrl: slack.apiUrl }).apps.connections.open();
  return url ?? "";
}

interface Connection {
  got: Record<string, unknown>[];
}

/** A client that acknowledges everything, with that payload if there is one. */
function connect(url: string, payload?: object | "never"): Promise<Connection> {
  const socket = new WebSocket(url);
  const got: Record<string, unknown>[] = [];
  return new Promise((resolve, reject) => {
    socket.addEventListener("error", () => reject(new Error("refused")));
    socket.addEventListener("message", ({ data }) => {
      const message: unknown = JSON.parse(String(data));
      if (!isRecord(message)) return;
      got.push(message);
      if (message.type === "hello") resolve({ got });
      if (message.envelope_id === undefined || payload === "never") return;
      socket.send(JSON.stringify({ envelope_id: message.envelope_id, ...(payload === undefined ? {} : { payload }) }));
    });
  });
}
