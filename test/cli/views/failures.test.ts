import { describe, expect, it } from "vitest";
import { failuresText } from "../../../src/cli/views/failures.ts";
import { coverage, FRAME, issue, NOW, ZONE } from "./sample.ts";

/** Nobody can be sure of its cause; most of it was not read; it is over. */
function unsureIssue() {
  const { cause, ...rest } = issue("Billing export", [600]);
  const nextStep =
    "Open port 443 of jira.acme.example to the egress addresses of Zendesk, which its help centre lists, and see that it answers.";
  return {
    ...rest,
    cause: { ...cause, nextStep, sureness: "unsure" as const },
    count: 40,
    readCount: 6,
    assumedCount: 34,
    estimated: true,
    isOngoing: false,
    trend: [0, 0, 0, 0, 0, 0, 40, 0, 0, 0, 0, 0],
    breadth: 2,
  };
}

describe("failures", () => {
  it("are issues, each with its next step and its latest invocations", () => {
    const issues = [issue("Jira sync", [5, 30, 90]), unsureIssue()];
    const answer = {
      ...FRAME,
      coverage: [coverage("Jira sync", "complete")],
      totals: { failed: 43, pending: 2 },
      issues,
    };
    expect(failuresText(answer, ZONE)).toMatchInlineSnapshot(`
      "43 failed invocations in 2 issues · 2 pending
      Fri 20 Nov 2026 09:00 – Sat 21 Nov 2026 09:00 (Europe/Berlin, UTC+1) · as of Sat 21 Nov 09:00:00

      1. The receiver answered 503 Service Unavailable
         Jira sync · zendesk
         3 failed
         first Sat 21 Nov 07:30:00 · last Sat 21 Nov 08:55:00
         rising ▁▁▁▁▁▁▁▁▁▁▄▇
         Next: Check the service behind the proxy of jira.acme.example.
         Sat 21 Nov 08:55:00  terminated  503  01M7YZ00000000000000000005
         Sat 21 Nov 08:30:00  terminated  503  01M7YZ00000000000000000030
         and 1 more
         Attempts: attempts zendesk 01KJ1RA0000000000000000000 01M7YZ00000000000000000005

      2. The receiver answered 503 Service Unavailable
         Billing export · zendesk · same cause on 1 other webhook
         about 40 failed · 6 read, the others look the same
         first Fri 20 Nov 23:00:00 · last Fri 20 Nov 23:00:00
         none for 10 h ▁▁▁▁▁▁▇▁▁▁▁▁
         Not sure why: the attempts that were read do not say.
         Next: Open port 443 of jira.acme.example to the egress addresses of Zendesk,
         which its help centre lists, and see that it answers.
         Fri 20 Nov 23:00:00  terminated  503  01M7YZ00000000000000000600
         Attempts: attempts zendesk 01KJ1RA0000000000000000000 01M7YZ00000000000000000600

      Worst first: still failing in the last hour, then the most failures, then the
      most webhooks with the same cause."
    `);
  });

  it("does not call unknown what nobody has looked at yet, and says how to look", () => {
    const { cause, ...rest } = issue("Jira sync", [5]);
    const unread = { ...rest, cause: { ...cause, sureness: "unsure" as const }, readCount: 0, assumedCount: 0 };
    const text = failuresText({ ...FRAME, coverage: [], totals: { failed: 1, pending: 0 }, issues: [unread] }, ZONE);
    expect(text).toContain(
      "   Why: its attempts are not read yet.\n   Next: Read the attempts of one, with the command below:",
    );
    expect(text).toContain("\n   Attempts: attempts zendesk ");
    expect(text).not.toContain("Not sure");
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
