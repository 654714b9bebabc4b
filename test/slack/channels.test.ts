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

describe("why nothing can be posted", () => {
  let edge: Edge;
  beforeEach(async () => {
    edge = await openEdge({
      channels: [{ name: "trio", kind: "mpim", members: ["bot", "dana", "omar"] }],
    });
  });
  afterEach(() => edge.close());

  const channelsOn = (listedSharedChannels: string[] = []) =>
    createChannels({ web: edge.web, listedSharedChannels, now: edge.now });
  const idOf = (name: string) => edge.slack.workspace.channel(name).id;
  const directMessageOf = (...names: string[]) =>
    edge.slack.workspace.openDirectMessage(names.map((name) => edge.slack.person(name).id)).id;

  it.each([
    ["a channel it is in", "ops", undefined],
    ["a private channel it is in", "private-oncall", undefined],
    ["a channel it is not in", "lounge", "not_member"],
    ["a private channel it is not in", "secret", "not_member"],
    ["an archived channel", "old", "archived"],
    ["a channel shared with another organisation", "vendors", "shared"],
  ])("in %s (%s): %s", async (_, name, why) => {
    expect(await channelsOn().whyNot(idOf(name))).toBe(why);
  });

  it("is over as soon as the bot is invited, whatever was believed", async () => {
    const channels = channelsOn();
    const lounge = edge.slack.workspace.channel("lounge");
    expect(await channels.mayPostIn(lounge.id)).toBe(false);
    expect(await channels.whyNot(lounge.id)).toBe("not_member");
    lounge.members.add(edge.slack.person("hooktriage").id);
    expect(await channels.whyNot(lounge.id)).toBeUndefined();
  });

  it("is nothing in a shared channel that the operator listed, unless it is archived", async () => {
    const vendors = edge.slack.workspace.channel("vendors");
    expect(await channelsOn([vendors.id]).whyNot(vendors.id)).toBeUndefined();
    vendors.isArchived = true;
    expect(await channelsOn([vendors.id]).whyNot(vendors.id)).toBe("archived");
  });

  it("is unknown where Slack does not tell", async () => {
    edge.slack.faults.failNext("conversations.info", { status: 503 });
    expect(await channelsOn().whyNot(idOf("ops"))).toBe("unknown");
    edge.slack.scopes.delete("channels:read");
    expect(await channelsOn().whyNot(idOf("ops"))).toBe("unknown");
  });

  it("is that it is a group message where the app has the scopes for channels alone, as by default", async () => {
    edge.slack.scopes.delete("mpim:read");
    expect(await channelsOn().whyNot(idOf("trio"))).toBe("group_message");
    edge.slack.scopes.delete("groups:read");
    expect(await channelsOn().whyNot(idOf("trio"))).toBe("unknown");
  });

  it("is nothing in a direct message with the bot, and that it is none in one between others", async () => {
    edge.slack.scopes.delete("im:read");
    expect(await channelsOn().whyNot(directMessageOf("dana", "hooktriage"))).toBeUndefined();
    expect(await channelsOn().whyNot(directMessageOf("dana", "omar"))).toBe("direct_message");
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
