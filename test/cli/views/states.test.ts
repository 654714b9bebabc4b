import { describe, expect, it } from "vitest";
import { attemptsText } from "../../../src/cli/views/attempts.ts";
import { failuresText } from "../../../src/cli/views/failures.ts";
import { invocationsText } from "../../../src/cli/views/invocations.ts";
import { webhooksText } from "../../../src/cli/views/webhooks.ts";
import type { WebhookHealth } from "../../../src/triage/issue.ts";
import { coverage, FRAME, invocation, issue, NOW, WINDOW, webhook, ZONE } from "./sample.ts";

describe("failures", () => {
  it("are issues, each with its next step and its latest invocations", () => {
    const issues = [issue("Jira sync", [5, 30, 90]), issue("Billing export", [600], { estimated: true, count: 40 })];
    const answer = {
      ...FRAME,
      coverage: [coverage("Jira sync", "complete")],
      totals: { failed: 43, pending: 2 },
      issues,
    };
    expect(failuresText(answer, ZONE)).toMatchInlineSnapshot(`
      "43 failed invocations in 2 issues · 2 pending
      Fri 20 Nov 2026 09:00 – Sat 21 Nov 2026 09:00 (Europe/Berlin, UTC+1) · as of Sat 21 Nov 09:00:00

      1. Jira sync (zendesk): The receiver answered 503 Service Unavailable
         3 failed · first Sat 21 Nov 07:30:00 · last Sat 21 Nov 08:55:00
         Next: Check the service behind the proxy of jira.acme.example.
         Sat 21 Nov 08:55:00  terminated  503  01M7YZ00000000000000000005
         Sat 21 Nov 08:30:00  terminated  503  01M7YZ00000000000000000030
         and 1 more
         Attempts: attempts zendesk 01KJ1RA0000000000000000000 01M7YZ00000000000000000005

      2. Billing export (zendesk): The receiver answered 503 Service Unavailable
         about 40 failed · first Fri 20 Nov 23:00:00 · last Fri 20 Nov 23:00:00
         Next: Check the service behind the proxy of jira.acme.example.
         Fri 20 Nov 23:00:00  terminated  503  01M7YZ00000000000000000600
         Attempts: attempts zendesk 01KJ1RA0000000000000000000 01M7YZ00000000000000000600"
    `);
  });

  it("are at least so many where not all was read", () => {
    const [all, part] = (["complete", "partial"] as const).map((state) => {
      const entries = [coverage("Jira sync", state)];
      const answer = {
        ...FRAME,
        coverage: entries,
        totals: { failed: 1, pending: 0 },
        issues: [issue("Jira sync", [5])],
      };
      return failuresText(answer, ZONE).split("\n")[0];
    });
    expect(all).toBe("1 failed invocation in 1 issue");
    expect(part).toBe("At least 1 failed invocation in 1 issue");
  });

  it("name no command with an id that a shell would obey", () => {
    const hostile = issue("Jira sync", [5]);
    const invocations = hostile.invocations.map((each) => ({ ...each, id: "x; rm -rf ." }));
    const answer = {
      ...FRAME,
      coverage: [coverage("Jira sync", "complete")],
      totals: { failed: 1, pending: 0 },
      issues: [{ ...hostile, invocations }],
    };
    expect(failuresText(answer, ZONE)).not.toContain("Attempts:");
  });

  it("that are none are said to be none only where all was read", () => {
    const none = { ...FRAME, totals: { failed: 0, pending: 0 }, issues: [] };
    const heads = [
      [coverage("Jira sync", "complete")],
      [coverage("Jira sync", "complete"), coverage("Billing export", "unknown")],
      [coverage("Jira sync", "unknown")],
      [],
    ].map((entries) => failuresText({ ...none, coverage: entries }, ZONE).split("\n")[0]);
    expect(heads).toMatchInlineSnapshot(`
      [
        "No failed invocations",
        "No failed invocations in the part that was read",
        "Unknown: nothing could be read",
        "No failed invocations: there is no webhook to look at",
      ]
    `);
  });

  it("name what is unknown, once for each reason, and the notes", () => {
    const missing = [{ from: new Date("2026-11-21T07:30:00Z"), to: NOW }];
    const answer = {
      ...FRAME,
      notes: [
        "3 invocations do not say which event it was for, so event: could not be applied there and left them out.",
      ],
      coverage: [
        coverage("Jira sync", "partial", { missing }),
        coverage("Billing export", "partial", { missing }),
        ...["A", "B", "C", "D", "E"].map((name) => coverage(name, "unknown")),
        coverage("Quiet", "complete"),
      ],
      totals: { failed: 0, pending: 0 },
      issues: [],
    };
    expect(failuresText(answer, ZONE)).toMatchInlineSnapshot(`
      "No failed invocations in the part that was read
      Fri 20 Nov 2026 09:00 – Sat 21 Nov 2026 09:00 (Europe/Berlin, UTC+1) · as of Sat 21 Nov 09:00:00
      Note: 3 invocations do not say which event it was for, so event: could not be applied there and left them out.
      Unknown: Zendesk, Jira sync, Billing export. Not read: 21 Nov 08:30 – 21 Nov 09:00. zendesk answered 503, failing since Sat 21 Nov 08:30.
      Unknown: Zendesk, A, B, C and 2 more webhooks: nothing of this window was read. zendesk answered 503, failing since Sat 21 Nov 08:30."
    `);
  });

  it("of a provider whose list could not be read are unknown for all webhooks", () => {
    const { webhookName: _, ...unlisted } = coverage("", "unknown", { webhookId: null });
    const answer = { ...FRAME, coverage: [unlisted], totals: { failed: 0, pending: 0 }, issues: [] };
    expect(failuresText(answer, ZONE)).toMatchInlineSnapshot(`
      "Unknown: nothing could be read
      Fri 20 Nov 2026 09:00 – Sat 21 Nov 2026 09:00 (Europe/Berlin, UTC+1) · as of Sat 21 Nov 09:00:00
      Unknown: Zendesk, all webhooks: nothing of this window was read. zendesk answered 503, failing since Sat 21 Nov 08:30."
    `);
  });
});

