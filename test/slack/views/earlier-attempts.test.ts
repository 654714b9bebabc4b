import { describe, expect, it } from "vitest";
import { isWithinLimits } from "../../../src/slack/blocks/fit.ts";
import { message, OF_CONDUCTORONE, REF, read, timeline } from "./attempts-sample.ts";
import { readBlocks } from "./read.ts";
import { attempt } from "./sample.ts";

describe("more attempts than rows", () => {
  it("are all accounted for: ConductorOne makes fifty", () => {
    const text = read({ ...OF_CONDUCTORONE, attempts: timeline(50) });
    expect(text).toContain(
      "\n35 earlier attempts\n1 to 35 · error · 2026-11-21 05:00:00 UTC to 2026-11-21 05:05:40 UTC · 10 s apart\n",
    );
    expect(text).toContain("\n36 | ");
    expect(text).toContain("\n50 | ");
    expect(text).toContain("npm run --silent cli -- attempts conductorone 01WEB 01INV");
  });

  it("stay within Slack's limits when there are 2,000, however different they are", () => {
    const uniform = message({ ...OF_CONDUCTORONE, attempts: timeline(2_000) });
    expect(readBlocks(uniform.blocks)).toContain("1,985 earlier attempts\n1 to 1,985 · error · ");
    const errorMessage = "x".repeat(2_000);
    const mixed = timeline(2_000).map((one, index) => ({ ...one, errorMessage: `${index} ${errorMessage}` }));
    const { blocks, classic = [] } = message({ ...OF_CONDUCTORONE, attempts: mixed });
    for (const form of [blocks, classic]) {
      expect(isWithinLimits(form)).toBe(true);
      expect(readBlocks(form)).toContain("1,985 earlier attempts\n1 to 1,979 · not shown here\n1,980 · error · ");
      expect(readBlocks(form)).toContain("npm run --silent cli -- attempts conductorone 01WEB 01INV");
    }
  });

  it("that ended differently have a line each time that changes", () => {
    const codes = [503, 503, 502, 503, ...Array.from({ length: 15 }, () => 500)];
    const text = read({ attempts: codes.map((statusCode, index) => attempt({ index, statusCode })) });
    expect(text).toMatch(/4 earlier attempts\n1 to 2 · terminated · code 503 .*\n3 · .*502 .*\n4 · .*503 /);
  });

  it("name no command where an id is none that a shell takes as it is", () => {
    const text = read({ ...OF_CONDUCTORONE, ref: { ...REF, id: "$(reboot)" }, attempts: timeline(50) });
    expect(text).toContain("35 earlier attempts");
    expect(text).not.toContain("npm run");
  });
});
