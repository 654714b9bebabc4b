import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readCoverage } from "../../src/store/coverage.ts";
import type { Store } from "../../src/store/database.ts";
import {
  countOutcomes,
  findInvocations,
  findInvocationsById,
  type InvocationFilter,
  positionOf,
  saveInvocationPage,
} from "../../src/store/invocations.ts";
import { storableText } from "../../src/store/json-rows.ts";
import { latestOf } from "../../src/store/latest-invocation.ts";
import type { Invocation } from "../../src/triage/model.ts";
import { DATABASES, emptyStore, openEmptyStore } from "./databases.ts";
import { at, invocation, invocations, span } from "./examples.ts";

const ALL: InvocationFilter = { window: span(-1_000, 1_000), asOf: at(100) };

describe.each(DATABASES)("invocations in %s", (database) => {
  let store: Store;
  beforeAll(async () => {
    store = await openEmptyStore(database);
  });
  beforeEach(() => emptyStore(store));
  afterAll(() => store.close());

  function save(rows: Invocation[], webhookId = "w1") {
    return saveInvocationPage(store.db, { provider: "zendesk", webhookId, invocations: rows });
  }

  async function foundIds(filter: Partial<InvocationFilter>): Promise<string[]> {
    return (await findInvocations(store.db, { ...ALL, ...filter })).map((found) => found.id);
  }

  it("gives back what was saved, field by field", async () => {
    const full = invocation({
      id: "full",
      status: "accepted",
      outcome: "pending",
      pendingUntil: at(200),
      statusCode: 202,
      eventType: "ticket.created",
      latestCompletedAt: new Date("2026-11-20T09:01:02.345Z"),
      attemptsCount: 3,
      expiresAt: at(500),
      source: { kind: "workflowStep", ref: "s-1" },
    });
    const bare = invocation({ id: "bare", createdAt: at(-5) });
    await save([full, bare]);
    expect(await findInvocations(store.db, ALL)).toEqual([full, bare]);
    expect(await findInvocationsById(store.db, "full")).toEqual([full]);
  });

  it("keeps of any pages, in any order and with repeats, what folding their rows one by one gives", async () => {
    const pages = fc.array(fc.array(invocations, { maxLength: 6 }), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(pages, async (told) => {
        await emptyStore(store);
        for (const page of told) await save(page);
        const folded = new Map<string, Invocation>();
        for (const row of told.flat().map(asStored)) {
          const known = folded.get(row.id);
          folded.set(row.id, known ? latestOf(known, row) : row);
        }
        const kept = await Promise.all([...folded.keys()].map((id) => findInvocationsById(store.db, id)));
        expect(kept.flat()).toEqual([...folded.values()].map(withoutAbsentFields));
      }),
      { numRuns: 25 },
    );
  });

  it("writes nothing when a page comes again", async () => {
    await save([invocation({ source: { kind: "test", ref: "r" } })]);
    const before = await sql`select xmin::text, ctid::text from invocations`.execute(store.db);
    await save([invocation({ source: { kind: "test", ref: "r" } })]);
    expect((await sql`select xmin::text, ctid::text from invocations`.execute(store.db)).rows).toEqual(before.rows);
  });

  it("keeps the latest row when pages of one webhook are written at the same time", async () => {
    const pages = Array.from({ length: 12 }, (_, minute) => [
      invocation({ latestCompletedAt: at(minute), statusCode: 500 + minute }),
      invocation({ id: `only-${minute}`, latestCompletedAt: at(minute) }),
    ]);
    await Promise.all(pages.map((page) => save(page)));
    expect(await findInvocationsById(store.db, "i1")).toMatchObject([{ statusCode: 511 }]);
    expect(await foundIds({})).toHaveLength(13);
  });

  it("keeps neither rows nor coverage of a page that cannot be kept whole", async () => {
    const impossible = invocation({ id: "impossible", statusCode: 2 ** 40 });
    const page = { provider: "zendesk", webhookId: "w1", invocations: [invocation(), impossible], covered: span(0, 9) };
    await expect(saveInvocationPage(store.db, page)).rejects.toThrow();
    expect(await foundIds({})).toEqual([]);
    expect(await readCoverage(store.db, "zendesk")).toEqual(new Map());
  });

  it("finds an id of several webhooks in each of them", async () => {
    await save([invocation({ id: "same" })], "w1");
    await save([invocation({ id: "same" })], "w2");
    expect((await findInvocationsById(store.db, "same")).map((found) => found.webhookId)).toEqual(["w1", "w2"]);
    expect(await findInvocationsById(store.db, "other")).toEqual([]);
  });

  it("takes a window from its start to just before its end, by completion, else by creation", async () => {
    await save([
      invocation({ id: "at-start", createdAt: at(10) }),
      invocation({ id: "at-end", createdAt: at(20) }),
      invocation({ id: "created-before", createdAt: at(0), latestCompletedAt: at(15) }),
      invocation({ id: "completed-after", createdAt: at(15), latestCompletedAt: at(25) }),
    ]);
    expect(await foundIds({ window: span(10, 20) })).toEqual(["created-before", "at-start"]);
  });

  it.each([
    { name: "everything", filter: {}, expected: ["late", "waiting", "broken", "fine"] },
    { name: "failed, what waited too long included", filter: { outcomes: ["failed"] }, expected: ["late", "broken"] },
    { name: "pending", filter: { outcomes: ["pending"] }, expected: ["waiting"] },
    { name: "failed or pending", filter: { outcomes: ["failed", "pending"] }, expected: ["late", "waiting", "broken"] },
    { name: "succeeded", filter: { outcomes: ["succeeded"] }, expected: ["fine"] },
    { name: "one provider", filter: { providers: ["zendesk"] }, expected: ["late", "waiting", "broken", "fine"] },
    { name: "another provider", filter: { providers: ["conductorone"] }, expected: [] },
    { name: "one webhook", filter: { webhooks: [{ provider: "zendesk", id: "w2" }] }, expected: ["waiting"] },
    { name: "a webhook of another provider", filter: { webhooks: [{ provider: "other", id: "w2" }] }, expected: [] },
    { name: "no webhook at all", filter: { webhooks: [] }, expected: [] },
    { name: "the first two", filter: { limit: 2 }, expected: ["late", "waiting"] },
    { name: "none", filter: { limit: 0 }, expected: [] },
  ] satisfies { name: string; filter: Partial<InvocationFilter>; expected: string[] }[])(
    "finds $name",
    async ({ filter, expected }) => {
      await save([
        invocation({ id: "late", outcome: "pending", pendingUntil: at(100), createdAt: at(4) }),
        invocation({ id: "broken", createdAt: at(2) }),
        invocation({ id: "fine", outcome: "succeeded", createdAt: at(1) }),
      ]);
      await save([invocation({ id: "waiting", outcome: "pending", pendingUntil: at(101), createdAt: at(3) })], "w2");
      expect(await foundIds(filter)).toEqual(expected);
    },
  );

  it("tells the outcome as it reads at the instant of the question", async () => {
    await save([invocation({ outcome: "pending", pendingUntil: at(50) })]);
    expect(await findInvocations(store.db, { ...ALL, asOf: at(49) })).toMatchObject([{ outcome: "pending" }]);
    expect(await findInvocations(store.db, { ...ALL, asOf: at(50) })).toMatchObject([{ outcome: "failed" }]);
  });

  it("goes on page by page through rows of one instant without loss or repeat", async () => {
    const rows = Array.from({ length: 23 }, (_, n) => invocation({ id: `i${n}`, createdAt: at(Math.floor(n / 10)) }));
    await save(rows, "w1");
    await save(rows, "w2");
    const pages: Invocation[][] = [];
    for (let page = await findInvocations(store.db, { ...ALL, limit: 7 }); page.length > 0; ) {
      pages.push(page);
      const last = page.at(-1);
      page = last ? await findInvocations(store.db, { ...ALL, limit: 7, before: positionOf(last) }) : [];
    }
    expect(pages.flat()).toEqual(await findInvocations(store.db, ALL));
    expect(pages.flat()).toHaveLength(46);
    expect(new Set(pages.flat().map((found) => `${found.webhookId} ${found.id}`)).size).toBe(46);
  });

  it("answers more rows than one statement reads, whole and in order", async () => {
    const rows = Array.from({ length: 4_500 }, (_, n) => invocation({ id: `i${n}`, createdAt: at(n % 7) }));
    await save(rows);
    const found = await findInvocations(store.db, ALL);
    expect(new Set(found.map((row) => row.id)).size).toBe(4_500);
    const times = found.map((row) => row.createdAt.getTime());
    expect(times).toEqual([...times].sort((a, b) => b - a));
  });

  it("counts distinct invocations per webhook, as of the question", async () => {
    const page = [
      invocation({ id: "a", outcome: "succeeded", createdAt: at(1) }),
      invocation({ id: "b", createdAt: at(2) }),
      invocation({ id: "b", createdAt: at(2) }),
      invocation({ id: "c", outcome: "pending", pendingUntil: at(50), createdAt: at(3) }),
      invocation({ id: "outside", createdAt: at(99) }),
    ];
    await save(page, "w1");
    await save([invocation({ id: "a", outcome: "succeeded", createdAt: at(1) })], "w2");
    const w2 = { provider: "zendesk", webhookId: "w2", succeeded: 1, failed: 0, pending: 0 };
    expect(await countOutcomes(store.db, span(0, 10), at(49))).toEqual([
      { provider: "zendesk", webhookId: "w1", succeeded: 1, failed: 1, pending: 1, lastFailureAt: at(2) },
      w2,
    ]);
    expect(await countOutcomes(store.db, span(0, 10), at(50))).toEqual([
      { provider: "zendesk", webhookId: "w1", succeeded: 1, failed: 2, pending: 0, lastFailureAt: at(3) },
      w2,
    ]);
  });

  it("counts a window of many days, the quiet ones included", async () => {
    const DAY = 24 * 60;
    const days = [0, 1, 9, 30];
    await save(days.map((day) => invocation({ id: `day ${day}`, createdAt: at(day * DAY) })));
    await save([invocation({ id: "fine", outcome: "succeeded", createdAt: at(31 * DAY - 1) })]);
    expect(await countOutcomes(store.db, span(-1_000 * DAY, 31 * DAY), at(0))).toEqual([
      { provider: "zendesk", webhookId: "w1", succeeded: 1, failed: 4, pending: 0, lastFailureAt: at(30 * DAY) },
    ]);
    expect(await countOutcomes(store.db, span(2 * DAY, 9 * DAY), at(0))).toEqual([]);
  });
});

/** The database cannot hold every text; what it cannot hold is replaced before rows are compared. */
function asStored(row: Invocation): Invocation {
  const { eventType, source } = row;
  return {
    ...row,
    id: storableText(row.id),
    ...(eventType !== undefined && { eventType: storableText(eventType) }),
    ...(source && {
      source: {
        kind: storableText(source.kind),
        ...(source.ref !== undefined && { ref: storableText(source.ref) }),
      },
    }),
  };
}

function withoutAbsentFields(row: Invocation): Invocation {
  const kept = { ...row };
  for (const key of ["statusCode", "eventType", "expiresAt", "source", "attemptsCount"] as const) {
    if (kept[key] === undefined) delete kept[key];
  }
  return kept;
}
