import { describe, expect, it } from "vitest";
import { statusMessage } from "../../../src/slack/views/status.ts";
import type { ProviderStatus } from "../../../src/triage/status.ts";
import { readBlocks } from "./read.ts";
import { coverage, NOW, WINDOW } from "./sample.ts";

const ZENDESK: ProviderStatus = {
  id: "zendesk",
  state: "reachable",
  detail: "Reads as ops@example.com",
  rateLimit: { limitPerMinute: 100, remaining: 60, seenAt: new Date("2026-11-21T05:59:00Z") },
  webhookCount: 2,
  coverage: [coverage(), coverage({ webhookId: "b" })],
};

function read(providers: ProviderStatus[]): string {
  return readBlocks(statusMessage({ readAt: NOW, window: WINDOW, providers, database: "embedded" }).blocks);
}

describe("status, as a person reads it", () => {
  it("says whether a provider can be read, its rate limit and how much was read", () => {
    expect(read([ZENDESK])).toBe(
      [
        "Zendesk can be read",
        "Zendesk: reachable",
        "Reads as ops@example.com.",
        "Rate limit: 100 a minute, 60 left · seen 2026-11-21 05:59:00 UTC",
        "Webhooks: 2",
        "Read whole: 2 of 2 webhooks · 2026-11-20 06:00 UTC to 2026-11-21 06:00 UTC",
        "Database: embedded, in the bot's own files",
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
      coverage: [coverage({ provider: "conductorone", webhookId: null, state: "unknown" })],
    };
    const text = read([ZENDESK, failing]);
    expect(text).toMatch(/^1 of 2 providers cannot be read\n/);
    expect(text).toContain("ConductorOne: failing since 2026-11-21 03:00 UTC\nIt refuses our credentials");
    expect(text).toContain("Rate limit: not told yet\nWebhooks: unknown\nRead whole: no webhook");
    expect(text).toContain("ConductorOne: unknown since 2026-11-20 06:00 UTC.");
  });

  it("does not call reachable what was never asked", () => {
    expect(read([{ id: "zendesk", state: "untried", coverage: [] }])).toContain("Zendesk: not asked yet");
  });

  it("does not call the only provider readable when it fails", () => {
    const { text } = statusMessage({
      readAt: NOW,
      window: WINDOW,
      providers: [{ ...ZENDESK, state: "failing" }],
      database: "embedded",
    });
    expect(text).toBe("Zendesk cannot be read");
  });

  it("says that nothing is set up", () => {
    expect(read([])).toMatch(/^No provider is set up\n/);
  });
});
