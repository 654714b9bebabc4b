import { describe, expect, it } from "vitest";
import { FIRST_LIMIT } from "../../../src/collect/budget/budget-state.ts";
import { rush } from "./rush.ts";

const AT_ONCE = 16;

describe("a limit that no answer tells, while people ask as fast as they may for an hour", () => {
  it.each([
    { limit: 20, namesRetryAfter: true, refused: 8, used: 80, refusedLately: 2 },
    { limit: 20, namesRetryAfter: false, refused: 9, used: 79, refusedLately: 2 },
    { limit: 120, namesRetryAfter: true, refused: 1.5, used: 77, refusedLately: 1 },
    { limit: 120, namesRetryAfter: false, refused: 1.5, used: 77, refusedLately: 1 },
    { limit: 600, namesRetryAfter: true, refused: 0.2, used: 75, refusedLately: 0.1 },
    { limit: 600, namesRetryAfter: false, refused: 0.2, used: 75, refusedLately: 0.1 },
    { limit: 5_000, namesRetryAfter: true, refused: 0.01, used: 60, refusedLately: 0 },
    { limit: 5_000, namesRetryAfter: false, refused: 0.01, used: 60, refusedLately: 0 },
  ])(
    "of $limit a minute is found with at most $refused % refused, $refusedLately % after ten minutes, and at least $used % of it used (Retry-After: $namesRetryAfter)",
    ({ limit, namesRetryAfter, ...expected }) => {
      const hour = rush({ limit, namesRetryAfter, atOnce: AT_ONCE, minutes: 60 });
      const { accepted, refused, lately } = hour;
      expect((100 * refused) / (accepted + refused)).toBeLessThanOrEqual(expected.refused);
      expect((100 * lately.refused) / (lately.accepted + lately.refused)).toBeLessThanOrEqual(expected.refusedLately);
      expect((100 * accepted) / (60 * limit)).toBeGreaterThanOrEqual(expected.used);
      expect((100 * lately.accepted) / (lately.minutes * limit)).toBeGreaterThanOrEqual(expected.used - 5);
      expect(hour.mostRefusedInARow).toBeLessThanOrEqual(AT_ONCE);
    },
  );

  it("costs one burst of refusals where all ask at once, and no other before the provider has been left alone", () => {
    const { mostRefusedInARow } = rush({ limit: 20, namesRetryAfter: true, atOnce: 5_000, minutes: 1 });
    expect(mostRefusedInARow).toBeLessThanOrEqual(FIRST_LIMIT - 20);
  });

  it("slows them no more after ten minutes where there is none, and does not run away", () => {
    const minutes = 15;
    const { lately, state } = rush({
      limit: Number.POSITIVE_INFINITY,
      namesRetryAfter: false,
      atOnce: AT_ONCE,
      minutes,
    });
    // Sixteen every 100 ms.
    expect(lately.accepted / lately.minutes).toBeGreaterThan(9_500);
    expect(state.limit).toBeLessThan(15_000);
  });
});
