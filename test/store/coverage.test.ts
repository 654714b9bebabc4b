import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { cutCoverage, readCoverage } from "../../src/store/coverage.ts";
import type { Store } from "../../src/store/database.ts";
import { saveInvocationPage } from "../../src/store/invocations.ts";
import { merge, type Window } from "../../src/triage/window.ts";
import { DATABASES, emptyStore, openEmptyStore } from "./databases.ts";
import { at, span } from "./examples.ts";

describe.each(DATABASES)("coverage in %s", (database) => {
  let store: Store;
  beforeAll(async () => {
    store = await openEmptyStore(database);
  });
  beforeEach(() => emptyStore(store));
  afterAll(() => store.close());

  function cover(covered: Window, webhookId = "w1") {
    return saveInvocationPage(store.db, { provider: "zendesk", webhookId, invocations: [], covered });
  }

  it("knows nothing of a webhook of which nothing was collected", async () => {
    await cover({ from: at(5), to: at(5) });
    expect(await readCoverage(store.db, "zendesk")).toEqual(new Map());
  });

  it("makes touching and overlapping parts one, and keeps the others apart", async () => {
    for (const part of [span(0, 10), span(20, 30), span(10, 12), span(40, 50), span(29, 40)]) await cover(part);
    expect((await readCoverage(store.db, "zendesk")).get("w1")).toEqual([span(0, 12), span(20, 50)]);
  });

  it("keeps webhooks and providers apart", async () => {
    await cover(span(0, 10), "w1");
    await cover(span(5, 20), "w2");
    await cover(span(6, 7), "w3");
    expect(await readCoverage(store.db, "zendesk", ["w1", "w2", "w9"])).toEqual(
      new Map([
        ["w1", [span(0, 10)]],
        ["w2", [span(5, 20)]],
      ]),
    );
    expect(await readCoverage(store.db, "conductorone")).toEqual(new Map());
  });

  it("forgets what is told to be forgotten of one webhook, and only that", async () => {
    for (const part of [span(0, 10), span(20, 30), span(40, 50)]) await cover(part);
    await cover(span(0, 50), "w2");
    expect(await cutCoverage(store.db, "zendesk", "w1", at(25))).toEqual([span(0, 10), span(20, 25)]);
    expect(await cutCoverage(store.db, "zendesk", "w1", at(25))).toEqual([span(0, 10), span(20, 25)]);
    expect((await readCoverage(store.db, "zendesk")).get("w2")).toEqual([span(0, 50)]);
    expect(await cutCoverage(store.db, "zendesk", "w1", at(0))).toEqual([]);
  });

  it("is what merging all parts gives, when many write at the same time", async () => {
    const parts = fc.array(
      fc
        .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 6 }))
        .map(([from, length]) => span(from, from + length)),
      { maxLength: 15 },
    );
    await fc.assert(
      fc.asyncProperty(parts, async (told) => {
        await emptyStore(store);
        await Promise.all(told.map((part) => cover(part)));
        expect((await readCoverage(store.db, "zendesk")).get("w1") ?? []).toEqual(merge(told));
      }),
      { numRuns: 15 },
    );
  });
});
