import { describe, expect, it } from "vitest";
import { systemClock } from "../../src/providers/clock.ts";

describe("the system's clock", () => {
  it("ends a wait of an hour at once when the signal is aborted, with its reason", async () => {
    const controller = new AbortController();
    const wait = systemClock.wait(3_600_000, controller.signal);
    controller.abort(new Error("enough"));
    await expect(wait).rejects.toThrow("enough");
  });
});
