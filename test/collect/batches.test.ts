import { describe, expect, it } from "vitest";
import { createBatches } from "../../src/collect/batches.ts";

/** Writes that end when they are told to. */
function openWriter() {
  const batches: number[][] = [];
  const ends: PromiseWithResolvers<void>[] = [];
  const { save } = createBatches<number>((batch) => {
    batches.push([...batch]);
    const end = Promise.withResolvers<void>();
    ends.push(end);
    return end.promise;
  });
  return { save, batches, ends };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}

describe("what is saved in batches", () => {
  it("is written at once, and what comes meanwhile together after it", async () => {
    const { save, batches, ends } = openWriter();
    const first = save(1);
    await settle();
    const others = [save(2), save(3)];
    await settle();
    expect(batches).toEqual([[1]]);
    ends[0]?.resolve();
    await first;
    await settle();
    expect(batches).toEqual([[1], [2, 3]]);
    ends[1]?.resolve();
    await Promise.all(others);
  });

  it("fails with its own batch alone", async () => {
    const { save, batches, ends } = openWriter();
    const first = save(1);
    await settle();
    const second = save(2);
    ends[0]?.reject(new Error("the disk is full"));
    await expect(first).rejects.toThrow("full");
    await settle();
    ends[1]?.resolve();
    await second;
    expect(batches).toEqual([[1], [2]]);
  });
});
