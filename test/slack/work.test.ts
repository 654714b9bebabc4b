import { expect, it } from "vitest";
import { createWork } from "../../src/slack/work.ts";

it("is done at once when nothing is under way", async () => {
  await createWork().done();
});

it("is done when the last listener is, those included that begin meanwhile", async () => {
  const work = createWork();
  const order: string[] = [];
  const first = Promise.withResolvers<void>();
  const second = Promise.withResolvers<void>();
  const listener = work.tracked(async (turn: PromiseWithResolvers<void>) => {
    await turn.promise;
    order.push("listener");
  });
  const running = listener(first);
  const done = work.done().then(() => order.push("done"));
  const other = listener(second);
  first.resolve();
  await running;
  second.resolve();
  await other;
  await done;
  expect(order).toEqual(["listener", "listener", "done"]);
});

it("is done after a listener that failed, whose error goes to its caller", async () => {
  const work = createWork();
  const listener = work.tracked(async () => Promise.reject(new Error("no")));
  await expect(listener(undefined)).rejects.toThrow("no");
  await work.done();
});
