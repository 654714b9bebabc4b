import { describe, expect, it } from "vitest";
import { header, richText, words } from "../../../src/slack/blocks/build.ts";
import { fitMessage, isWithinLimits, visibleLength } from "../../../src/slack/blocks/fit.ts";
import type { MessageBlock } from "../../../src/slack/blocks/types.ts";

function lines(count: number, length: number): MessageBlock[] {
  return Array.from({ length: count }, () => richText([[words("x".repeat(length))]]));
}

describe("a message that must fit", () => {
  it("is left as it is when it does", () => {
    const message = fitMessage({ text: "t", most: 3, blocks: (shown) => lines(shown, 10) });
    expect(message).toEqual({ text: "t", blocks: lines(3, 10) });
  });

  it.each([
    ["blocks", 60, 10, 49],
    ["visible characters", 20, 1_000, 8],
  ])("shows as many items as its %s allow", (_what, most, length, shown) => {
    const { blocks } = fitMessage({ text: "t", most, blocks: (count) => [header("h"), ...lines(count, length)] });
    expect(blocks.length).toBe(shown + 1);
  });

  it("loses its end when even the least is too much", () => {
    const { blocks } = fitMessage({ text: "t", most: 0, blocks: () => [header("first"), ...lines(3, 5_000)] });
    expect(blocks[0]).toEqual(header("first"));
    expect(isWithinLimits(blocks)).toBe(true);
  });

  it("fits each form by itself", () => {
    const message = fitMessage({ text: "t", most: 4, blocks: (n) => lines(n, 10), classic: (n) => lines(n, 4_000) });
    expect([message.blocks.length, message.classic?.length]).toEqual([4, 2]);
  });

  it("counts what stands in for dates as visible", () => {
    expect(visibleLength({ type: "date", timestamp: 1, format: "{time}", fallback: "12345" })).toBe(5);
  });
});
