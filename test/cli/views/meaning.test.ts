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

      1. The receiver answered 503 Service Unavailable
         Badge access · conductorone
         3 failed
         first Sat 21 Nov 07:30:00 · last Sat 21 Nov 08:55:00
         rising ▁▁▁▁▁▁▁▁▁▁▄▇
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
    expect(text.match(/What it meant: At least 2 access requests fell back to manual provisioning\./g)).toHaveLength(2);
  });

  it("stands above invocations one by one", () => {
    const listed = { webhook: BADGES, issueId: "a", isAssumed: false, cause: badges.cause };
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
  expect(attemptsText({ ref, reading }, ZONE)).toMatchInlineSnapshot(`
    "1 attempt of invocation i5 (conductorone, webhook 2hook)
    as of Sat 21 Nov 09:00:00 (Europe/Berlin)

    1. Sat 21 Nov 09:00:00 · fatal error
       error: unexpected status code 503

    ConductorOne tells when it tried and how that ended, but neither requests nor responses."
  `);
  const because = attemptsText({ ref, reading: { ...reading, timelineOnlyBecause: "There is no more." } }, ZONE);
  expect(because).toMatch(/There is no more\.$/);
});

describe("the attempts of an invocation that the store knows", () => {
  const [one] = invocations;
  const listed = one && {
    invocation: one,
    webhook: BADGES,
    issueId: "a",
    isAssumed: false,
    cause: badges.cause,
    sourceUrl: PAGE,
  };
  const ref = { provider: "conductorone", webhookId: HOOK, id: "i5" };
  const bare = { invocationId: "i5", status: "WEBHOOK_STATE_ERROR", outcome: "failed" as const, maskedCount: 0 };

  it("say to which webhook it went, how it ended, what made it be sent and what to do, then each with its gap", () => {
    const attempts = [
      { ...bare, index: 0, startedAt: new Date("2026-11-21T07:54:40Z") },
      { ...bare, index: 1, startedAt: new Date("2026-11-21T07:54:49.500Z") },
      {
        ...bare,
        index: 2,
        status: "WEBHOOK_STATE_FATAL_ERROR",
        startedAt: new Date("2026-11-21T07:55:00Z"),
        errorMessage: "unexpected status code 503",
      },
    ];
    const reading = { attempts, readAt: NOW, detail: "timeline" as const, timelineOnlyBecause: "There is no more." };
    expect(attemptsText({ ref, listed, reading }, ZONE)).toMatchInlineSnapshot(`
      "3 attempts of invocation i5 (conductorone, webhook 2hook)
      as of Sat 21 Nov 09:00:00 (Europe/Berlin)

      Badge access · fatal error · created Sat 21 Nov 08:55:00 · ended Sat 21 Nov 08:55:00
      Cause: The receiver answered 503 Service Unavailable
      What it meant: 1 access request fell back to manual provisioning.
      Sent because of: provisioning step of access request 2mqT1  https://acme.conductor.one/task/2mqT1
      Next: Check the service behind the proxy of jira.acme.example.

      1. Sat 21 Nov 08:54:40 · error
      2. Sat 21 Nov 08:54:49 · after 9.5 s · error
      3. Sat 21 Nov 08:55:00 · after 10.5 s · fatal error
         error: unexpected status code 503

      There is no more."
    `);
  });

  it("are never told as none where the provider does not list them", () => {
    const told = "Its execution log has them.";
    const reading = { attempts: [], readAt: NOW, detail: "timeline" as const, noneBecause: told };
    expect(attemptsText({ ref, listed, reading }, ZONE)).toMatchInlineSnapshot(`
      "Attempts of invocation i5 (conductorone, webhook 2hook)
      as of Sat 21 Nov 09:00:00 (Europe/Berlin)

      Badge access · fatal error · created Sat 21 Nov 08:55:00 · ended Sat 21 Nov 08:55:00
      Cause: The receiver answered 503 Service Unavailable
      What it meant: 1 access request fell back to manual provisioning.
      Sent because of: provisioning step of access request 2mqT1  https://acme.conductor.one/task/2mqT1
      Next: Check the service behind the proxy of jira.acme.example.

      Its execution log has them."
    `);
    expect(attemptsText({ ref, reading }, ZONE)).not.toMatch(/\b(0|no) attempts|sent nothing|nothing was sent/i);
  });
});
