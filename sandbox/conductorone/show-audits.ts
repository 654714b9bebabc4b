import { mix, randomFrom, seedOf, shuffled } from "../provider/random.ts";
import type { FaultKind } from "./faults.ts";
import type { Task } from "./story/task.ts";
import { type AuditEntry, auditsOf, shownAudit } from "./wire/audits.ts";

export interface AuditsAsked {
  newestFirst: boolean;
  commentsOnly: boolean;
  fault: FaultKind | undefined;
}

export interface ShownEntry {
  /** Unique in the trail. */
  token: string;
  shown: Record<string, unknown>;
}

/** Entries that end an instance. */
const ENDS = /Success$|BadResponse$|FatalError$|^provisionError$|^provisionReassigned$/;

/** A task's trail as it is asked for, with what a fault does to it. */
export function showAudits(task: Task, nowMs: number, { newestFirst, commentsOnly, fault }: AuditsAsked): ShownEntry[] {
  const whole = auditsOf(task, nowMs).filter(({ typ }) => !commentsOnly || typ === "comment");
  const entries = newestFirst ? whole.reverse() : whole;
  return damaged(entries, task, fault).map((entry, position) => {
    const shown = shownAudit(task, entry);
    return { token: `${shown.id}`, shown: fault === "unknown-state" ? renamed(shown, position) : shown };
  });
}

function damaged(entries: AuditEntry[], task: Task, fault: FaultKind | undefined): AuditEntry[] {
  const seed = seedOf(task.id, "damage");
  if (fault === "audits-shuffled") return shuffled(entries, randomFrom(seed));
  if (fault === "audits-gaps") return entries.filter((_, position) => mix(seed, position) % 3 !== 0);
  if (fault === "audits-endless") return entries.filter(({ typ }) => !ENDS.test(typ));
  return entries;
}

/** Every other entry is of a kind that nobody has heard of. */
function renamed(shown: Record<string, unknown>, position: number): Record<string, unknown> {
  if (position % 2 === 0) return shown;
  const { webhookAttempt, webhookApprovalAttempt, ...rest } = shown;
  return { ...rest, webhookQuarantined: webhookAttempt ?? webhookApprovalAttempt ?? {} };
}
