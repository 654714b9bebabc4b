import { expect, it } from "vitest";
import { createShared } from "../../src/slack/shared.ts";

it("makes once for all who ask meanwhile, and anew for who comes later", async () => {
  const shared = createShared<number>();
  let made = 0;
  const make = async () => {
    made += 1;
    return made;
  };
  expect(await Promise.all([shared("a", make), shared("a", make), shared("b", make)])).toEqual([1, 1, 2]);
  expect(await shared("a", make)).toBe(3);
});

it("fails for all who ask meanwhile, and makes anew after that", async () => {
  const shared = createShared<number>();
  const fail = async () => Promise.reject(new Error("no"));
  const results = await Promise.allSettled([shared("a", fail), shared("a", fail)]);
  expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(await shared("a", async () => 1)).toBe(1);
});
