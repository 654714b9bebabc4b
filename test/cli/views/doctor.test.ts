import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { configFindings, type Diagnosis, doctorResult } from "../../../src/cli/doctor.ts";
import { doctorText } from "../../../src/cli/views/doctor.ts";
import { freeSpaceFinding } from "../../../src/store/checkup.ts";
import type { Finding } from "../../../src/triage/finding.ts";
import { obeyedIn } from "../obeyed.ts";

const AS_OF = new Date("2026-11-21T12:00:00Z");
const OK: Finding = { check: "node", state: "ok", told: "Runs on Node 26.10.0." };
const WARNING: Finding = { check: "disk space", state: "warning", told: "9 MB are free.", mend: "Make room." };
const FAULT: Finding = { check: "slack token", state: "fault", told: "Slack does not know it.", mend: "Copy it anew." };
const UNKNOWN: Finding = { check: "database", state: "unknown", told: "No answer within 10 s." };

function result(findings: Finding[], more: Partial<Diagnosis> = {}) {
  const diagnosis: Diagnosis = {
    asOf: AS_OF,
    findings,
    hasConfigFaults: false,
    secrets: [],
    timeZone: "UTC",
    json: false,
    ...more,
  };
  return doctorResult(diagnosis);
}

describe("findings, as a person reads them", () => {
  it("have a line each in columns, and the mend under it", () => {
    expect(doctorText({ asOf: AS_OF, findings: [OK, WARNING, FAULT] }, "Europe/Berlin").split("\n")).toEqual([
      "1 fault, 1 warning · as of Sat 21 Nov 13:00:00",
      "",
      "ok       node         Runs on Node 26.10.0.",
      "warning  disk space   9 MB are free.",
      "                      mend: Make room.",
      "fault    slack token  Slack does not know it.",
      "                      mend: Copy it anew.",
    ]);
  });

  it.each([
    [[OK, OK], "All is in order: 2 findings"],
    [[UNKNOWN], "1 unknown"],
    [[FAULT, FAULT, UNKNOWN, WARNING], "2 faults, 1 unknown, 1 warning"],
  ])("begin with their sum: %#", (findings, title) => {
    expect(doctorText({ asOf: AS_OF, findings }, "UTC").split(" · ")[0]).toBe(title);
  });

  it("never hold what a terminal obeys, as text and as JSON, and are one document", () => {
    const text = fc.string({ unit: "binary" });
    const finding = fc.record({
      check: text,
      state: fc.constantFrom<Finding["state"]>("ok", "warning", "fault", "unknown"),
      told: text,
      mend: text,
    });
    fc.assert(
      fc.property(fc.array(finding, { maxLength: 5 }), (findings) => {
        expect(obeyedIn(result(findings).stdout)).toEqual([]);
        const { stdout } = result(findings, { json: true });
        expect(obeyedIn(stdout)).toEqual([]);
        expect(JSON.parse(stdout).findings).toHaveLength(findings.length);
      }),
    );
  });
});

describe("the exit code of findings", () => {
  it.each<[Finding[], boolean, number]>([
    [[OK], false, 0],
    [[OK, WARNING], false, 0],
    [[UNKNOWN], false, 1],
    [[WARNING, FAULT], false, 1],
    [[OK], true, 2],
    [[FAULT], true, 2],
  ])("%#", (findings, hasConfigFaults, exitCode) => {
    expect(result(findings, { hasConfigFaults }).exitCode).toBe(exitCode);
    expect(result(findings, { hasConfigFaults, json: true }).exitCode).toBe(exitCode);
  });
});

describe("findings", () => {
  it("hold none of our secrets, wherever they came from", () => {
    const leaky: Finding = { ...FAULT, told: "It said s3cret-value.", mend: "Not s3cret-value." };
    const { stdout } = result([leaky], { secrets: ["s3cret-value"] });
    expect(stdout).not.toContain("s3cret-value");
  });

  it("of the configuration are split into what is wrong and what would be right", () => {
    expect(configFindings(["PORT: “x; y” is not a port; give a whole number from 0 to 65535."])).toEqual([
      {
        check: "configuration",
        state: "fault",
        told: "PORT: “x; y” is not a port.",
        mend: "Give a whole number from 0 to 65535.",
      },
    ]);
    expect(configFindings(["odd"])).toMatchObject([{ state: "fault", told: "odd", mend: expect.any(String) }]);
  });

  it.each([
    [500 * 1024 * 1024, "ok"],
    [500 * 1024 * 1024 - 1, "warning"],
    [0, "warning"],
  ])("of a disk with %i bytes free: %s", (bytes, state) => {
    expect(freeSpaceFinding("/data", bytes).state).toBe(state);
  });
});
