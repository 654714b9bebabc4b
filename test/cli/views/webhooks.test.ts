import { describe, expect, it } from "vitest";
import { webhooksText } from "../../../src/cli/views/webhooks.ts";
import type { WebhookHealth } from "../../../src/triage/issue.ts";
import { coverage, FRAME, webhook, ZONE } from "./sample.ts";

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
