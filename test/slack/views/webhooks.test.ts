import { describe, expect, it } from "vitest";
import { webhooksMessage } from "../../../src/slack/views/webhooks.ts";
import type { WebhookHealth, WebhooksAnswer } from "../../../src/triage/issue.ts";
import { readBlocks } from "./read.ts";
import { ASK, coverage, NOW, WINDOW, webhook } from "./sample.ts";

const UNKNOWN = coverage({ state: "unknown", reason: "Zendesk is down." });
const PARTIAL = coverage({ state: "partial", missing: [{ from: new Date("2026-11-21T05:00:00Z"), to: NOW }] });

function health(name: string, changes: Partial<WebhookHealth> = {}): WebhookHealth {
  return {
    webhook: webhook({ id: name, name }),
    coverage: coverage({ webhookId: name }),
    succeeded: 0,
    failed: 0,
    pending: 0,
    ...changes,
  };
}

function answer(webhooks: WebhookHealth[]): WebhooksAnswer {
  return { window: WINDOW, asOf: NOW, coverage: webhooks.map((entry) => entry.coverage), notes: [], webhooks };
}

const MIXED = answer([
  health("Jira", { failed: 12, succeeded: 1_328, lastFailureAt: new Date("2026-11-21T05:31:00Z") }),
  health("Billing", { succeeded: 7, pending: 1 }),
  health("Old", { webhook: webhook({ id: "Old", name: "Old", active: false }) }),
  health("Mail", { coverage: { ...UNKNOWN, webhookId: "Mail", webhookName: "Mail" } }),
  health("Night"),
]);

describe("webhooks, as a person reads them", () => {
  it("compares them, worst first, and never calls healthy what was not read", () => {
    expect(readBlocks(webhooksMessage(MIXED, ASK).blocks)).toBe(
      [
        "5 webhooks: 1 failing, 1 unknown, 1 healthy, 1 quiet, 1 off",
        "Since 2026-11-20 06:00 UTC · as of 2026-11-21 06:00 UTC",
        ":warning: Not everything is known",
        "Mail of Zendesk: unknown since 2026-11-20 06:00 UTC. Zendesk is down.",
        "Webhook | Health | Failed | Last failure",
        "Jira | failing | 12 of 1,340 | 2026-11-21 05:31 UTC",
        "Mail | unknown | unknown | –",
        "Billing | healthy | 0 of 8 | –",
        "Night | quiet | 0 of 0 | –",
        "Old | off | 0 of 0 | –",
        "<@U024BE7LH> asked:/hooks failures last 24htimes as in Europe/Berlin",
      ].join("\n"),
    );
  });

  it("says the same in classic blocks", () => {
    const text = readBlocks(webhooksMessage(MIXED, ASK).classic ?? []);
    expect(text).toContain("Jira: failing, 12 of 1,340, last 2026-11-21 05:31 UTC\nMail: unknown, unknown\n");
  });

  it.each([
    ["has failures in the known part", { coverage: PARTIAL, failed: 2, succeeded: 3 }, "failing | 2 of 5 known"],
    ["has none in the known part", { coverage: PARTIAL, succeeded: 3 }, "unknown | 0 of 3 known"],
  ])("says that a count is of the known part when a webhook %s", (_what, changes, row) => {
    expect(readBlocks(webhooksMessage(answer([health("Jira", changes)]), ASK).blocks)).toContain(row);
  });

  it("shows the worst of many and says how many are left out", () => {
    const many = Array.from({ length: 250 }, (_, index) =>
      health(`Webhook ${index}`, index === 249 ? { failed: 1 } : {}),
    );
    const { blocks, classic } = webhooksMessage(answer(many), ASK);
    for (const form of [blocks, classic ?? []]) {
      const text = readBlocks(form);
      const rows = text.match(/quiet, 0|quiet \||failing, 1|failing \|/g)?.length ?? 0;
      expect(text).toMatch(/Webhook 249(:| \|) failing/);
      expect(rows).toBeGreaterThan(40);
      expect(text).toContain(`${250 - rows} more webhooks not shown. Narrow it`);
    }
  });

  it("does not say that there are none when their list could not be read", () => {
    const unread = { ...answer([]), coverage: [{ ...UNKNOWN, webhookId: null }] };
    expect(readBlocks(webhooksMessage(unread, ASK).blocks)).toMatch(/^Unknown: the webhooks could not be read\n/);
  });

  it("says that there are none", () => {
    const { blocks, classic } = webhooksMessage(answer([]), ASK);
    expect(readBlocks(blocks)).toMatch(/^No webhooks found\n/);
    expect(classic).toBeUndefined();
  });

  it("names the provider of each where there are several", () => {
    const badges = webhook({ provider: "conductorone", id: "Badges", name: "Badges" });
    const { blocks, classic } = webhooksMessage(answer([health("Jira"), health("Badges", { webhook: badges })]), ASK);
    expect(readBlocks(blocks)).toContain("Webhook | Health | Failed | Last failure | Provider");
    expect(readBlocks(blocks)).toContain("Badges | quiet | 0 of 0 | – | ConductorOne");
    expect(readBlocks(classic ?? [])).toContain("Jira · Zendesk: quiet, 0 of 0");
  });
});
