import { describe, expect, it } from "vitest";
import { validateMessage } from "../../../sandbox/slack/validate/index.ts";
import {
  digestGoneMessage,
  type NoDigest,
  noDigestMessage,
  noFormMessage,
} from "../../../src/slack/views/digest-refused.ts";
import { FRAME } from "./digest-samples.ts";
import { readBlocks } from "./read.ts";
import { expectSafe } from "./safe.ts";

describe("why there is no digest", () => {
  it.each<[NoDigest, RegExp]>([
    ["not_member", /\/invite @Hooktriage/],
    ["direct_message", /between other people[\s\S]*\/hooks digest/],
    ["group_message", /group direct messages[\s\S]*direct message with the bot/],
    ["archived", /This channel is archived/],
    ["shared", /another organisation[\s\S]*C024BE7LR in SLACK_SHARED_CHANNELS/],
    ["unknown", /Slack did not tell[\s\S]*in a minute[\s\S]*doctor/],
    ["full", /as many digests[\s\S]*\/hooks digest list/],
    ["not_scheduled", /schedule[\s\S]*log/],
  ])("%s: says what to do", (why, told) => {
    const message = noDigestMessage(why, FRAME);
    expect(readBlocks(message.blocks)).toMatch(told);
    expect(message.text).toMatch(told);
  });

  it.each<[NoDigest, string]>([
    ["not_member", "The bot is not in <#C024BE7LR>, so it cannot post there. Type /invite @Hooktriage there,"],
    ["archived", "<#C024BE7LR> is archived, so nothing can be posted there."],
    ["shared", "<#C024BE7LR> is shared with another organisation."],
    ["unknown", "Slack did not tell whether the bot may post in <#C024BE7LR>."],
    ["full", "<#C024BE7LR> has as many digests as it may have. End one first: /hooks digest list, typed there,"],
  ])("%s: names the channel to whoever reads of it elsewhere", (why, told) => {
    const message = noDigestMessage(why, { ...FRAME, isElsewhere: true });
    expect(message.text).toContain(told);
    expect(JSON.stringify(message.blocks)).toContain('{"type":"channel","channel_id":"C024BE7LR"}');
    expect(readBlocks(message.blocks)).not.toMatch(/this channel|\bhere\b/i);
    expect(validateMessage({ text: message.text, blocks: message.blocks })).toEqual([]);
  });

  it("a form that did not open and a digest that is gone say what to type", () => {
    expect(readBlocks(noFormMessage("/hooks").blocks)).toContain("/hooks digest daily at 09:00 weekdays");
    expect(readBlocks(digestGoneMessage("/hooks").blocks)).toContain("/hooks digest list");
    expectSafe(noFormMessage("/hooks"));
    expectSafe(digestGoneMessage("/hooks"));
  });
});
