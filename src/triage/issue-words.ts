import type { Telling, TellingPlace } from "./cause/reading.ts";
import type { Cause } from "./cause.ts";
import type { Issue, ListedInvocation } from "./issue.ts";

/** What Slack and the terminal say alike of issues and their causes. */

/** In which order answers list issues. */
export const ORDER_IN_WORDS =
  "Worst first: still failing in the last hour, then the most failures, then the most webhooks with the same cause.";

/** By which rule an invocation without evidence of its own is taken for a cause. */
export const ASSUMPTION_IN_WORDS = "same webhook, status and code, nearest in time";

/** Where a row alone tells the cause. */
export const ROW_IN_WORDS = "by status and code alone";

/** Where what looks the same turned out to be several causes, and not all of it was read. */
export const GUESS_IN_WORDS = "others that look the same were another cause: how many of each is a guess";

/**
 * `6 read, the others look the same`: what the cause of each member is known from. Nothing where all are known from one thing alone, be it
 * their attempts or their rows, and nothing is guessed.
 */
export function evidenceInWords(
  issue: Pick<Issue, "count" | "readCount" | "assumedCount"> & Partial<Pick<Issue, "isGuessed">>,
  write: (count: number) => string = String,
): string | undefined {
  return issue.isGuessed ? guessInWords(issue, write) : sourcesInWords(issue, write);
}

/** `9 read, 390 assumed; others that look the same were another cause: how many of each is a guess` */
function guessInWords(
  { count, readCount, assumedCount }: Pick<Issue, "count" | "readCount" | "assumedCount">,
  write: (count: number) => string,
): string {
  const rowCount = count - readCount - assumedCount;
  const sources = [
    ...(readCount > 0 || assumedCount > 0 ? [`${readCount > 0 ? write(readCount) : "none"} read`] : []),
    ...(assumedCount > 0 ? [`${write(assumedCount)} assumed`] : []),
    ...(rowCount > 0 ? [`${write(rowCount)} ${ROW_IN_WORDS}`] : []),
  ];
  return `${sources.join(", ")}; ${GUESS_IN_WORDS}`;
}

function sourcesInWords(
  { count, readCount, assumedCount }: Pick<Issue, "count" | "readCount" | "assumedCount">,
  write: (count: number) => string,
): string | undefined {
  const rowCount = count - readCount - assumedCount;
  const read = `${write(readCount)} read`;
  const byRow = `${write(rowCount)} ${ROW_IN_WORDS}`;
  if (assumedCount <= 0) return readCount > 0 && rowCount > 0 ? `${read}, ${byRow}` : undefined;
  if (rowCount <= 0) {
    if (readCount <= 0) return "none read, they look like others that were";
    return `${read}, ${assumedCount === 1 ? "the other looks" : "the others look"} the same`;
  }
  const look = assumedCount === 1 ? "looks" : "look";
  if (readCount <= 0) return `none read: ${write(assumedCount)} ${look} like others that were, ${byRow}`;
  return `${read}, ${write(assumedCount)} ${look} the same, ${byRow}`;
}

/** What one invocation without evidence of its own is told with. */
export const ASSUMED_IN_WORDS = `Its attempts were not read, or tell nothing: it is taken for this cause because it looks like others that were (${ASSUMPTION_IN_WORDS}).`;

/** Whether attempts were read and told something. `silent`: reading them told, or would tell, nothing more. */
export type Evidence = "read" | "unread" | "silent";

/** What is said of why something failed where that is not known: `Not sure why: the attempts that were read do not say.` */
export interface Doubt {
  head: "Why" | "Not sure why";
  told: string;
}

const DOUBTS: Record<Evidence, Doubt> = {
  read: { head: "Not sure why", told: "the attempts that were read do not say." },
  unread: { head: "Why", told: "its attempts are not read yet." },
  silent: { head: "Not sure why", told: "what is known so far does not say." },
};

/** That nobody can be sure of a cause; nothing where it was told. No promise that more attempts tell more: some providers list none. */
export function doubtOf({ sureness }: Pick<Cause, "sureness">, evidence: Evidence): Doubt | undefined {
  return sureness === "unsure" ? DOUBTS[evidence] : undefined;
}

/** The same of an issue. */
export function issueDoubt(issue: Issue): Doubt | undefined {
  return doubtOf(issue.cause, issueEvidence(issue));
}

/** The same in a line of plain text. */
export function doubtInWords({ head, told }: Doubt): string {
  return `${head}: ${told}`;
}

/**
 * What to do next. Where the row alone does not tell why and no attempt was read, the step for its status or code would sound surer than
 * anybody is: then it is to read them, `how` that is done here.
 */
export function nextStepOf({ nextStep, sureness }: Cause, evidence: Evidence, how: string): string {
  return sureness === "unsure" && evidence === "unread" ? how : nextStep;
}

/** The same of an issue. */
export function issueNextStep(issue: Issue, how: string): string {
  return nextStepOf(issue.cause, issueEvidence(issue), how);
}

function issueEvidence({ readCount, assumedCount, isSilent = false }: Issue): Evidence {
  if (readCount + assumedCount > 0) return "read";
  return isSilent ? "silent" : "unread";
}

/** What of one invocation by itself was read. */
export function evidenceOf({
  isAssumed,
  isRead = false,
  isSilent = false,
}: Pick<ListedInvocation, "isAssumed" | "isRead" | "isSilent">): Evidence {
  if (isAssumed || isRead) return "read";
  return isSilent ? "silent" : "unread";
}

/** `same cause on 3 other webhooks`; nothing where it is the only one. */
export function breadthInWords({ breadth }: Pick<Issue, "breadth">): string | undefined {
  const others = breadth - 1;
  if (!(others > 0)) return undefined;
  return `same cause on ${others} other ${others === 1 ? "webhook" : "webhooks"}`;
}

/** What stands before the line that told the cause: where that is; nothing where no line of the attempt did. */
export function tellingInWords(telling: Telling | undefined): string | undefined {
  const place = telling && PLACES[telling.place];
  return place === undefined ? undefined : `In its ${place} this line told the cause:`;
}

const PLACES: Record<TellingPlace, string | undefined> = {
  body: "response body",
  header: "response headers",
  error: "error text",
  code: undefined,
};

/** Of the attempt that the cause was read from, where no line of it can be shown. */
export const NOTHING_TOLD_IN_WORDS = "No line of it tells more than its code or status.";
