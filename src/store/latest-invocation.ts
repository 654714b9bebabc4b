import { type Invocation, type Outcome, occurredAt } from "../triage/model.ts";

/**
 * Two rows of one invocation made one; `incoming` was read after `known`.
 *
 * - The later row by `occurredAt` says how the invocation stands: status, outcome, pendingUntil, statusCode and
 *   latestCompletedAt come from it together. An absent statusCode there means that nothing answered, so an older code does not
 *   fill it. Times have whole seconds, so a quick retry shares its instant with the try before: there a success beats a failure,
 *   which beats what is pending; else the row that was listed first wins, for listings are newest first. The code fills in only
 *   from a row of the same status (the same state, told with fewer fields).
 * - Facts that do not change (eventType, expiresAt, source) are never lost: the later row's, else the other's.
 * - attemptsCount only grows; createdAt is the earliest that was told.
 */
export function latestOf(known: Invocation, incoming: Invocation): Invocation {
  const [later, earlier] = isReplacedBy(known, incoming) ? [incoming, known] : [known, incoming];
  const isSameState = occurredAt(later).getTime() === occurredAt(earlier).getTime() && later.status === earlier.status;
  return {
    ...later,
    statusCode: later.statusCode ?? (isSameState ? earlier.statusCode : undefined),
    eventType: later.eventType ?? earlier.eventType,
    expiresAt: later.expiresAt ?? earlier.expiresAt,
    source: later.source ?? earlier.source,
    attemptsCount: largest(later.attemptsCount, earlier.attemptsCount),
    createdAt: new Date(Math.min(known.createdAt.getTime(), incoming.createdAt.getTime())),
  };
}

function isReplacedBy(known: Invocation, incoming: Invocation): boolean {
  const laterByMs = occurredAt(incoming).getTime() - occurredAt(known).getTime();
  if (laterByMs !== 0) return laterByMs > 0;
  return FINALITY[incoming.outcome] > FINALITY[known.outcome];
}

const FINALITY: Record<Outcome, number> = { pending: 0, failed: 1, succeeded: 2 };

function largest(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return Math.max(a, b);
}
