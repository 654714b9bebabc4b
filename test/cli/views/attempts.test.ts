import { describe, expect, it } from "vitest";
import { attemptsText } from "../../../src/cli/views/attempts.ts";
import { issue, NOW, WINDOW, ZONE } from "./sample.ts";

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

  it("say the cause and which line told it, on the attempt that did", () => {
    const attempt = (index: number, errorMessage: string) => ({
      invocationId: ref.id,
      index,
      status: "failed",
      outcome: "failed" as const,
      errorMessage,
      maskedCount: 0,
    });
    const telling = { place: "error", text: "dial tcp: connection refused" } as const;
    const { nextStep: _, ...cause } = issue("Jira sync", [5]).cause;
    const diagnosis = { reading: { ...cause, telling, masked: [] }, rules: 1, attemptIndex: 0 };
    const attempts = [attempt(0, "Post: dial tcp: connection refused"), attempt(1, "circuit open")];
    const reading = { attempts, readAt: NOW, diagnosis };
    expect(attemptsText({ ref, reading }, ZONE).split("\n").slice(2)).toEqual([
      "",
      "Cause: The receiver answered 503 Service Unavailable",
      "",
      "1. time unknown · failed · no answer",
      "   In its error text this line told the cause:",
      "     dial tcp: connection refused",
      "   error: Post: dial tcp: connection refused",
      "",
      "2. time unknown · failed · no answer",
      "   error: circuit open",
    ]);
    const unsure = { ...diagnosis, reading: { ...cause, sureness: "unsure" as const, masked: [] } };
    const told = attemptsText({ ref, reading: { ...reading, diagnosis: unsure } }, ZONE);
    expect(told).toContain("\nNot sure why: the attempts that were read do not say.\n");
    expect(told).toContain("\n   No line of it tells more than its code or status.\n");
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
