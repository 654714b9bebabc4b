/**
 * What a look at the installation found. `unknown`: it could not be found out, which is not the same as being in order.
 */
export interface Finding {
  /** What was looked at, in a word or three: `slack scopes`. */
  check: string;
  state: "ok" | "warning" | "fault" | "unknown";
  /** What is, as a sentence or two for people. Holds no secret. */
  told: string;
  /** What to do about it, as a step that one can take. */
  mend?: string;
}

/** What somebody should look at, worst first, else in the order given. */
export function notInOrder(findings: readonly Finding[]): Finding[] {
  return findings
    .filter(({ state }) => state !== "ok")
    .toSorted((one, other) => WORST_FIRST.indexOf(one.state) - WORST_FIRST.indexOf(other.state));
}

const WORST_FIRST: readonly Finding["state"][] = ["fault", "unknown", "warning", "ok"];
