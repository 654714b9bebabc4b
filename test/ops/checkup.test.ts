import { describe, expect, it } from "vitest";
import { nodeFinding, PINNED_NODE, processChecks, zonesFinding } from "../../src/ops/checkup.ts";
import { runChecks } from "../../src/ops/run-checks.ts";
import type { Finding } from "../../src/triage/finding.ts";
import { offsetMinutes } from "../../src/triage/time-zone.ts";

const never = () => new Promise<never>(() => undefined);

function ok(check: string): Finding {
  return { check, state: "ok", told: "It is well." };
}

describe("what the process stands on", () => {
  it("is in order here", async () => {
    const findings = await runChecks(processChecks("Europe/Kyiv"), { limitMs: 1_000 });
    expect(findings.map(({ check, state }) => [check, state])).toEqual([
      ["node", "ok"],
      ["time zones", "ok"],
    ]);
  });

  it.each([
    ["26.10.0", "ok"],
    ["26.10.1", "ok"],
    ["26.11.0", "ok"],
    ["28.0.0", "ok"],
    ["26.9.9", "warning"],
    ["24.20.0", "warning"],
  ])("is Node %s: %s", (running, state) => {
    const finding = nodeFinding(running, "26.10.0");
    expect(finding.state).toBe(state);
    if (state !== "ok") expect(finding.mend).toContain("npm ci");
  });

  it("names the Node that npm brings along", () => {
    expect(PINNED_NODE).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it("is a fault where clocks would change at the wrong moment", () => {
    const finding = zonesFinding("UTC", (zone, at) => (zone === "Europe/Berlin" ? 60 : offsetMinutes(zone, at)));
    expect(finding).toMatchObject({ state: "fault", told: expect.stringContaining("Europe/Berlin, 2026-03-29") });
    expect(finding.mend).toContain("full ICU");
  });

  it("is a fault where a zone with a new name is not known", () => {
    const finding = zonesFinding("UTC", (zone, at) => (zone === "Europe/Kyiv" ? Number.NaN : offsetMinutes(zone, at)));
    expect(finding).toMatchObject({ state: "fault", told: expect.stringContaining("Europe/Kyiv") });
  });

  it("is a fault where the zone of the configuration is not known", () => {
    expect(zonesFinding("Mars/Olympus")).toMatchObject({
      state: "fault",
      told: expect.stringContaining("Mars/Olympus"),
    });
  });
});

describe("checks that run side by side", () => {
  it("are told in their own order, and one that hangs or fails keeps no other from being told", async () => {
    const findings = await runChecks(
      [
        { name: "hangs", run: never },
        { name: "works", run: async () => [ok("works"), ok("works too")] },
        { name: "fails", run: () => Promise.reject(new Error("it broke, password=hunter2hunter2")) },
        { name: "has nothing to say", run: async () => [] },
      ],
      { limitMs: 50 },
    );
    expect(findings.map(({ check, state }) => [check, state])).toEqual([
      ["hangs", "unknown"],
      ["works", "ok"],
      ["works too", "ok"],
      ["fails", "unknown"],
    ]);
    expect(findings[0]?.told).toBe("No answer within 0.1 s.");
    expect(findings[3]?.told).toMatch(/^This could not be checked: it broke, password=(?!hunter2)/);
  });

  it("are asked to end a little before nobody listens, so that they can say why", async () => {
    const saysWhy = (signal: AbortSignal) =>
      new Promise<Finding[]>((resolve) => signal.addEventListener("abort", () => resolve([ok("said why")])));
    const findings = await runChecks([{ name: "slow", run: saysWhy }], { limitMs: 100 });
    expect(findings).toEqual([ok("said why")]);
  });

  it("end at once when they are interrupted", async () => {
    const interruption = new AbortController();
    const running = runChecks([{ name: "hangs", run: never }], { limitMs: 60_000, signal: interruption.signal });
    interruption.abort(new Error("interrupted"));
    await expect(running).rejects.toThrow("interrupted");
  });
});
