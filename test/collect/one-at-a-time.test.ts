import { AsyncResource } from "node:async_hooks";
import { expect, it } from "vitest";
import { oneAtATime } from "../../src/collect/one-at-a-time.ts";
import { currentUrgency, inBackground, type Urgency } from "../../src/providers/urgency.ts";

function neverAborted(): AbortSignal {
  return new AbortController().signal;
}

it("lets tasks of one key take turns, and those of others go side by side", async () => {
  const turns = oneAtATime();
  const happened: string[] = [];
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
  const first = turns.run("a", neverAborted(), async () => {
    await held;
    happened.push("first");
  });
  const second = turns.run("a", neverAborted(), async () => happened.push("second"));
  await turns.run("b", neverAborted(), async () => happened.push("other"));
  letGo();
  await Promise.all([first, second]);
  expect(happened).toEqual(["other", "first", "second"]);
});

it("hurries background work for which a person waits, until that person is gone", async () => {
  const turns = oneAtATime();
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
  const seen: Urgency[] = [];
  const { promise: begun, resolve: begin } = Promise.withResolvers<() => void>();
  const poll = inBackground(() =>
    turns.run("a", neverAborted(), async () => {
      // Asked from the task's own context, at a moment of the test's choice.
      begin(AsyncResource.bind(() => seen.push(currentUrgency())));
      await held;
    }),
  );
  const look = await begun;
  look();
  const leaving = new AbortController();
  const person = turns.run("a", leaving.signal, async () => undefined);
  look();
  leaving.abort(new Error("gone"));
  await expect(person).rejects.toThrow("gone");
  look();
  letGo();
  await poll;
  expect(seen).toEqual(["background", "waiting", "background"]);
});

it("leaves no listener behind on a signal that many turns share", async () => {
  const turns = oneAtATime();
  const { signal } = new AbortController();
  let listeners = 0;
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  Object.assign(signal, {
    addEventListener: (...given: Parameters<typeof add>) => {
      listeners += 1;
      add(...given);
    },
    removeEventListener: (...given: Parameters<typeof remove>) => {
      listeners -= 1;
      remove(...given);
    },
  });
  for (let turn = 0; turn < 5; turn += 1) await turns.run("a", signal, async () => undefined);
  expect(listeners).toBe(0);
});
