import { describe, expect, it } from "vitest";
import { statusMessage } from "../../../src/slack/views/status.ts";
import type { Finding } from "../../../src/triage/finding.ts";
import type { BudgetStatus, DigestStatus, ProviderStatus, StatusReport } from "../../../src/triage/status.ts";
import { readBlocks } from "./read.ts";
import { coverage, NOW, WINDOW } from "./sample.ts";

const ZENDESK: ProviderStatus = {
  id: "zendesk",
  state: "reachable",
  detail: "Reads as ops@example.com",
  budget: { limitPerMinute: 100, isTold: true, used: 37, usedByOthers: 0, queued: 2, spare: 63 },
  webhookCount: 2,
  readUntil: { whole: 2, of: 2, until: new Date("2026-11-21T05:51:30Z") },
  coverage: [coverage(), coverage({ webhookId: "b" })],
};

const UNTOLD: BudgetStatus = {
  limitPerMinute: 1_200,
  isTold: false,
  used: 0,
  usedByOthers: 0,
  queued: 0,
  spare: 1_200,
};

function report(changes: Partial<StatusReport> = {}): StatusReport {
  return {
    readAt: NOW,
    window: WINDOW,
    providers: [ZENDESK],
    database: "embedded",
    digests: { here: 0, elsewhere: 0 },
    findings: [],
    ...changes,
  };
}

function read(providers: ProviderStatus[]): string {
  return readBlocks(statusMessage(report({ providers })).blocks);
}

