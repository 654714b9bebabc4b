import { setImmediate } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { SharedWork } from "../../src/providers/conductorone/shared-work.ts";
import { currentUrgency, inBackground, SharedUrgency } from "../../src/providers/urgency.ts";
import { neverAborted } from "./clients.ts";

describe("urgency", () => {
  it("is a person's unless said otherwise, and follows the work through its waits", async () => {
    expect(currentUrgency()).toBe("waiting");
    await inBackground(async () => {
      await setImmediate();
      expect(currentUrgency()).toBe("background");
    });
    expect(currentUrgency()).toBe("waiting");
  });

  it("of shared work is that of the most urgent who waits for it, and background while nobody does", () => {
    const shared = new SharedUrgency();
    const seen: string[] = [];
    shared.onChange(() => seen.push(shared.current));
    const leaveFirst = shared.join();
    void inBackground(async () => shared.join());
    leaveFirst();
    expect(seen).toEqual(["waiting", "waiting", "background"]);
  });

  it("goes on to the work that shared work itself waits for", () => {
    const inner = new SharedUrgency();
    const outer = new SharedUrgency();
    outer.run(() => inner.join());
    expect(inner.current).toBe("background");
    const leave = outer.join();
    expect(inner.current).toBe("waiting");
    leave();
    expect(inner.current).toBe("background");
  });

  it("of work begun in the background rises when a person joins it, and when a person waits for its turn to end", async () => {
    const seen: string[] = [];
    const steps = Array.from({ length: 3 }, () => Promise.withResolvers<void>());
    const work = await inBackground(async () => {
      const begun = new SharedWork(async () => {
        for (const step of steps) {
          await step.promise;
          seen.push(currentUrgency());
        }
      });
      void begun.join(neverAborted());
      return begun;
    });
    const impatient = new AbortController();
    steps[0]?.resolve();
    await setImmediate();
    const joined = work.join(impatient.signal).catch(() => undefined);
    steps[1]?.resolve();
    await setImmediate();
    impatient.abort(new Error("no time"));
    await joined;
    const turn = work.turnEnded();
    steps[2]?.resolve();
    await turn;
    expect(seen).toEqual(["background", "waiting", "waiting"]);
  });
});