describe("invocations", () => {
  it("are a table, newest first", () => {
    const listed = [invocation(5), invocation(65, { status: "circuit broken", statusCode: undefined })].map(
      (each, at) => ({
        invocation: each,
        webhook: webhook(at === 0 ? "Jira sync" : "請求書"),
        issueId: "a",
        cause: issue("Jira sync", [5]).cause,
      }),
    );
    const answer = {
      ...FRAME,
      coverage: [coverage("Jira sync", "complete")],
      totals: { failed: 2, pending: 0 },
      invocations: listed,
    };
    expect(invocationsText(answer, ZONE)).toMatchInlineSnapshot(`
      "2 failed invocations
      Fri 20 Nov 2026 09:00 – Sat 21 Nov 2026 09:00 (Europe/Berlin, UTC+1) · as of Sat 21 Nov 09:00:00

      Sat 21 Nov 08:55:00  terminated      503  01M7YZ00000000000000000005  Jira sync  01KJ1RA0000000000000000000  The receiver answered 503 Service Unavailable
      Sat 21 Nov 07:55:00  circuit broken  -    01M7YZ00000000000000000065  請求書     01KJ1RA0000000000000000000  The receiver answered 503 Service Unavailable"
    `);
  });
});

describe("webhooks", () => {
  it("are a table in which unknown is never zero", () => {
    const counts = { succeeded: 0, failed: 0, pending: 0 };
    const webhooks: WebhookHealth[] = [
      {
        ...counts,
        webhook: webhook("Jira sync"),
        coverage: coverage("Jira sync", "complete"),
        failed: 3,
        succeeded: 20,
        lastFailureAt: new Date("2026-11-21T07:55:00Z"),
      },
      { ...counts, webhook: webhook("Billing"), coverage: coverage("Billing", "complete"), succeeded: 4 },
      { ...counts, webhook: webhook("Broken"), coverage: coverage("Broken", "unknown") },
      { ...counts, webhook: { ...webhook("Legacy"), active: false }, coverage: coverage("Legacy", "unknown") },
      { ...counts, webhook: webhook("Quiet"), coverage: coverage("Quiet", "complete") },
    ];
    const answer = { ...FRAME, coverage: webhooks.map((health) => health.coverage), webhooks };
    expect(webhooksText(answer, ZONE)).toMatchInlineSnapshot(`
      "5 webhooks
      Fri 20 Nov 2026 09:00 – Sat 21 Nov 2026 09:00 (Europe/Berlin, UTC+1) · as of Sat 21 Nov 09:00:00
      Unknown: Zendesk, Broken, Legacy: nothing of this window was read. zendesk answered 503, failing since Sat 21 Nov 08:30.

      WEBHOOK    PROVIDER  HEALTH   FAILED  OF  LAST FAILURE         ID
      Jira sync  zendesk   failing  3       23  Sat 21 Nov 08:55:00  01KJ1RA0000000000000000000
      Broken     zendesk   unknown  ?       ?   -                    01KJ1RA0000000000000000000
      Billing    zendesk   healthy  0       4   -                    01KJ1RA0000000000000000000
      Quiet      zendesk   quiet    0       0   -                    01KJ1RA0000000000000000000
      Legacy     zendesk   off      ?       ?   -                    01KJ1RA0000000000000000000"
    `);
  });
});

