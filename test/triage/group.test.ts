import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Sureness } from "../../src/triage/cause.ts";
import { causeOf } from "../../src/triage/cause-of.ts";
import { type Diagnosed, groupIssues, issueId } from "../../src/triage/group.ts";
import { anInvocation, aWebhook } from "./samples.ts";

function diagnosed(id: string, minute: number, statusCode: number, webhookId = "W1"): Diagnosed {
  const webhook = aWebhook({ id: webhookId, name: webhookId });
  const latestCompletedAt = new Date(Date.UTC(2026, 10, 20, 9, minute));
  const invocation = anInvocation({ id, webhookId, statusCode, latestCompletedAt });
  return { invocation, webhook, cause: causeOf(invocation, webhook), isAssumed: false, isGuessed: false };
}

const FRAME = {
  window: { from: new Date(Date.UTC(2026, 10, 20, 9)), to: new Date(Date.UTC(2026, 10, 20, 10)) },
  asOf: new Date(Date.UTC(2026, 10, 20, 10)),
};

describe("grouping by webhook and cause", () => {
  it("puts the same cause at the same webhook into one issue and another cause into another", () => {
    const issues = groupIssues(
      [diagnosed("a", 1, 503), diagnosed("b", 5, 503), diagnosed("c", 3, 404), diagnosed("d", 4, 503, "W2")],
      FRAME,
    );
    expect(issues.map((issue) => [issue.webhook.name, issue.cause.id, issue.count])).toEqual([
      ["W1", "http-503", 2],
      ["W2", "http-503", 1],
      ["W1", "http-404", 1],
    ]);
  });

  it("tells when it was first and last seen, and lists the newest first", () => {
    const [issue] = groupIssues([diagnosed("a", 1, 503), diagnosed("c", 9, 503), diagnosed("b", 5, 503)], FRAME);
    expect(issue?.firstSeenAt).toEqual(new Date(Date.UTC(2026, 10, 20, 9, 1)));
    expect(issue?.lastSeenAt).toEqual(new Date(Date.UTC(2026, 10, 20, 9, 9)));
    expect(issue?.invocations.map(({ id }) => id)).toEqual(["c", "b", "a"]);
  });

  it("puts what still fails first, then the most failures, then the most webhooks, then the latest", () => {
    const asOf = new Date(Date.UTC(2026, 10, 20, 10, 30));
    const rows = [
      ...["a", "b", "c"].map((id) => diagnosed(id, 5, 404)),
      diagnosed("d", 40, 500),
      ...["e", "f"].map((id) => diagnosed(id, 10, 503)),
      ...["g", "h"].map((id) => diagnosed(id, 10, 503, "W2")),
      ...["i", "j"].map((id) => diagnosed(id, 20, 502)),
    ];
    const known = rows.map((row) => ({ ...row, cause: { ...row.cause, sureness: "likely" as const } }));
    const issues = groupIssues(known, { ...FRAME, asOf });
    const told = issues.map(({ cause, isOngoing, count, breadth }) => [cause.id, isOngoing, count, breadth]);
    expect(told).toEqual([
      ["http-500", true, 1, 1],
      ["http-404", false, 3, 1],
      ["http-503", false, 2, 2],
      ["http-503", false, 2, 2],
      ["http-502", false, 2, 1],
    ]);
  });

  it("counts no other webhook as failing with the same cause where nobody knows the cause", () => {
    const breadths = (sureness: Sureness) => {
      const rows = ["W1", "W2", "W3"].map((webhookId) => diagnosed(webhookId, 5, 500, webhookId));
      return groupIssues(
        rows.map((row) => ({ ...row, cause: { ...row.cause, sureness } })),
        FRAME,
      ).map(({ breadth }) => breadth);
    };
    expect(breadths("unsure")).toEqual([1, 1, 1]);
    expect(breadths("likely")).toEqual([3, 3, 3]);
  });

  it("counts failures in twelve equal parts of the window", () => {
    const [issue] = groupIssues([diagnosed("a", 0, 503), diagnosed("b", 4, 503), diagnosed("c", 59, 503)], FRAME);
    expect(issue?.trend).toEqual([2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  });

  it("keeps an issue's id from one run to the next", () => {
    expect(issueId("zendesk", "W1", "http-503")).toBe("202b0b12570f");
    expect(issueId("zendesk", "W1http", "-503")).not.toBe(issueId("zendesk", "W1", "http-503"));
  });

  it("loses and doubles nothing, in whatever order the rows come", () => {
    const row = fc.record({
      minute: fc.nat(59),
      code: fc.constantFrom(404, 500, 503),
      webhook: fc.constantFrom("W1", "W2"),
    });
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const failed = rows.map(({ minute, code, webhook }, index) => diagnosed(`i${index}`, minute, code, webhook));
        const issues = groupIssues(failed, FRAME);
        const ids = issues.flatMap((issue) => issue.invocations.map(({ id }) => id));
        expect(ids.sort()).toEqual(failed.map(({ invocation }) => invocation.id).sort());
        expect(groupIssues(failed.toReversed(), FRAME)).toEqual(issues);
        for (const issue of issues) expect(issue.count).toBe(issue.invocations.length);
      }),
    );
  });
});