describe("status, as a person reads it", () => {
  it("says whether a provider can be read, its budget and how much was read", () => {
    expect(read([ZENDESK])).toBe(
      [
        "Zendesk can be read",
        "Zendesk: reachable",
        "Reads as ops@example.com.",
        "Budget: 37 requests in the last minute, limit 100 a minute, 2 requests waiting, less than a minute",
        "Complete for 2 of 2 webhooks: 2026-11-20 06:00 UTC to 2026-11-21 05:51 UTC (8 min ago)",
        "Database: embedded, in the bot's own files",
        "Digests: none. Set one up with /hooks digest daily at 09:00",
        "As of 2026-11-21 06:00:00 UTC",
      ].join("\n"),
    );
  });

  it("says since when and why a provider fails", () => {
    const failing: ProviderStatus = {
      id: "conductorone",
      state: "failing",
      since: new Date("2026-11-21T03:00:00Z"),
      detail: "It refuses our credentials: renew CONDUCTORONE_CLIENT_SECRET.",
      budget: UNTOLD,
      readUntil: { whole: 0, of: 0 },
      coverage: [coverage({ provider: "conductorone", webhookId: null, state: "unknown" })],
    };
    const text = read([ZENDESK, failing]);
    expect(text).toMatch(/^1 of 2 providers cannot be read\n/);
    expect(text).toContain("ConductorOne: failing since 2026-11-21 03:00 UTC\nIt refuses our credentials");
    expect(text).toContain(
      "Budget: 0 requests in the last minute, limit about 1,200 a minute (an estimate: ConductorOne tells none)\nWebhooks: unknown\nNothing was read yet; ConductorOne cannot be read",
    );
    expect(text).toContain("ConductorOne: unknown since 2026-11-20 06:00 UTC.");
  });

  it("says what others used of a budget, and until when it is paused", () => {
    const pausedUntil = new Date("2026-11-21T06:00:10Z");
    const budget = { ...ZENDESK.budget, usedByOthers: 12, queued: 1, pausedUntil };
    expect(read([{ ...ZENDESK, budget }])).toContain(
      "Budget: 37 requests in the last minute (12 by others), limit 100 a minute, 1 request waiting, less than a minute, paused until 2026-11-21 06:00:10 UTC",
    );
  });

  it("never claims the whole time while a provider fails: until when it was read, and since when it cannot be", () => {
    const until = new Date("2026-11-21T03:55:00Z");
    const since = new Date("2026-11-21T03:57:00Z");
    const missing = [{ from: until, to: NOW }];
    const cut = coverage({ state: "partial", missing });
    const readUntil = { whole: 1, of: 2, until };
    const text = read([{ ...ZENDESK, state: "failing", since, readUntil, coverage: [cut] }]);
    expect(text).toContain(
      "Complete for 1 of 2 webhooks: 2026-11-20 06:00 UTC to 2026-11-21 03:55 UTC (2 h 5 min ago); Zendesk cannot be read since 2026-11-21 03:57 UTC",
    );
    expect(text).toContain("Jira sync of Zendesk: partly unknown, since 2026-11-21 03:55 UTC.\n");
    expect(text.match(/cannot be read since/g)).toHaveLength(1);
    expect(text).not.toContain("to 2026-11-21 06:00 UTC");
  });

  it("counts the webhooks by themselves only where that is not said with what was read", () => {
    expect(read([ZENDESK])).not.toContain("Webhooks:");
    expect(read([{ ...ZENDESK, webhookCount: 5 }])).toContain("\nWebhooks: 5\nComplete for 2 of 2 webhooks: ");
    expect(read([{ ...ZENDESK, webhookCount: undefined }])).toContain("\nWebhooks: unknown\n");
  });

  it("says so where no webhook was read whole", () => {
    const none = { ...ZENDESK, readUntil: { whole: 0, of: 2 } };
    expect(read([none])).toContain("\nComplete for none of 2 webhooks yet\n");
    expect(read([{ ...none, state: "failing" }])).toContain(
      "\nComplete for none of 2 webhooks; Zendesk cannot be read\n",
    );
  });

  it("says absolutely for which time all was read, and in near days what happened when", () => {
    const since = new Date("2026-11-21T03:57:00Z");
    const { blocks } = statusMessage(report({ providers: [{ ...ZENDESK, state: "failing", since }] }));
    const dates = [...JSON.stringify(blocks).matchAll(/"format":"([^"]+)","fallback":"([^"]+)"/g)];
    expect(dates.map(([, format, fallback]) => `${fallback}: ${format}`)).toEqual([
      "2026-11-21 03:57 UTC: \u200b{date_short_pretty} {time}",
      "2026-11-20 06:00 UTC: \u200b{date_short} {time}",
      "2026-11-21 05:51 UTC: \u200b{date_short} {time}",
      "2026-11-21 03:57 UTC: \u200b{date_short_pretty} {time}",
      "2026-11-21 06:00:00 UTC: \u200b{date_short_pretty} {time_secs}",
    ]);
  });

  it("counts one request as one", () => {
    expect(read([{ ...ZENDESK, budget: { ...ZENDESK.budget, used: 1, queued: 0 } }])).toContain(
      "\nBudget: 1 request in the last minute, limit 100 a minute\n",
    );
  });

  it.each([
    ["nobody knows yet", undefined, "\nWebhooks: unknown\nNothing was read yet"],
    ["there are none", 0, "\nNo webhook to read"],
  ])("tells a provider whose webhooks were never listed from one without any: %s", (_how, webhookCount, told) => {
    expect(read([{ ...ZENDESK, webhookCount, readUntil: { whole: 0, of: 0 } }])).toContain(told);
  });

  it("does not call reachable what was never asked", () => {
    expect(
      read([{ id: "zendesk", state: "untried", budget: UNTOLD, readUntil: { whole: 0, of: 0 }, coverage: [] }]),
    ).toContain("Zendesk: not asked yet");
  });

  it("says why it was not asked yet, once", () => {
    const detail = "Not asked yet: its budget allows no request at this moment.";
    const text = read([
      { id: "zendesk", state: "untried", detail, budget: UNTOLD, readUntil: { whole: 0, of: 0 }, coverage: [] },
    ]);
    expect(text).toContain(`\nZendesk\n${detail}\nBudget: `);
  });

  it.each([
    [7, 1, "7 requests waiting, about 7 minutes"],
    [1, 1, "1 request waiting, about 1 minute"],
    [1_500, 100, "1,500 requests waiting, about 15 minutes"],
    [99, 100, "99 requests waiting, less than a minute"],
  ])("says how long %d requests wait at %d a minute", (queued, limitPerMinute, told) => {
    expect(read([{ ...ZENDESK, budget: { ...ZENDESK.budget, queued, limitPerMinute } }])).toContain(`, ${told}\n`);
  });

  it("tells apart those that are known until now from those that are not, and nobody asked about any", () => {
    const known = (id: string, from: string) =>
      coverage({
        webhookId: id,
        webhookName: id,
        state: "partial",
        missing: [{ from: new Date(from), to: NOW }],
      });
    const behind = ["a", "b"].map((id) => known(id, "2026-11-21T05:30:00Z"));
    const rest = ["c", "d", "e", "f"].map((id, index) => known(id, `2026-11-21T05:39:0${index}Z`));
    const text = read([{ ...ZENDESK, coverage: [...rest, ...behind] }]);
    expect(text).toContain("\na and b of Zendesk: partly unknown, since 2026-11-21 05:30 UTC.\n");
    expect(text).toContain("\nc, d, e and 1 more webhook of Zendesk: partly unknown, since 2026-11-21 05:39 UTC.\n");
    expect(read([{ ...ZENDESK, coverage: rest }])).toContain("\nAll 4 Zendesk webhooks: partly unknown, since");
  });

  it("does not call the only provider readable when it fails", () => {
    const { text } = statusMessage(report({ providers: [{ ...ZENDESK, state: "failing" }] }));
    expect(text).toBe("Zendesk cannot be read");
  });

  it("says that nothing is set up", () => {
    expect(read([])).toMatch(/^No provider is set up\n/);
  });

  const lastAt = new Date("2026-11-21T05:00:00Z");
  it.each<[DigestStatus, string]>([
    [{ here: 1, elsewhere: 0 }, "Digests: 1 in this channel, 0 in others · none was due yet"],
    [
      { here: 2, elsewhere: 3, last: { dueAt: lastAt, state: "posted", isHere: true } },
      "Digests: 2 in this channel, 3 in others · the last was due 2026-11-21 05:00 UTC, and was posted",
    ],
    [
      { here: 0, elsewhere: 3, last: { dueAt: lastAt, state: "undeliverable", isHere: false } },
      "Digests: 0 in this channel, 3 in others · the last anywhere was due 2026-11-21 05:00 UTC, and could not be posted",
    ],
  ])("says how the digests fare: %j", (digests, line) => {
    expect(readBlocks(statusMessage(report({ digests })).blocks)).toContain(line);
  });

  it("ends with what should be looked at, each with its mend, and says so in the notification", () => {
    const findings: Finding[] = [
      { check: "slack scopes", state: "fault", told: "users:read is missing", mend: "Add the scope users:read." },
      { check: "zendesk credentials", state: "warning", told: "API tokens stop working on 30 April 2027." },
    ];
    const message = statusMessage(report({ findings }));
    expect(message.text).toBe("Zendesk can be read. 2 things to mend");
    expect(readBlocks(message.blocks)).toMatch(
      /2 things to mend\nFault: users:read is missing\. Add the scope users:read\.\nWarning: API tokens stop working on 30 April 2027\.\s*$/,
    );
  });

  it("counts what it does not show", () => {
    const finding: Finding = { check: "x", state: "warning", told: "It is so." };
    const text = readBlocks(statusMessage(report({ findings: Array.from({ length: 11 }, () => finding) })).blocks);
    expect(text).toContain("11 things to mend");
    expect(text).toMatch(/3 more not shown; .*doctor.* tells all/);
  });
});
