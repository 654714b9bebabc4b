import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { latestOf } from "../../src/store/latest-invocation.ts";
import { type Invocation, occurredAt } from "../../src/triage/model.ts";
import { at, invocation, invocations } from "./examples.ts";

const settledAt = (minute: number, fields: Partial<Invocation> = {}) =>
  invocation({ latestCompletedAt: at(minute), ...fields });

interface Rule {
  name: string;
  known: Invocation;
  incoming: Invocation;
  expected: Partial<Invocation>;
}

const RULES: Rule[] = [
  {
    name: "a later row says how the invocation stands",
    known: settledAt(1, { status: "failed", statusCode: 500 }),
    incoming: settledAt(2, { status: "success", outcome: "succeeded", statusCode: 200 }),
    expected: { status: "success", outcome: "succeeded", statusCode: 200, latestCompletedAt: at(2) },
  },
  {
    name: "an earlier row that comes later changes nothing of that",
    known: settledAt(2, { status: "success", outcome: "succeeded", statusCode: 200 }),
    incoming: settledAt(1, { status: "failed", statusCode: 500 }),
    expected: { status: "success", outcome: "succeeded", statusCode: 200, latestCompletedAt: at(2) },
  },
  {
    name: "a later row without a status code is not given an older one",
    known: settledAt(1, { statusCode: 500 }),
    incoming: settledAt(2, { status: "terminated" }),
    expected: { status: "terminated", statusCode: undefined },
  },
  {
    name: "the same state told with fewer fields keeps its status code",
    known: settledAt(1, { statusCode: 500 }),
    incoming: settledAt(1),
    expected: { statusCode: 500 },
  },
  {
    name: "of two failures of the same instant the one that was listed first counts",
    known: settledAt(1, { status: "failed", statusCode: 500 }),
    incoming: settledAt(1, { status: "terminated" }),
    expected: { status: "failed", statusCode: 500 },
  },
  {
    name: "at the same instant a settled outcome is not undone by a pending one",
    known: settledAt(1, { outcome: "succeeded" }),
    incoming: settledAt(1, { outcome: "pending", pendingUntil: at(9) }),
    expected: { outcome: "succeeded", pendingUntil: undefined },
  },
  {
    name: "at the same instant a settled outcome ends a pending one",
    known: settledAt(1, { outcome: "pending", pendingUntil: at(9) }),
    incoming: settledAt(1, { outcome: "failed" }),
    expected: { outcome: "failed", pendingUntil: undefined },
  },
  {
    name: "at the same instant a success is not undone by the failure before it",
    known: settledAt(1, { outcome: "succeeded" }),
    incoming: settledAt(1, { outcome: "failed" }),
    expected: { outcome: "succeeded" },
  },
  {
    name: "at the same instant a success ends a failure",
    known: settledAt(1, { outcome: "failed" }),
    incoming: settledAt(1, { outcome: "succeeded" }),
    expected: { outcome: "succeeded" },
  },
  {
    name: "a row without a completion time counts from its creation",
    known: invocation({ createdAt: at(5), status: "accepted", outcome: "pending" }),
    incoming: invocation({ createdAt: at(0), latestCompletedAt: at(6), status: "success", outcome: "succeeded" }),
    expected: { status: "success", createdAt: at(0), latestCompletedAt: at(6) },
  },
  {
    name: "facts that only the earlier row told are kept",
    known: settledAt(1, { eventType: "ticket.created", expiresAt: at(60), source: { kind: "test" }, attemptsCount: 2 }),
    incoming: settledAt(2),
    expected: { eventType: "ticket.created", expiresAt: at(60), source: { kind: "test" }, attemptsCount: 2 },
  },
  {
    name: "the number of attempts only grows",
    known: settledAt(1, { attemptsCount: 4 }),
    incoming: settledAt(2, { attemptsCount: 3 }),
    expected: { attemptsCount: 4 },
  },
];

describe("latestOf", () => {
  it.each(RULES)("$name", ({ known, incoming, expected }) => {
    const nothing = { pendingUntil: undefined, statusCode: undefined };
    expect({ ...nothing, ...latestOf(known, incoming) }).toMatchObject(expected);
  });

  it("changes nothing when a row is read twice", () => {
    fc.assert(
      fc.property(invocations, (row) => {
        expect(JSON.stringify(latestOf(row, row))).toBe(JSON.stringify(row));
      }),
    );
  });

  it("comes to the same in any order where no two rows share an instant", () => {
    const rowsInAnyOrder = fc
      .uniqueArray(invocations, {
        minLength: 1,
        selector: (row) => row.latestCompletedAt?.getTime() ?? 0,
      })
      .map((rows) => rows.map((row) => ({ ...row, id: "a", createdAt: at(0) })))
      .filter((rows) => new Set(rows.map((row) => occurredAt(row).getTime())).size === rows.length)
      .chain((rows) => fc.tuple(fc.shuffledSubarray(rows, { minLength: rows.length }), fc.constant(rows)));
    fc.assert(
      fc.property(rowsInAnyOrder, ([shuffled, rows]) => {
        const { eventType: _, expiresAt: __, source: ___, ...state } = shuffled.reduce(latestOf);
        expect(rows.reduce(latestOf)).toMatchObject(state);
      }),
    );
  });
});
