import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Channels, createChannels } from "../../src/slack/channels.ts";
import { type Edge, openEdge } from "./edge.ts";
import { startSlackLike } from "./slack-like.ts";

describe("where answers may be posted", () => {
  let edge: Edge;
  let channels: Channels;
  beforeEach(async () => {
    edge = await openEdge({ channels: [{ name: "trio", kind: "mpim", members: ["bot", "dana", "omar"] }] });
    channels = channelsOn([]);
  });
  afterEach(() => edge.close());

  function channelsOn(listedSharedChannels: string[]): Channels {
    return createChannels({ web: edge.web, listedSharedChannels, now: edge.now });
  }
  const asks = () => edge.slack.journal.of("conversations.info").length;
  const idOf = (name: string) => edge.slack.workspace.channel(name).id;

  it.each([
    ["a channel it is in", "ops", true],
    ["a private channel it is in", "private-oncall", true],
    ["a group message it is in", "trio", true],
    ["a channel it is not in", "lounge", false],
    ["a private channel it is not in", "secret", false],
    ["an archived channel", "old", false],
    ["a channel shared with another organisation", "vendors", false],
  ])("%s (%s): %s", async (_, name, mayPost) => {
    expect(await channels.mayPostIn(idOf(name))).toBe(mayPost);
  });

  it("a shared channel that the operator listed, and only that one", async () => {
    expect(await channelsOn([idOf("vendors")]).mayPostIn(idOf("vendors"))).toBe(true);
    expect(await channelsOn([idOf("ops")]).mayPostIn(idOf("vendors"))).toBe(false);
  });

  it("a listed channel that is archived, or that the bot has left, is none", async () => {
    const vendors = edge.slack.workspace.channel("vendors");
    vendors.isArchived = true;
    expect(await channelsOn([vendors.id]).mayPostIn(vendors.id)).toBe(false);
  });

  it("a direct message, without asking", async () => {
    expect(await channels.mayPostIn("D0ANYTHING")).toBe(true);
    expect(asks()).toBe(0);
  });

  it("nowhere without the scope to look, as in group messages by default", async () => {
    for (const scope of ["channels:read", "mpim:read"]) edge.slack.scopes.delete(scope);
    expect(await channels.mayPostIn(idOf("ops"))).toBe(false);
    expect(await channels.mayPostIn(idOf("trio"))).toBe(false);
  });

  it.each([{ status: 503 }, "drop"] as const)(
    "nowhere while Slack fails (%j), and asks again next time",
    async (fault) => {
      edge.slack.faults.failNext("conversations.info", fault);
      expect(await channels.mayPostIn(idOf("ops"))).toBe(false);
      expect(await channels.mayPostIn(idOf("ops"))).toBe(true);
    },
  );

  it("believes what it was told for twenty seconds, and asks once for all", async () => {
    const lounge = edge.slack.workspace.channel("lounge");
    await Promise.all(Array.from({ length: 20 }, () => channels.mayPostIn(lounge.id)));
    expect(asks()).toBe(1);
    lounge.members.add(edge.slack.person("hooktriage").id);
    expect(await channels.mayPostIn(lounge.id)).toBe(false);
    edge.pass(20_000);
    expect(await channels.mayPostIn(lounge.id)).toBe(true);
  });
});

describe("where the server tells other things", () => {
  it.each([
    [
      "a channel whose sharing is not accepted yet",
      { channel: { is_member: true, is_pending_ext_shared: true } },
      false,
    ],
    ["a channel of which it says nothing", {}, true],
    ["a channel of which it does not say who is in it", { channel: { id: "C1" } }, true],
    ["a method that it does not know", undefined, true],
  ])("%s", async (_, answer, mayPost) => {
    const server = await startSlackLike(answer ? { "conversations.info": answer } : {});
    const channels = createChannels({ web: server.web, listedSharedChannels: [], now: () => new Date(0) });
    expect(await channels.mayPostIn("C1")).toBe(mayPost);
    await server.close();
  });
});
