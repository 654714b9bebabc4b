import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answerFailures, type Findings, failuresIn } from "../../src/triage/answer.ts";
import { assumeAll, neighboursOf } from "../../src/triage/assume.ts";
import { CAUSE_CATEGORIES } from "../../src/triage/cause.ts";
import type { Diagnosis } from "../../src/triage/diagnosis.ts";
import { type Invocation, refKey } from "../../src/triage/model.ts";
import { whyGrouped } from "../../src/triage/why-grouped.ts";
import { anInvocation, aWebhook, diagnosesOf } from "./samples.ts";

const FROM = new Date("2026-11-20T09:00:00Z");
const TO = new Date("2026-11-20T10:00:00Z");

function failedAt(minute: number, overrides: Partial<Invocation> = {}): Invocation {
  const latestCompletedAt = new Date(FROM.getTime() + minute * 60_000);
  return anInvocation({ id: `i${minute}`, latestCompletedAt, ...overrides });
}

/** What was read of some: what each was answered with, or `undefined` for attempts that told nothing. */
type Read = readonly (readonly [Invocation, string | undefined])[];

function toldOf(read: Read): Map<string, Diagnosis | undefined> {
  const told = new Map<string, Diagnosis | undefined>(read.map(([invocation]) => [refKey(invocation), undefined]));
  const answered = read.flatMap(([invocation, body]) => (body === undefined ? [] : [[invocation, body] as const]));
  for (const [key, diagnosis] of diagnosesOf(answered)) told.set(key, diagnosis);
  return told;
}

function causes(failed: readonly Invocation[], read: Read, neighbours: readonly Invocation[] = []) {
  const assumed = assumeAll(failed, toldOf(read), neighbours);
  return failed.map((invocation) => {
    const told = assumed.get(refKey(invocation));
    return told?.diagnosis && `${told.isAssumed ? "as " : ""}${told.diagnosis.reading.telling?.text}`;
  });
}

function findingsOf(invocations: readonly Invocation[], read: Read): Findings {
  const webhooks = [...new Set(invocations.map(({ webhookId }) => webhookId))].map((id) => aWebhook({ id }));
  return {
    query: { words: [], terms: [], window: { from: FROM, to: TO } },
    asOf: TO,
    coverage: [],
    webhooks,
    invocations,
    diagnoses: toldOf(read),
  };
}

describe("an invocation whose attempts were not read", () => {
  it("takes the cause of the one nearest in time, the later of two as near", () => {
    const failed = [0, 4, 5, 6, 10].map((minute) => failedAt(minute));
    const [first, , , , last] = failed;
    if (!first || !last) throw new Error("there are five");
    const read = [[first, "disk full"] as const, [last, "pool exhausted"] as const];
    expect(causes(failed, read)).toEqual([
      "disk full",
      "as disk full",
      "as pool exhausted",
      "as pool exhausted",
      "pool exhausted",
    ]);
    expect(causes(failed.toReversed(), read)).toEqual(causes(failed, read).reverse());
  });

  it.each<[string, Partial<Invocation>]>([
    ["webhook", { webhookId: "other" }],
    ["provider", { provider: "conductorone" }],
    ["status", { status: "failed" }],
    ["status code", { statusCode: 500 }],
    ["status code, where one has none,", { statusCode: undefined }],
  ])("takes nothing of one whose %s is another", (_, overrides) => {
    const read = failedAt(0);
    expect(causes([read, failedAt(1, overrides)], [[read, "disk full"]])).toEqual(["disk full", undefined]);
  });
});

describe("an invocation that was read and told nothing", () => {
  const failed = [0, 4, 5, 6, 10].map((minute) => failedAt(minute));
  const [first, , , fourth] = failed;
  if (!first || !fourth) throw new Error("there are five");

  it("is taken for the cause of the one nearest in time that told, like those that were not read", () => {
    const read: Read = [
      [first, "disk full"],
      [fourth, undefined],
    ];
    expect(causes(failed, read)).toEqual(["disk full", ...Array.from({ length: 4 }, () => "as disk full")]);
  });

  it("has the cause of its row where none that looks the same told", () => {
    const read: Read = failed.map((invocation) => [invocation, undefined]);
    expect(failuresIn(findingsOf(failed, read)).failed.map(({ cause, isAssumed }) => [cause.id, isAssumed])).toEqual(
      failed.map(() => ["http-503", false]),
    );
  });

  it("is counted as assumed", () => {
    const read: Read = failed.map((invocation, index) => [invocation, index % 2 === 0 ? "disk full" : undefined]);
    const { issues } = answerFailures(findingsOf(failed, read));
    expect(
      issues.map(({ count, readCount, assumedCount, estimated }) => [count, readCount, assumedCount, estimated]),
    ).toEqual([[5, 3, 2, true]]);
  });
});

describe("what was read around the time of an answer", () => {
  const failed = [30, 40].map((minute) => failedAt(minute));
  const before = [failedAt(1), failedAt(10), failedAt(20, { status: "failed" })];
  const after = [failedAt(42), failedAt(50)];

  it("tells what failed in it as well, and is not in it", () => {
    const read: Read = [
      [failedAt(10), "disk full"],
      [failedAt(42), "pool exhausted"],
    ];
    expect(causes(failed, read, [...before, ...after])).toEqual(["as pool exhausted", "as pool exhausted"]);
    expect(assumeAll(failed, toldOf(read), [...before, ...after]).size).toBe(2);
  });

  it("matters as far as the last before and the first after of what looks the same", () => {
    expect(neighboursOf(failed, [...before, ...after]).map(({ id }) => id)).toEqual(["i10", "i42"]);
    expect(neighboursOf([], [...before, ...after])).toEqual([]);
  });
});

