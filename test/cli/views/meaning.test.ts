import { describe, expect, it } from "vitest";
import { attemptsText } from "../../../src/cli/views/attempts.ts";
import { failuresText } from "../../../src/cli/views/failures.ts";
import { invocationsText } from "../../../src/cli/views/invocations.ts";
import { coverage, FRAME, invocation, issue, NOW, webhook, ZONE } from "./sample.ts";

const PAGE = "https://acme.conductor.one/task/2mqT1";
const HOOK = "2hook";
const BADGES = { ...webhook("Badge access", HOOK), provider: "conductorone" };

function stuck(minutesAgo: number, ref: string) {
  const source = { kind: "provisionStep", ref };
  const of = { provider: "conductorone", webhookId: HOOK, id: `i${minutesAgo}`, source };
  return invocation(minutesAgo, { ...of, status: "WEBHOOK_STATE_FATAL_ERROR", statusCode: undefined });
}

const invocations = [stuck(5, "2mqT1"), stuck(30, "2mqT1"), stuck(90, "2mqT2")];
const sourceUrls = new Map([["i5", PAGE]]);
const badges = issue("Badge access", [5, 30, 90], {
  provider: "conductorone",
  webhook: BADGES,
  invocations,
  sourceUrls,
});
const covered = coverage("Badge access", "complete", { provider: "conductorone", webhookId: HOOK });

describe("what failures meant, in a terminal", () => {
  it("stands with the issue, with the page of what it belonged to", () => {
    const totals = { failed: 3, pending: 0 };
    expect(failuresText({ ...FRAME, coverage: [covered], totals, issues: [badges] }, ZONE)).toMatchInlineSnapshot(`
      "3 failed invocations in 1 issue
      Fri 20 Nov 2026 09:00 – Sat 21 Nov 2026 09:00 (Europe/Berlin, UTC+1) · as of Sat 21 Nov 09:00:00

      1. Badge access (conductorone): The receiver answered 503 Service Unavailable
         3 failed · first Sat 21 Nov 07:30:00 · last Sat 21 Nov 08:55:00
         What it meant: 2 access requests fell back to manual provisioning.
         Next: Check the service behind the proxy of jira.acme.example.
         Sat 21 Nov 08:55:00  fatal error  -  i5   provisioning step of access request 2mqT1  https://acme.conductor.one/task/2mqT1
         Sat 21 Nov 08:30:00  fatal error  -  i30  provisioning step of access request 2mqT1
         and 1 more
         Attempts: attempts conductorone 2hook i5"
    `);
  });

  it("stands above several issues, and is no more than at least where not all was read", () => {
    const totals = { failed: 4, pending: 0 };
    const unread = { ...covered, state: "unknown" as const, reason: "It is down." };
    const text = failuresText({ ...FRAME, coverage: [unread], totals, issues: [badges, issue("Jira", [5])] }, ZONE);
    expect(text.match(/What it meant: at least 2 access requests fell back to manual provisioning\./g)).toHaveLength(2);
  });

  it("stands above invocations one by one", () => {
    const listed = { webhook: BADGES, issueId: "a", cause: badges.cause };
    const rows = invocations.map((one, index) => ({
      ...listed,
      invocation: one,
      ...(index === 0 && { sourceUrl: PAGE }),
    }));
    const answer = { ...FRAME, coverage: [covered], totals: { failed: 3, pending: 0 }, invocations: rows };
    const text = invocationsText(answer, ZONE);
    expect(text).toContain("What it meant: 2 access requests fell back to manual provisioning.");
    expect(text).toContain(`provisioning step of access request 2mqT1  ${PAGE}`);
  });

  it("shows no address that it would not open", () => {
    const odd = { ...badges, sourceUrls: new Map([["i5", "http://acme.conductor.one/x"]]) };
    const totals = { failed: 3, pending: 0 };
    expect(failuresText({ ...FRAME, coverage: [covered], totals, issues: [odd] }, ZONE)).not.toContain("http");
  });
});

it("attempts of a provider that tells a timeline alone are that, and why there is no more", () => {
  const status = "WEBHOOK_STATE_FATAL_ERROR";
  const attempts = [
    {
      invocationId: "i5",
      index: 0,
      status,
      outcome: "failed" as const,
      startedAt: NOW,
      errorMessage: "unexpected status code 503",
      maskedCount: 0,
    },
  ];
  const ref = { provider: "conductorone", webhookId: HOOK, id: "i5" };
  const reading = { attempts, readAt: NOW, detail: "timeline" as const };
  expect(attemptsText(ref, reading, ZONE)).toMatchInlineSnapshot(`
    "1 attempt of invocation i5 (conductorone, webhook 2hook)
    as of Sat 21 Nov 09:00:00 (Europe/Berlin)

    1. Sat 21 Nov 09:00:00 · fatal error
       error: unexpected status code 503

    ConductorOne tells when it tried and how that ended, but neither requests nor responses."
  `);
  const because = attemptsText(ref, { ...reading, timelineOnlyBecause: "There is no more." }, ZONE);
  expect(because).toMatch(/There is no more\.$/);
});