describe("attempts", () => {
  const ref = { provider: "zendesk", webhookId: "01KJ1RA0000000000000000000", id: "01M7YZ00000000000000000005" };

  it("are told oldest first, with what the receiver answered", () => {
    const attempts = [
      {
        invocationId: ref.id,
        index: 0,
        status: "throttled",
        outcome: "pending" as const,
        completedAt: WINDOW.from,
        maskedCount: 0,
      },
      {
        invocationId: ref.id,
        index: 1,
        status: "terminated",
        outcome: "failed" as const,
        statusCode: 503,
        completedAt: new Date("2026-11-20T08:01:30Z"),
        durationMs: 850,
        errorMessage: "upstream is gone",
        response: {
          headers: [
            { name: "Server", value: "nginx" },
            { name: "Retry-After", value: "120" },
          ],
          body: '{\r\n  "error": "busy"\r\n}',
          truncated: true,
        },
        maskedCount: 2,
      },
    ];
    expect(attemptsText({ ref, reading: { attempts, readAt: NOW } }, ZONE)).toMatchInlineSnapshot(`
      "2 attempts of invocation 01M7YZ00000000000000000005 (zendesk, webhook 01KJ1RA0000000000000000000)
      as of Sat 21 Nov 09:00:00 (Europe/Berlin)

      1. Fri 20 Nov 09:00:00 · throttled · no answer

      2. Fri 20 Nov 09:01:30 · after 1 min 30 s · terminated · 503 · 850 ms
         error: upstream is gone
         Server:       nginx
         Retry-After:  120

         {
           "error": "busy"
         }
         (cut here: the answer was longer)

      2 values masked in parts that are not shown here."
    `);
  });

  it("that were read before the provider failed say so", () => {
    const staleReason = "zendesk: answered 503 (GET /api/v2/webhooks).";
    expect(attemptsText({ ref, reading: { attempts: [], readAt: NOW, staleReason } }, ZONE)).toMatchInlineSnapshot(`
      "No attempts listed of invocation 01M7YZ00000000000000000005 (zendesk, webhook 01KJ1RA0000000000000000000)
      as of Sat 21 Nov 09:00:00 (Europe/Berlin)
      Not fresh: zendesk: answered 503 (GET /api/v2/webhooks)."
    `);
  });
});