describe("what looks the same and is several causes", () => {
  const rows = Array.from({ length: 400 }, (_, index) =>
    anInvocation({
      id: `i${String(index).padStart(3, "0")}`,
      latestCompletedAt: new Date(FROM.getTime() + index * 8_000),
    }),
  );
  const bodyOf = (index: number): string => (index % 10 === 0 ? "disk quota exceeded" : "deadlock detected");

  it("makes each count a guess while not all of it was read, and no cause certain", () => {
    const read: Read = [1, 45, 91, 133, 177, 199, 221, 266, 310, 399].map((index) => {
      const invocation = rows[index];
      if (!invocation) throw new Error("there are 400");
      return [invocation, bodyOf(index)];
    });
    const { issues } = answerFailures(findingsOf(rows, read));
    expect(issues).toHaveLength(2);
    for (const issue of issues) {
      expect(issue).toMatchObject({ estimated: true, isGuessed: true });
      expect(issue.cause.sureness).not.toBe("certain");
    }
    expect(issues.map(({ readCount }) => readCount)).toEqual([9, 1]);
  });

  it("is counted for sure when all of it was read", () => {
    const read: Read = rows.map((invocation, index) => [invocation, bodyOf(index)]);
    const { issues } = answerFailures(findingsOf(rows, read));
    expect(issues.map(({ count, estimated, isGuessed }) => [count, estimated, isGuessed])).toEqual([
      [360, false, false],
      [40, false, false],
    ]);
  });

  it("is no guess where those that were read agree", () => {
    const read = rows.slice(0, 1).map((one) => [one, "disk full"] as const);
    const { issues } = answerFailures(findingsOf(rows, read));
    expect(issues).toMatchObject([{ count: 400, estimated: true, isGuessed: false }]);
  });

  it("takes no cause for certain that others that look the same may not have", () => {
    const [first, second, third] = rows;
    if (!first || !second || !third) throw new Error("there are 400");
    const certain = diagnosesOf([
      [first, "disk full"],
      [third, "pool exhausted"],
    ]);
    for (const told of certain.values()) told.reading = { ...told.reading, sureness: "certain" };
    const found = findingsOf([first, second, third], []);
    const { failed } = failuresIn({ ...found, diagnoses: certain });
    expect(failed.map(({ cause, isAssumed }) => [cause.sureness, isAssumed])).toEqual([
      ["certain", false],
      ["likely", true],
      ["certain", false],
    ]);
    const { issues } = answerFailures({ ...found, diagnoses: certain });
    expect(new Set(issues.map(({ cause }) => cause.sureness))).toEqual(new Set(["likely"]));
  });
});

const row = fc.record({
  minute: fc.nat(59),
  webhookId: fc.constantFrom("W1", "W2"),
  statusCode: fc.constantFrom(500, 503, undefined),
  status: fc.constantFrom("terminated", "circuit broken"),
  body: fc.option(fc.constantFrom("disk full", "pool exhausted", "no such tenant", null), { nil: undefined }),
});

const findings = fc.array(row, { maxLength: 30 }).map((rows): Findings => {
  const failed = rows.map(({ minute, body, ...fields }, index) => ({
    invocation: failedAt(minute, { id: `i${index}`, ...fields }),
    body,
  }));
  return findingsOf(
    failed.map(({ invocation }) => invocation),
    failed.flatMap(({ invocation, body }) => (body === undefined ? [] : [[invocation, body ?? undefined] as const])),
  );
});

describe("an answer of read and unread invocations", () => {
  it("has every failed invocation in exactly one issue", () => {
    fc.assert(
      fc.property(findings, (found) => {
        const { issues, totals } = answerFailures(found);
        const ids = issues.flatMap(({ invocations }) => invocations.map(({ id }) => id));
        expect(ids.sort()).toEqual(found.invocations.map(({ id }) => id).sort());
        expect(totals.failed).toBe(found.invocations.length);
      }),
    );
  });

  it("says the same, issue ids included, in whatever order the rows come", () => {
    fc.assert(
      fc.property(findings, (found) => {
        const turned = { ...found, invocations: found.invocations.toReversed() };
        expect(answerFailures(turned).issues).toEqual(answerFailures(found).issues);
      }),
    );
  });

  it("counts what was read, what is assumed and what its row tells, and nothing twice", () => {
    fc.assert(
      fc.property(findings, (found) => {
        const { failed } = failuresIn(found);
        for (const issue of answerFailures(found).issues) {
          const why = whyGrouped(issue.id, failed, []);
          const byRow = failed.filter(
            ({ diagnosis, cause, invocation }) =>
              diagnosis === undefined && cause.id === issue.cause.id && invocation.webhookId === issue.webhook.id,
          );
          expect(why?.rowCount).toBe(byRow.length);
          expect(issue.readCount + issue.assumedCount + byRow.length).toBe(issue.count);
          expect(why?.readCount).toBe(issue.readCount);
          expect(why?.assumedCount).toBe(issue.assumedCount);
          expect(issue.estimated).toBe(issue.assumedCount > 0 || issue.isGuessed);
          expect(CAUSE_CATEGORIES).toContain(issue.cause.category);
          expect(issue.trend.reduce((sum, count) => sum + count, 0)).toBe(issue.count);
        }
      }),
    );
  });
});
