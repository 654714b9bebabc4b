import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { validateView } from "../../../sandbox/slack/validate/index.ts";
import { decodeFormPlace } from "../../../src/slack/button-values.ts";
import { digestForm } from "../../../src/slack/views/digest-form.ts";
import { digestKeptMessage, digestThereMessage } from "../../../src/slack/views/digest-kept.ts";
import { digestListMessage, type ListedDigest } from "../../../src/slack/views/digest-list.ts";
import { DAYS_CHOICES } from "../../../src/triage/digest/read-wish.ts";
import { digest, FRAME, NEXT } from "./digest-samples.ts";
import { hostileText, RUNS } from "./hostile-text.ts";
import { readBlocks } from "./read.ts";
import { expectSafe } from "./safe.ts";
import { NOW } from "./sample.ts";

describe("the confirmation of a new digest", () => {
  const kept = { digest: digest({ terms: "code:5xx" }), number: 2, nextAt: NEXT, command: "/hooks" };

  it("echoes what was understood, when it comes, and how to see and to end it", () => {
    expect(readBlocks(digestKeptMessage({ ...kept, notes: ["Zendesk could not be read just now"] }).blocks)).toBe(
      [
        "The digest is set up",
        "Every weekday at 09:00 (Europe/Berlin)",
        "Terms: code:5xx",
        "All clear: one line is posted",
        "Next: 2026-11-23 08:00 UTC",
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

  it("read elsewhere names the channel, where its commands are to be typed", () => {
    for (const message of [
      digestKeptMessage({ ...kept, isElsewhere: true, notes: [] }),
      digestThereMessage({ ...kept, isElsewhere: true }, { differs: true }),
    ]) {
      expect(JSON.stringify(message.blocks)).toContain('{"type":"channel","channel_id":"C024BE7LR"}');
      expect(readBlocks(message.blocks)).toContain("End it: /hooks digest off 2, typed there");
      expect(readBlocks(message.blocks)).not.toContain("this channel");
    }
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
      number: fc.integer({ min: 1, max: 9_999 }),
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
        const [notice = ""] = notes;
        expectSafe(digestListMessage(all, { ...FRAME, notice }));
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
