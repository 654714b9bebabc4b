import type { Finding } from "./finding.ts";

/** What two clocks showed at one moment. */
export interface ClockReading {
  /** From the `Date` header of an answer, which has whole seconds. https://www.rfc-editor.org/rfc/rfc9110#section-6.6.1 */
  theirs: Date;
  ours: Date;
}

const WARNING_AFTER_MS = 60_000;
/** Slack's signatures are refused beyond it. https://docs.slack.dev/authentication/verifying-requests-from-slack */
const FAULT_AFTER_MS = 5 * 60_000;

/** Reads the `Date` header of an answer that came at `ours`. `undefined` for none, and for one that is no date. */
export function readClock(dateHeader: string | null, ours: Date): ClockReading | undefined {
  const theirs = new Date(dateHeader ?? "");
  return Number.isNaN(theirs.getTime()) ? undefined : { theirs, ours };
}

/** Whether this machine's clock agrees with that of `whose`. */
export function clockFinding(whose: string, { theirs, ours }: ClockReading): Finding {
  const check = `clock against ${whose}`;
  const skewMs = ours.getTime() - theirs.getTime();
  const apartMs = Math.abs(skewMs);
  if (apartMs <= WARNING_AFTER_MS) {
    return { check, state: "ok", told: `This machine's clock agrees with ${whose}'s.` };
  }
  const off = `This machine's clock is ${inWords(apartMs)} ${skewMs > 0 ? "ahead of" : "behind"} ${whose}'s.`;
  if (apartMs <= FAULT_AFTER_MS) return { check, state: "warning", told: off, mend: MEND };
  const told = `${off} Time ranges are read wrongly, digests come at the wrong time, and over HTTP Slack's signed requests are refused.`;
  return { check, state: "fault", told, mend: MEND };
}

const MEND =
  "Keep the clock right with NTP: on Linux `timedatectl set-ntp true`; in a container, on the machine that runs it.";

function inWords(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} minutes`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
}
