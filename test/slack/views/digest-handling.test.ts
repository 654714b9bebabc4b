import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { validateView } from "../../../sandbox/slack/validate/index.ts";
import { decodeDigestPlace, decodeEndDigest, decodeFormPlace } from "../../../src/slack/button-values.ts";
import { digestForm } from "../../../src/slack/views/digest-form.ts";
import { digestKeptMessage, digestThereMessage } from "../../../src/slack/views/digest-kept.ts";
import { digestListMessage, type ListedDigest } from "../../../src/slack/views/digest-list.ts";
import { localTime } from "../../../src/slack/views/digest-phrases.ts";
import {
  digestGoneMessage,
  type NoDigest,
  noDigestMessage,
  noFormMessage,
} from "../../../src/slack/views/digest-refused.ts";
import { DAYS_CHOICES } from "../../../src/triage/digest/read-wish.ts";
import type { DigestSubscription } from "../../../src/triage/digest/subscription.ts";
import { hostileText, RUNS } from "./hostile.ts";
import { buttonsOf, readBlocks } from "./read.ts";
import { expectSafe } from "./safe.ts";
import { NOW } from "./sample.ts";

const NEXT = new Date("2026-11-23T08:00:00Z");
const FRAME = { command: "/hooks", channel: "C024BE7LR" };

function digest(changes: Partial<DigestSubscription> = {}): DigestSubscription {
  return {
    id: "01KAJ0000000000000000000000",
    channel: "C024BE7LR",
    schedule: { days: "weekdays", minuteOfDay: 540, timeZone: "Europe/Berlin" },
    terms: "",
    allClear: "line",
    createdBy: "U024BE7LH",
    createdAt: NOW,
    ...changes,
  };
}

function listed(changes: Partial<ListedDigest> = {}): ListedDigest {
  return { digest: digest(), nextAt: NEXT, ...changes };
}

