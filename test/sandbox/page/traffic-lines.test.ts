import { describe, expect, it } from "vitest";
import { MOST_OF_A_PAIR, outgoing, shows } from "../../../sandbox/page/client/traffic-lines.ts";
import type { TrafficLine } from "../../../sandbox/page/wire.ts";

function line(id: number, more: Partial<TrafficLine> = {}): TrafficLine {
  const at = "2026-11-19T08:12:00Z";
  return { id, at, from: "bot", to: "Zendesk", what: "GET /webhooks", answer: "200", isFailure: false, ...more };
}

describe("what is kept", () => {
  const full = Array.from({ length: MOST_OF_A_PAIR }, (_, index) => line(index + 1));
  const rare = line(0, { from: "Slack", to: "bot" });

  it.each([
    ["makes room among those between the same two", line(9_999), 1],
    ["takes the place of nothing between two others", line(9_999, { to: "Slack" }), -1],
    ["goes the other way", rare, -1],
  ])("a line that %s", (_name, next, index) => {
    expect(outgoing([rare, ...full], next)).toBe(index);
  });
});

describe("a filter", () => {
  const one = line(1, { from: "Slack", to: "bot", what: "slash_commands /hooks", answer: "ok", durationMs: 12.4 });

  it.each([
    ["", true],
    ["Slack → bot", true],
    ["slack → BOT slash_commands", true],
    [" 09:12:00 ", true],
    ["12 ms", true],
    ["bot → Slack", false],
    ["zendesk", false],
  ])("by %j: %s", (words, isShown) => {
    expect(shows(one, words, "Europe/Berlin")).toBe(isShown);
  });
});
