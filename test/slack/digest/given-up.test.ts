import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lastDoneSlots } from "../../../src/store/digest-slots.ts";
import { findSubscription } from "../../../src/store/subscriptions.ts";
import type { DigestSubscription } from "../../../src/triage/digest/subscription.ts";
import { type DigestDesk, openDigestDesk, textOf } from "./digest-desk.ts";

const DAY_MS = 24 * 60 * 60_000;

describe("a digest that is due in a channel that nothing can be posted in", () => {
  let desk: DigestDesk;
  beforeEach(async () => {
    desk = await openDigestDesk();
  });
  afterEach(() => desk.close());

  const stateOf = async ({ id }: DigestSubscription) => (await lastDoneSlots(desk.db, [id])).get(id)?.state;

  async function undeliverable({ id }: DigestSubscription) {
    return (await findSubscription(desk.db, id))?.undeliverable?.reason;
  }

  it.each([
    ["lounge", "The bot is not in the channel."],
    ["secret", "The bot is not in the channel."],
    ["old", "The channel is archived."],
    ["vendors", "The channel is shared with another organisation."],
  ])("(#%s) is given up, and its maker hears why once", async (name, reason) => {
    const digest = await desk.subscribe({ channel: desk.slack.workspace.channel(name).id });
    await desk.deliver(digest);
    expect(await stateOf(digest)).toBe("undeliverable");
    expect(await undeliverable(digest)).toBe(reason);
    desk.pass(DAY_MS);
    await desk.deliver(digest);
    expect(desk.posts(name)).toEqual([]);
    expect(desk.toDana()).toHaveLength(1);
    expect(textOf(desk.toDana()[0])).toContain(reason);
    expect(textOf(desk.toDana()[0])).toContain(digest.channel);
  });

  it.each([
    ["channel_not_found", "The bot is not in the channel."],
    ["is_archived", "The channel is archived."],
    ["not_in_channel", "The bot is not in the channel."],
    ["restricted_action_read_only_channel", "Posting in the channel is restricted."],
  ])(
    "since a moment ago (%s) is given up; the next one that can be posted says what no digest told",
    async (error, reason) => {
      const digest = await desk.subscribe();
      desk.slack.faults.failNext("chat.postMessage", { error });
      await desk.deliver(digest);
      expect(desk.posts()).toEqual([]);
      expect(await undeliverable(digest)).toBe(reason);
      expect(desk.toDana()).toHaveLength(1);
      desk.pass(DAY_MS);
      await desk.deliver(digest);
      expect(textOf(desk.posts()[0])).toContain("No digest told of the time before");
      expect(await undeliverable(digest)).toBeUndefined();
      expect(desk.toDana()).toHaveLength(1);
    },
  );

  it("says of all the time before that no digest told, also of that when nothing ran", async () => {
    const digest = await desk.subscribe();
    await desk.deliver(digest);
    desk.pass(3 * DAY_MS);
    desk.slack.faults.failNext("chat.postMessage", { error: "is_archived" });
    await desk.deliver(digest);
    desk.pass(DAY_MS);
    await desk.deliver(digest);
    expect(textOf(desk.posts()[1])).toContain("from 2026-11-21 09:00 to 2026-11-24 09:00 in Europe/Berlin");
  });

  it.each(["is_inactive", "user_disabled", "ekm_access_denied", "access_denied", "msg_too_long", "a_new_word"])(
    "for a reason that nobody foresaw (%s) has its maker hear it once, and is tried again",
    async (error) => {
      const digest = await desk.subscribe();
      for (let times = 0; times < 2; times += 1) {
        desk.slack.faults.failNext("chat.postMessage", { error });
        await expect(desk.deliver(digest)).rejects.toThrow(error);
      }
      expect(await undeliverable(digest)).toBe(`Slack refuses it: ${error}.`);
      expect(desk.toDana()).toHaveLength(1);
      await desk.deliver(digest);
      expect(desk.posts()).toHaveLength(1);
      expect(textOf(desk.posts()[0])).not.toContain("No digest told");
      expect(await undeliverable(digest)).toBeUndefined();
    },
  );

  it.each(["fatal_error", "rate_limited", "service_unavailable", "invalid_auth"])(
    "for a while (%s) is no news for its maker",
    async (error) => {
      const digest = await desk.subscribe();
      desk.slack.faults.failNext("chat.postMessage", { error });
      await expect(desk.deliver(digest)).rejects.toThrow(error);
      expect(await undeliverable(digest)).toBeUndefined();
      expect(desk.toDana()).toEqual([]);
    },
  );

  it("is given up also where its maker cannot be told", async () => {
    const digest = await desk.subscribe({ createdBy: "UGONE" });
    desk.slack.faults.failNext("chat.postMessage", { error: "is_archived" });
    await desk.deliver(digest);
    expect(await stateOf(digest)).toBe("undeliverable");
  });
});
