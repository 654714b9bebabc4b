import { describe, expect, it } from "vitest";
import { bringDigest, placeFor } from "../../../sandbox/page/next-digest.ts";
import { Happenings } from "../../../sandbox/slack/happenings.ts";
import type { Message } from "../../../sandbox/slack/model.ts";
import { Workspace } from "../../../sandbox/slack/workspace.ts";

const START = new Date("2026-11-19T08:12:00Z");
const DUE = new Date("2026-11-20T08:00:00Z");

describe("a first digest", () => {
  const workspace = new Workspace(() => START);
  const direct = workspace.openDirectMessage([workspace.person("dana").id, workspace.person("hooktriage").id]);

  it.each([
    ["dana", "private-oncall", "dana", "private-oncall", "the bot is there"],
    ["dana", direct.name, "dana", direct.name, "it is a direct message"],
    ["dana", "old", "dana", "ops", "it is archived"],
    ["dana", "vendors", "dana", "ops", "people from elsewhere are there"],
    ["omar", "lounge", "omar", "ops", "the bot is not there"],
    ["omar", "", "omar", "ops", "no channel is open"],
    ["rex", "vendors", "dana", "ops", "they are from elsewhere"],
    ["gil", "ops", "dana", "ops", "they are a guest"],
  ])("that %s wants in #%s is set up by %s in #%s: %s", (user, channel, able, place) => {
    const idOf = (name: string) => [...workspace.channels.values()].find((one) => one.name === name)?.id ?? "";
    const wish = { user: workspace.person(user).id, channel: idOf(channel) };
    expect(placeFor({ workspace }, wish)).toEqual({ user: workspace.person(able).id, channel: idOf(place) });
  });
});

describe("moving to a digest", () => {
  it("ends when that digest is posted, whatever else is", async () => {
    const happenings = new Happenings(() => START);
    const moved: Date[] = [];
    const moveTo = async (at: Date) => void moved.push(at);
    happenings.add({ kind: "posted", message: digestIn("C1") });
    let isThere = false;
    const brought = bringDigest(happenings, { moveTo }, { at: DUE, channel: "C1" }).then(() => {
      isThere = true;
    });
    happenings.add({
      kind: "posted",
      message: { ...digestIn("C1"), metadata: { event_type: "other", event_payload: {} } },
    });
    happenings.add({ kind: "posted", message: digestIn("C2") });
    await new Promise(setImmediate);
    expect([isThere, moved]).toEqual([false, [DUE]]);
    happenings.add({ kind: "posted", message: digestIn("C1") });
    await brought;
  });

  it("says so when it takes too long", async () => {
    const happenings = new Happenings(() => START);
    const brought = bringDigest(happenings, { moveTo: async () => {} }, { at: DUE, channel: "C1" }, 1);
    await expect(brought).rejects.toThrow(/not there yet/);
  });
});

function digestIn(channel: string): Message {
  const metadata = { event_type: "hooktriage_digest", event_payload: {} };
  return {
    channel,
    ts: "1.0",
    user: "U0HOOKTRIAGE",
    botId: "B0HOOKTRIAGE",
    text: "Daily digest: …",
    metadata,
    reactions: [],
  };
}
