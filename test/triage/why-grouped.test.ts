import { describe, expect, it } from "vitest";
import { failuresIn } from "../../src/triage/answer.ts";
import { groupIssues, issueId } from "../../src/triage/group.ts";
import type { Invocation } from "../../src/triage/model.ts";
import { idsSinceRead, whyGrouped } from "../../src/triage/why-grouped.ts";
import { anInvocation, aWebhook, diagnosesOf } from "./samples.ts";

const FROM = new Date("2026-11-20T09:00:00Z");
const WEBHOOK = aWebhook();

function failedOf(invocations: readonly Invocation[], read: readonly (readonly [Invocation, string])[]) {
  const query = { words: [], terms: [], window: { from: FROM, to: new Date("2026-11-20T10:00:00Z") } };
  const diagnoses = diagnosesOf(read);
  return failuresIn({ query, asOf: query.window.to, coverage: [], webhooks: [WEBHOOK], invocations, diagnoses }).failed;
}

const EIGHT = Array.from({ length: 8 }, (_, minute) =>
  anInvocation({ id: `i${minute}`, latestCompletedAt: new Date(FROM.getTime() + minute * 60_000) }),
);

describe("why failed invocations are one issue", () => {
  const [oldest, second] = EIGHT;
  if (!oldest || !second) throw new Error("there are eight");
  const failed = failedOf(EIGHT, [
    [oldest, "disk full on request 4f6d2c1a-9f3e-4a57-8a3c-1d2e3f4a5b6c"],
    [second, "disk full on request 0b1c2d3e-4f5a-4b6c-9d8e-7f6a5b4c3d2e"],
  ]);
  const id = issueId("zendesk", WEBHOOK.id, failed[0]?.cause.id ?? "");

  it("is told by a few members, those that were read before the others, and by what was masked", () => {
    const why = whyGrouped(id, failed, []);
    expect(why).toMatchObject({ issueId: id, readCount: 2, assumedCount: 6, rowCount: 0, webhook: WEBHOOK });
    expect(why?.members.map(({ invocation, isAssumed }) => `${invocation.id}${isAssumed ? " assumed" : ""}`)).toEqual([
      "i1",
      "i0",
      "i7 assumed",
      "i6 assumed",
      "i5 assumed",
    ]);
    expect(why?.members[1]?.telling).toContain("disk full on request 4f6d2c1a");
    expect(why?.members[2]).not.toHaveProperty("telling");
    expect(why?.masked.map(({ kind }) => kind)).toEqual(["id"]);
    expect(why?.cause.signature).toContain("disk full");
  });

  it("tells apart members of which nothing but the row is known", () => {
    const others = [3, 4, 5].map((minute) =>
      anInvocation({
        id: `o${minute}`,
        status: minute === 3 ? "failed" : "server error",
        latestCompletedAt: new Date(FROM.getTime() + minute * 60_000),
      }),
    );
    // Its answer says no more than the code, as the rows of the others do.
    const [read] = others;
    if (!read) throw new Error("there are three");
    const rows = failedOf(others, [[read, ""]]);
    const [issue] = groupIssues(rows, { window: { from: FROM, to: FROM }, asOf: FROM });
    expect(issue).toMatchObject({ count: 3, readCount: 1, assumedCount: 0 });
    const why = whyGrouped(issue?.id ?? "", rows, []);
    expect(why).toMatchObject({ readCount: 1, assumedCount: 0, rowCount: 2 });
    expect(why?.members.map(({ isRead, isAssumed }) => [isRead, isAssumed])).toEqual([
      [true, false],
      [false, false],
      [false, false],
    ]);
  });

  it("is nothing to tell where none of them is that issue", () => {
    expect(whyGrouped("0123456789ab", failed, [])).toBeUndefined();
  });

  it("leads from the id of when only the rows were known to the issue of now", () => {
    expect(idsSinceRead(issueId("zendesk", WEBHOOK.id, "http-503"), failed)).toEqual([id]);
    expect(idsSinceRead(issueId("zendesk", WEBHOOK.id, "http-500"), failed)).toEqual([]);
  });
});
