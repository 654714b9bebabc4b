import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  attemptsReadAt,
  readAttempts,
  readAttemptsOfAll,
  saveAttempts,
  saveAttemptsOfAll,
} from "../../src/store/attempts.ts";
import type { Store } from "../../src/store/database.ts";
import { refKey } from "../../src/triage/model.ts";
import { DATABASES, emptyStore, openEmptyStore } from "./databases.ts";
import { at, attempt } from "./examples.ts";

const REF = { provider: "zendesk", webhookId: "w1", id: "i1" };

describe.each(DATABASES)("attempts in %s", (database) => {
  let store: Store;
  beforeAll(async () => {
    store = await openEmptyStore(database);
  });
  beforeEach(() => emptyStore(store));
  afterAll(() => store.close());

  it("tells never read from read and empty", async () => {
    expect(await readAttempts(store.db, REF)).toBeUndefined();
    await saveAttempts(store.db, REF, [], at(1));
    expect(await readAttempts(store.db, REF)).toEqual({ attempts: [], readAt: at(1) });
  });

  it("gives back what was saved, oldest first", async () => {
    const full = attempt({
      index: 1,
      statusCode: 503,
      request: { headers: [{ name: "X-A", value: "1" }], body: '{"a":1}' },
      response: { headers: [], body: "<html>", truncated: true },
      errorMessage: "timed out",
      startedAt: at(1),
      completedAt: at(2),
      durationMs: 1234.5,
      maskedCount: 3,
    });
    await saveAttempts(store.db, REF, [full, attempt()], at(3));
    expect(await readAttempts(store.db, REF)).toEqual({ attempts: [attempt(), full], readAt: at(3) });
  });

  it("keeps any body, with the characters replaced that a database cannot hold", async () => {
    const response = { headers: [{ name: "a", value: "\0" }], body: "nul \0 half \ud83d whole 😀", truncated: false };
    await saveAttempts(store.db, REF, [attempt({ response, errorMessage: "\0" })], at(1));
    const kept = await readAttempts(store.db, REF);
    expect(kept?.attempts[0]?.response?.body).toBe("nul \uFFFD half \uFFFD whole 😀");
    expect(kept?.attempts[0]?.errorMessage).toBe("\uFFFD");
  });

  it("replaces what was read before, and is not undone by an older reading", async () => {
    await saveAttempts(store.db, REF, [attempt(), attempt({ index: 1 })], at(1));
    await saveAttempts(store.db, REF, [attempt({ status: "success", outcome: "succeeded" })], at(2));
    await saveAttempts(store.db, REF, [], at(1));
    expect(await readAttempts(store.db, REF)).toMatchObject({ attempts: [{ status: "success" }], readAt: at(2) });
  });

  it("lets several read the same invocation at the same time", async () => {
    const readings = Array.from({ length: 8 }, (_, n) =>
      saveAttempts(store.db, REF, [attempt({ statusCode: 500 + n })], at(n)),
    );
    await Promise.all(readings);
    expect(await readAttempts(store.db, REF)).toMatchObject({ attempts: [{ statusCode: 507 }], readAt: at(7) });
  });

  it("saves several together: of each the newest, the later of two as new, and nothing over what is newer", async () => {
    const [one, two, three] = ["i1", "i2", "i3"].map((id) => ({ ...REF, id }));
    if (!one || !two || !three) throw new Error("there are three");
    await saveAttempts(store.db, three, [attempt({ statusCode: 503 })], at(9));
    const told = await saveAttemptsOfAll(store.db, [
      { ref: two, attempts: [attempt({ statusCode: 500 }), attempt({ index: 1, statusCode: 500 })], readAt: at(2) },
      { ref: one, attempts: [attempt({ statusCode: 502 })], readAt: at(2) },
      { ref: one, attempts: [attempt({ statusCode: 404 })], readAt: at(2) },
      { ref: one, attempts: [], readAt: at(1) },
      { ref: three, attempts: [attempt({ statusCode: 429 })], readAt: at(8) },
    ]);
    expect(told.map((diagnosis) => diagnosis?.statusCode)).toEqual([500, 502, 404, undefined, 429]);
    const kept = await Promise.all([one, two, three].map((ref) => readAttempts(store.db, ref)));
    expect(kept.map((stored) => stored?.attempts.map(({ statusCode }) => statusCode))).toEqual([
      [404],
      [500, 500],
      [503],
    ]);
    expect(kept.map((stored) => stored?.readAt)).toEqual([at(2), at(2), at(9)]);
    await expect(saveAttemptsOfAll(store.db, [])).resolves.toEqual([]);
  });

  it("lets several save the same invocations together, in whatever order", async () => {
    const refs = Array.from({ length: 20 }, (_, n) => ({ ...REF, id: `i${n}` }));
    await Promise.all(
      Array.from({ length: 6 }, (_, n) => {
        const readings = refs.map((ref) => ({ ref, attempts: [attempt({ statusCode: 500 + n })], readAt: at(n) }));
        return saveAttemptsOfAll(store.db, n % 2 === 0 ? readings : readings.toReversed());
      }),
    );
    const kept = await Promise.all(refs.map((ref) => readAttempts(store.db, ref)));
    expect(new Set(kept.map((stored) => stored?.attempts[0]?.statusCode))).toEqual(new Set([505]));
  });

  it("finds the attempts of each of many invocations, oldest first", async () => {
    const refs = Array.from({ length: 1_100 }, (_, n) => ({ ...REF, id: `i${n}` }));
    const [first, , third] = refs;
    if (!first || !third) throw new Error("there are refs");
    const [one, two] = [attempt({ invocationId: "i0" }), attempt({ invocationId: "i0", index: 1, statusCode: 404 })];
    await saveAttempts(store.db, first, [two, one], at(1));
    await saveAttempts(store.db, third, [], at(1));
    const far = { ...REF, id: "i1099" };
    await saveAttempts(store.db, far, [attempt({ invocationId: "i1099" })], at(1));
    expect(await readAttemptsOfAll(store.db, refs)).toEqual(
      new Map([
        [refKey(first), [one, two]],
        [refKey(far), [attempt({ invocationId: "i1099" })]],
      ]),
    );
    expect(await readAttemptsOfAll(store.db, [])).toEqual(new Map());
  });

  it("tells when they were last read", async () => {
    expect(await attemptsReadAt(store.db, REF)).toBeUndefined();
    await saveAttempts(store.db, REF, [], at(1));
    await saveAttempts(store.db, REF, [attempt()], at(3));
    expect(await attemptsReadAt(store.db, REF)).toEqual(at(3));
  });
});
