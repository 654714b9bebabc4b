import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { causeFromRow } from "../../src/triage/cause-from-row.ts";
import { type Diagnosed, groupIssues, issueId } from "../../src/triage/group.ts";
import { anInvocation, aWebhook } from "./samples.ts";

function diagnosed(id: string, minute: number, statusCode: number, webhookId = "W1"): Diagnosed {
  const webhook = aWebhook({ id: webhookId, name: webhookId });
  const latestCompletedAt = new Date(Date.UTC(2026, 10, 20, 9, minute));
  const invocation = anInvocation({ id, webhookId, statusCode, latestCompletedAt });
  return { invocation, webhook, cause: causeFromRow(invocation, webhook) };
}

describe("grouping by webhook and cause", () => {
  it("puts the same cause at the same webhook into one issue and another cause into another", () => {
    const issues = groupIssues([
      diagnosed("a", 1, 503),
      diagnosed("b", 5, 503),
      diagnosed("c", 3, 404),
      diagnosed("d", 4, 503, "W2"),
    ]);
    expect(issues.map((issue) => [issue.webhook.name, issue.cause.id, issue.count])).toEqual([
      ["W1", "http-503", 2],
      ["W2", "http-503", 1],
      ["W1", "http-404", 1],
    ]);
  });

  it("tells when it was first and last seen, and lists the newest first", () => {
    const [issue] = groupIssues([diagnosed("a", 1, 503), diagnosed("c", 9, 503), diagnosed("b", 5, 503)]);
    expect(issue?.firstSeenAt).toEqual(new Date(Date.UTC(2026, 10, 20, 9, 1)));
    expect(issue?.lastSeenAt).toEqual(new Date(Date.UTC(2026, 10, 20, 9, 9)));
    expect(issue?.invocations.map(({ id }) => id)).toEqual(["c", "b", "a"]);
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
        const issues = groupIssues(failed);
        const ids = issues.flatMap((issue) => issue.invocations.map(({ id }) => id));
        expect(ids.sort()).toEqual(failed.map(({ invocation }) => invocation.id).sort());
        expect(groupIssues(failed.toReversed())).toEqual(issues);
        for (const issue of issues) expect(issue.count).toBe(issue.invocations.length);
      }),
    );
  });
});
