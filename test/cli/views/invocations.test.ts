import { describe, expect, it } from "vitest";
import { invocationsText } from "../../../src/cli/views/invocations.ts";
import { coverage, FRAME, invocation, issue, webhook, ZONE } from "./sample.ts";

describe("invocations", () => {
  it("are a table, newest first", () => {
    const listed = [invocation(5), invocation(65, { status: "circuit broken", statusCode: undefined })].map(
      (each, at) => ({
        invocation: each,
        webhook: webhook(at === 0 ? "Jira sync" : "請求書"),
        issueId: "a",
        cause: issue("Jira sync", [5]).cause,
        isAssumed: at === 1,
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
      Sat 21 Nov 07:55:00  circuit broken  -    01M7YZ00000000000000000065  請求書     01KJ1RA0000000000000000000  The receiver answered 503 Service Unavailable (assumed)"
    `);
  });
});
