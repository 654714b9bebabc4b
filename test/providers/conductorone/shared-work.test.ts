import { describe, expect, it } from "vitest";
import { SharedWork } from "../../../src/providers/conductorone/shared-work.ts";
import { neverAborted } from "../clients.ts";

/** Work that ends when it is told to, and goes on for nobody until that is over. */
function workThatGoesOn() {
  const end = Promise.withResolvers<string>();
  const over = Promise.withResolvers<void>();
  const whiles: AbortSignal[] = [];
  const work = new SharedWork(
    (signal) => {
      signal.addEventListener("abort", () => end.reject(signal.reason));
      return end.promise;
    },
    (signal) => {
      whiles.push(signal);
      return over.promise;
    },
  );
  return { work, end, over, whiles };
}

/** Someone who asked and has left. */
async function leave(work: SharedWork<string>): Promise<void> {
  const impatient = new AbortController();
  const joined = work.join(impatient.signal);
  impatient.abort(new Error("no time"));
  await expect(joined).rejects.toThrow("no time");
}

describe("work that is shared", () => {
  it("ends with the last who waited for it where it is not to go on", async () => {
    const work = new SharedWork<string>((signal) => {
      const { promise, reject } = Promise.withResolvers<string>();
      signal.addEventListener("abort", () => reject(signal.reason));
      return promise;
    });
    await leave(work);
    expect(work.isAbandoned).toBe(true);
    await work.ended();
  });

  it("goes on for a while after the last has left, and no longer", async () => {
    const { work, over, whiles } = workThatGoesOn();
    expect(whiles).toEqual([]);
    await leave(work);
    expect(work.isAbandoned).toBe(false);
    over.resolve();
    await work.ended();
    expect(work.isAbandoned).toBe(true);
  });

  it("is nobody's to end once someone has come back", async () => {
    const { work, over, whiles, end } = workThatGoesOn();
    await leave(work);
    const waiting = work.join(neverAborted());
    expect(whiles.map(({ aborted }) => aborted)).toEqual([true]);
    over.resolve();
    await over.promise;
    expect(work.isAbandoned).toBe(false);
    end.resolve("done");
    expect(await waiting).toBe("done");
  });

  it("leaves nothing to wait for when it has ended for nobody", async () => {
    const { work, whiles, end } = workThatGoesOn();
    await leave(work);
    end.resolve("done");
    await work.ended();
    expect(whiles.map(({ aborted }) => aborted)).toEqual([true]);
    expect(await work.join(neverAborted())).toBe("done");
  });
});
