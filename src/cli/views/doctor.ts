import type { Finding } from "../../triage/finding.ts";
import { counted, formatInstant, indent, plain, table } from "./text.ts";

/** What `doctor` found, as of when. */
export interface Findings {
  asOf: Date;
  findings: readonly Finding[];
}

/** One line for each finding, and its mend under it. */
export function doctorText({ asOf, findings }: Findings, timeZone: string): string {
  const rows = table(findings.map(({ state, check }) => [state, plain(check)]));
  const width = Math.max(0, ...rows.map((row) => row.length)) + GAP.length;
  const lines = findings.flatMap(({ told, mend }, index) => [
    `${(rows[index] ?? "").padEnd(width)}${plain(told)}`,
    ...(mend === undefined ? [] : indent([`mend: ${plain(mend)}`], " ".repeat(width))),
  ]);
  return [`${titleOf(findings)} · as of ${formatInstant(asOf, timeZone)}`, "", ...lines].join("\n");
}

/** The document of `doctor --json`. */
export function doctorJson({ asOf, findings }: Findings): object {
  return { asOf, findings: findings.map(({ check, state, told, mend }) => ({ check, state, told, mend })) };
}

const GAP = "  ";

function titleOf(findings: readonly Finding[]): string {
  const count = (state: Finding["state"]) => findings.filter((finding) => finding.state === state).length;
  const [faults, unknown, warnings] = [count("fault"), count("unknown"), count("warning")];
  if (faults + unknown + warnings === 0) return `All is in order: ${counted(findings.length, "finding")}`;
  const parts = [
    faults > 0 && counted(faults, "fault"),
    unknown > 0 && `${unknown} unknown`,
    warnings > 0 && counted(warnings, "warning"),
  ];
  return parts.filter(Boolean).join(", ");
}