describe("the list of a channel's digests", () => {
  it("says of each when it comes, of what, and how it fared", () => {
    const message = digestListMessage(
      [
        listed({ last: { dueAt: new Date("2026-11-20T08:00:00Z"), state: "posted" } }),
        listed({
          digest: digest({ terms: 'webhook:"Jira sync" code:5xx', allClear: "silent", id: "02" }),
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
        "Next: 2026-11-23 08:00 UTC (Monday 2026-11-23 09:00 in Europe/Berlin)",
        "Last posted: the one of 2026-11-20 08:00 UTC",
        "Set up by , 2026-11-21 06:00 UTC",
        "End",
        "2. Every weekday at 09:00 (Europe/Berlin)",
        'Terms: webhook:"Jira sync" code:5xx',
        "All clear: nothing is posted",
        "Next: 2026-11-23 08:00 UTC (Monday 2026-11-23 09:00 in Europe/Berlin)",
        ":warning: Cannot be posted since 2026-11-21 06:00 UTC: The channel is archived.",
        "Set up by , 2026-11-21 06:00 UTC",
        "End",
        "See one now: /hooks digest preview 1  End one: /hooks digest off 1",
        "New digest",
      ].join("\n"),
    );
    const ends = buttonsOf(message.blocks, "end_digest");
    expect(ends.map(({ value }) => decodeEndDigest(value)?.subscription)).toEqual([
      "01KAJ0000000000000000000000",
      "02",
    ]);
    expect(ends[1]?.confirm?.text.text).toContain("digest 2, every weekday at 09:00 (Europe/Berlin)");
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
      listed({ digest: digest({ id: `id${index}`, terms: "x".repeat(300) }) }),
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
});

describe("the confirmation of a new digest", () => {
  const kept = { digest: digest({ terms: "code:5xx" }), number: 2, nextAt: NEXT, command: "/hooks" };

  it("echoes what was understood, when it comes, and how to see and to end it", () => {
    expect(readBlocks(digestKeptMessage({ ...kept, notes: ["Zendesk could not be read just now"] }).blocks)).toBe(
      [
        "The digest is set up",
        "Every weekday at 09:00 (Europe/Berlin)",
        "Terms: code:5xx",
        "All clear: one line is posted",
        "Next: 2026-11-23 08:00 UTC (Monday 2026-11-23 09:00 in Europe/Berlin)",
        "Note: Zendesk could not be read just now.",
        "See it now, for you alone: /hooks digest preview 2",
        "End it: /hooks digest off 2",
      ].join("\n"),
    );
  });

  it("says which one is there already, and how to change what comes when all is clear", () => {
    const same = readBlocks(digestThereMessage(kept, { differs: false }).blocks);
    expect(same).toMatch(/^That is digest 2 of this channel already\nNothing was changed\.\n/);
    const other = readBlocks(digestThereMessage(kept, { differs: true }).blocks);
    expect(other).toContain("end it first");
    expect(other).toContain("/hooks digest off 2");
  });
});

describe("why there is no digest", () => {
  it.each<[NoDigest, RegExp]>([
    ["not_member", /\/invite @Hooktriage/],
    ["direct_message", /between other people[\s\S]*\/hooks digest/],
    ["archived", /is archived/],
    ["shared", /another organisation[\s\S]*C024BE7LR in SLACK_SHARED_CHANNELS/],
    ["unknown", /Slack did not tell/],
    ["full", /as many digests[\s\S]*\/hooks digest list/],
    ["not_scheduled", /schedule[\s\S]*log/],
  ])("%s: says what to do", (why, told) => {
    const message = noDigestMessage(why, FRAME);
    expect(readBlocks(message.blocks)).toMatch(told);
    expect(message.text).toMatch(told);
  });

  it("a form that did not open and a digest that is gone say what to type", () => {
    expect(readBlocks(noFormMessage("/hooks").blocks)).toContain("/hooks digest daily at 09:00 weekdays");
    expect(readBlocks(digestGoneMessage("/hooks").blocks)).toContain("/hooks digest list");
    expectSafe(noFormMessage("/hooks"));
    expectSafe(digestGoneMessage("/hooks"));
  });
});

describe("the form for a digest", () => {
  it("is for the channel that it names, at nine in the opener's zone", () => {
    const view = digestForm({ channel: "C024BE7LR", timeZone: "Europe/Berlin" });
    expect(validateView(view)).toEqual([]);
    expect(JSON.stringify(view.blocks)).toContain("posted in <#C024BE7LR>");
    expect(decodeFormPlace(view.private_metadata)).toEqual({ channel: "C024BE7LR", timeZone: "Europe/Berlin" });
    const inputs = view.blocks.filter((block) => block.type === "input").map(({ block_id }) => block_id);
    expect(inputs).toEqual(["days", "time", "timeZone", "terms", "allClear"]);
    for (const day of DAYS_CHOICES) expect(JSON.stringify(view.blocks)).toContain(`"value":"${day}"`);
  });

  it("is taken whatever the channel and the zone are", () => {
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom("D1", "G1"), hostileText), hostileText, (channel, timeZone) => {
        const view = digestForm({ channel, timeZone: timeZone || "UTC" });
        expect(validateView(view)).toEqual([]);
        const [place] = view.blocks;
        const shown = JSON.stringify(place).replaceAll("<#G1>", "");
        expect(shown).not.toMatch(/<[!@#]|<https?/);
      }),
      { numRuns: RUNS },
    );
  });
});

describe("a time on the clocks of a zone", () => {
  it.each([
    ["2026-11-23T08:00:00Z", "Europe/Berlin", "Monday 2026-11-23 09:00"],
    ["2026-11-22T23:30:00Z", "UTC", "Sunday 2026-11-22 23:30"],
    ["2026-11-22T18:15:00Z", "Asia/Kathmandu", "Monday 2026-11-23 00:00"],
  ])("%s in %s is %s", (at, zone, told) => {
    expect(localTime(new Date(at), zone)).toBe(told);
  });
});

describe("messages about digests with whatever people type", () => {
  const subscription = fc.record({
    id: fc.oneof(fc.uuid(), hostileText),
    channel: fc.constant("C1"),
    schedule: fc.record({
      days: fc.constantFrom("every_day" as const, "weekdays" as const, 0 as const, 6 as const),
      minuteOfDay: fc.nat(1439),
      timeZone: fc.constantFrom("Europe/Berlin", "America/Argentina/Buenos_Aires"),
    }),
    terms: hostileText,
    allClear: fc.constantFrom("line" as const, "silent" as const),
    createdBy: fc.constantFrom("U024BE7LH", "W1", "<!channel>", ""),
    createdAt: fc.constant(NOW),
  });
  const one = fc
    .record({
      digest: subscription,
      nextAt: fc.constant(NEXT),
      last: fc.record({ dueAt: fc.constant(NOW), state: fc.constantFrom("posted" as const, "silent" as const) }),
      undeliverable: fc.record({ since: fc.constant(NOW), reason: hostileText }),
    })
    .chain((whole) => fc.subarray(["last", "undeliverable"] as const).map((left) => without(whole, left)));

  function without(whole: Required<ListedDigest>, left: readonly ("last" | "undeliverable")[]): ListedDigest {
    const { last, undeliverable, ...rest } = whole;
    return {
      ...rest,
      ...(left.includes("last") ? {} : { last }),
      ...(left.includes("undeliverable") ? {} : { undeliverable }),
    };
  }

  it("are taken by Slack, and nothing in them comes alive", () => {
    fc.assert(
      fc.property(fc.array(one, { maxLength: 20 }), fc.array(hostileText, { maxLength: 3 }), (all, notes) => {
        expectSafe(digestListMessage(all, FRAME));
        const [first] = all;
        if (!first) return;
        const kept = { digest: first.digest, number: 1, nextAt: NEXT, command: "/hooks" };
        expectSafe(digestKeptMessage({ ...kept, notes }));
        expectSafe(digestThereMessage(kept, { differs: true }));
      }),
      { numRuns: RUNS },
    );
  });
});
