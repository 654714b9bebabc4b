import { describe, expect, it } from "vitest";
import { decodeDigestPlace, decodeEndDigest } from "../../../src/slack/button-values.ts";
import { digestListMessage, type ListedDigest } from "../../../src/slack/views/digest-list.ts";
import type { NoDigest } from "../../../src/slack/views/digest-refused.ts";
import { digest, FRAME, listed } from "./digest-samples.ts";
import { buttonsOf, readBlocks } from "./read.ts";
import { expectSafe } from "./safe.ts";
import { NOW } from "./sample.ts";

describe("the list of a channel's digests", () => {
  it("says of each when it comes, of what, and how it fared", () => {
    const message = digestListMessage(
      [
        listed({ last: { dueAt: new Date("2026-11-20T08:00:00Z"), state: "posted" } }),
        listed({
          digest: digest({ terms: 'webhook:"Jira sync" code:5xx', allClear: "silent", id: "02" }),
          number: 3,
          undeliverable: { since: NOW, reason: "The channel is archived" },
        }),
      ],
      FRAME,
    );
    expect(readBlocks(message.blocks)).toBe(
      [
        "2 digests in this channel",
        "1. Every weekday at 09:00 (Europe/Berlin)",
        "Everything that fails, of every webhook",
        "All clear: one line is posted",
        "Next: 2026-11-23 08:00 UTC",
        "Last posted: the one of 2026-11-20 08:00 UTC",
        "Set up by , 2026-11-21 06:00 UTC",
        "End",
        "3. Every weekday at 09:00 (Europe/Berlin)",
        'Terms: webhook:"Jira sync" code:5xx',
        "All clear: nothing is posted",
        "Next: 2026-11-23 08:00 UTC",
        ":warning: Cannot be posted since 2026-11-21 06:00 UTC: The channel is archived.",
        "Set up by , 2026-11-21 06:00 UTC",
        "End",
        "See one now: /hooks digest preview 1",
        "End one: /hooks digest off 1",
        "New digest",
      ].join("\n"),
    );
    const ends = buttonsOf(message.blocks, "end_digest");
    expect(ends.map(({ value }) => decodeEndDigest(value)?.subscription)).toEqual([
      "01KAJ0000000000000000000000",
      "02",
    ]);
    expect(ends[1]?.confirm?.text.text).toContain("digest 3, every weekday at 09:00 (Europe/Berlin)");
  });

  it.each<[string, Partial<ListedDigest>, string]>([
    ["none was due", {}, "None was due yet"],
    ["all was clear and silent", { last: { dueAt: NOW, state: "silent" } }, "all was clear, so nothing was posted"],
    ["the last could not be posted", { last: { dueAt: NOW, state: "undeliverable" } }, "Last: could not be posted"],
  ])("tells when %s", (_what, changes, told) => {
    expect(readBlocks(digestListMessage([listed(changes)], FRAME).blocks)).toContain(told);
  });

  it("says how to get one where there is none", () => {
    const message = digestListMessage([], { ...FRAME, notice: "There is nothing to end." });
    expect(readBlocks(message.blocks)).toMatch(
      /^No digest in this channel\nThere is nothing to end\.\n[\s\S]*\/hooks digest daily at 09:00 weekdays\nNew digest$/,
    );
    expect(message.text).toBe("There is nothing to end. No digest in this channel.");
    const [button] = buttonsOf(message.blocks, "new_digest");
    expect(decodeDigestPlace(button?.value)).toEqual({ channel: "C024BE7LR" });
  });

  it("numbers every one of twenty, and says how to end those that get no button", () => {
    const many = Array.from({ length: 20 }, (_, index) =>
      listed({ digest: digest({ id: `id${index}`, terms: "x".repeat(300) }), number: index + 1 }),
    );
    const message = digestListMessage(many, FRAME);
    expectSafe(message);
    const text = readBlocks(message.blocks);
    for (let number = 1; number <= 20; number += 1) expect(text).toContain(`${number}. Every weekday`);
    const buttons = buttonsOf(message.blocks, "end_digest").length;
    expect(buttons).toBeGreaterThan(5);
    expect(text).toContain(
      `${buttons + 1}. Every weekday at 09:00 (Europe/Berlin) · ends with /hooks digest off ${buttons + 1}`,
    );
  });

  it("speaks of the numbers that there are", () => {
    const message = digestListMessage([listed({ number: 4 }), listed({ number: 7 })], FRAME);
    const text = readBlocks(message.blocks);
    expect(text).toMatch(/^4\. Every[\s\S]*^7\. Every/m);
    expect(text).toContain("See one now: /hooks digest preview 4\nEnd one: /hooks digest off 4");
  });

  it.each<[NoDigest, number, RegExp]>([
    ["not_member", 0, /The bot is not in this channel[\s\S]*\/invite @Hooktriage here/],
    ["group_message", 0, /group direct messages[\s\S]*in your direct message with the bot/],
    ["full", 1, /as many digests as it may have/],
  ])("says in place of the button why there can be no other (%s)", (noNew, count, told) => {
    const message = digestListMessage(
      Array.from({ length: count }, () => listed()),
      { ...FRAME, noNew },
    );
    const text = readBlocks(message.blocks);
    expect(text).toMatch(/No new digest can be set up\./);
    expect(text).toMatch(told);
    expect(text).not.toContain("Set one up");
    expect(buttonsOf(message.blocks, "new_digest")).toEqual([]);
    expect(buttonsOf(message.blocks, "end_digest")).toHaveLength(count);
    expectSafe(message);
  });

  it("read elsewhere names the channel, and leaves out what would be about another one", () => {
    const message = digestListMessage([listed({ number: 2 })], {
      ...FRAME,
      isElsewhere: true,
      notice: "Ended: digest 1.",
    });
    expect(readBlocks(message.blocks)).toMatch(/^1 digest in its channel\nEnded: digest 1\.\nThe channel: /);
    expect(JSON.stringify(message.blocks)).toContain('{"type":"channel","channel_id":"C024BE7LR"}');
    expect(readBlocks(message.blocks)).not.toMatch(/New digest|\/hooks|this channel/);
    expect(buttonsOf(message.blocks, "end_digest")).toHaveLength(1);
  });
});
