import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { redactedExcerpt } from "../../src/providers/excerpt.ts";

const LIMITS = { readChars: 1_000, keptChars: 600 };
const SECRET = "xoxb-1234567890-abcdefghijklmnopqrstuvwx";

describe("a redacted excerpt", () => {
  it("leaves a short text as it is", () => {
    expect(redactedExcerpt("all is well", LIMITS)).toEqual({ text: "all is well", maskedCount: 0, truncated: false });
  });

  it("redacts before it cuts, so that no half of a secret is left", () => {
    const text = `${"word ".repeat(115)}${SECRET} more`;
    const { text: kept, maskedCount } = redactedExcerpt(text, LIMITS);
    expect(maskedCount).toBe(1);
    expect(kept).not.toContain("xoxb-1");
  });

  it("leaks no part of a secret wherever it stands", () => {
    fc.assert(
      fc.property(fc.nat(1_200), fc.constantFrom(" ", "x ", '","'), (before, filler) => {
        const text = `${filler.repeat(2_000).slice(0, before)} ${SECRET} ${"tail ".repeat(300)}`;
        const { text: kept } = redactedExcerpt(text, LIMITS);
        expect(kept).not.toContain(SECRET.slice(0, 14));
        expect(kept.length).toBeLessThanOrEqual(LIMITS.keptChars);
      }),
    );
  });

  it("never ends in half a character", () => {
    fc.assert(
      fc.property(fc.nat(3), (shift) => {
        const { text } = redactedExcerpt(`${"a".repeat(shift)}${"😀".repeat(2_000)}`, LIMITS);
        expect(text.isWellFormed()).toBe(true);
      }),
    );
  });

  it("looks at no more than it is told", () => {
    let seen = 0;
    redactedExcerpt("x".repeat(10_000_000), { readChars: 256 * 1024, keptChars: 64 * 1024 }, (text) => {
      seen = text.length;
      return { text, maskedCount: 0 };
    });
    expect(seen).toBeLessThanOrEqual(256 * 1024);
  });
});
