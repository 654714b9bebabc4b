import { describe, expect, it } from "vitest";
import { clockFinding, readClock } from "../../src/triage/clock-skew.ts";

const OURS = new Date("2026-11-21T12:00:00Z");

function skewedBy(ms: number) {
  return clockFinding("Slack", { theirs: new Date(OURS.getTime() - ms), ours: OURS });
}

describe("this machine's clock", () => {
  it.each([0, 500, -59_000, 60_000])("agrees with another's that is %i ms apart", (ms) => {
    const finding = skewedBy(ms);
    expect(finding.state).toBe("ok");
    expect(finding.mend).toBeUndefined();
  });

  it.each([
    [61_000, "warning", "61 s ahead of Slack's"],
    [-90_000, "warning", "90 s behind Slack's"],
    [5 * 60_000, "warning", "5 minutes ahead of"],
    [5 * 60_000 + 1_000, "fault", "5 minutes ahead of"],
    [-3 * 3_600_000, "fault", "3 hours behind"],
    [90 * 86_400_000, "fault", "90 days ahead of"],
  ])("that is %i ms off is a %s: %s", (ms, state, words) => {
    const finding = skewedBy(ms);
    expect(finding.state).toBe(state);
    expect(finding.told).toContain(words);
    expect(finding.mend).toContain("NTP");
  });

  it.each([null, "", "yesterday", "<script>"])("cannot be read off the header %j", (header) => {
    expect(readClock(header, OURS)).toBeUndefined();
  });

  it("is read off an answer's Date header", () => {
    const reading = readClock("Sat, 21 Nov 2026 11:59:14 GMT", OURS);
    expect(reading).toEqual({ theirs: new Date("2026-11-21T11:59:14Z"), ours: OURS });
  });
});
