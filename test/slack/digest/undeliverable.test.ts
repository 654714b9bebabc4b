import { describe, expect, it } from "vitest";
import { validateMessage } from "../../../sandbox/slack/validate/index.ts";
import { decodeEndDigest } from "../../../src/slack/button-values.ts";
import { digestUndeliveredMessage, undeliveredOf } from "../../../src/slack/views/digest-undeliverable.ts";
import type { DigestSubscription } from "../../../src/triage/digest/subscription.ts";
import { buttonsOf } from "../views/read.ts";

const DIGEST: DigestSubscription = {
  id: "01DIGEST",
  channel: "C024BE7LR",
  schedule: { days: "weekdays", minuteOfDay: 540, timeZone: "Europe/Berlin" },
  terms: "",
  allClear: "line",
  createdBy: "U024BE7LH",
  createdAt: new Date("2026-11-20T06:00:00Z"),
};

describe("what the maker of a digest hears when it cannot be posted", () => {
  it.each([
    ["not_member", "/invite @Hooktriage"],
    ["channel_not_found", "/invite @Hooktriage"],
    ["archived", "If not, end the digest with the button below."],
    ["is_archived", "is archived"],
    ["shared", "lists C024BE7LR in SLACK_SHARED_CHANNELS"],
    ["group_message", "group direct message"],
    ["direct_message", "in your direct message with the bot"],
    ["missing_scope", "chat:write"],
    ["restricted_action_thread_only_channel", "must allow this app to post"],
    ["some_new_word", "Slack refuses it: some_new_word."],
    ["<!channel> constructor", "operator finds more in its log"],
    ["constructor", "Slack refuses it: constructor."],
  ])("for %s holds the mend, in words that Slack takes", (why, told) => {
    const message = digestUndeliveredMessage(DIGEST, undeliveredOf(why, DIGEST.channel));
    expect(JSON.stringify(message.blocks)).toContain(told);
    expect(JSON.stringify(message.blocks)).toContain("every weekday at 09:00 (Europe/Berlin)");
    expect(validateMessage({ text: message.text, blocks: message.blocks })).toEqual([]);
    expect(message.text).not.toContain("<!");
  });

  it("holds the button that ends it, since nothing can be typed in a channel that is archived or gone", () => {
    const message = digestUndeliveredMessage(
      { ...DIGEST, terms: "code:5xx" },
      undeliveredOf("archived", DIGEST.channel),
    );
    const [end] = buttonsOf(message.blocks, "end_digest");
    expect(decodeEndDigest(end?.value)).toEqual({ subscription: DIGEST.id });
    expect(JSON.stringify(message.blocks)).toContain("code:5xx");
  });
});
