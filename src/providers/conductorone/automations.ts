import type { Invocation } from "../../triage/model.ts";
import { contains, intersect, type Window, windowOf } from "../../triage/window.ts";
import type { Clock } from "../clock.ts";
import { NotFoundError, PermissionError, ProviderError, UnexpectedAnswerError } from "../errors.ts";
import type { ConductorOneClient } from "./client.ts";
import { decodeExecution } from "./decode.ts";
import { END_OF_TIME_MS, type Gap } from "./gap.ts";
import { createRunOrder, endOf } from "./run-order.ts";
import type { AutomationRow, ExecutionRow } from "./schema.ts";
import { reachesTo, SHARED_FOR_MS } from "./shared-for.ts";

export interface FailedRuns {
  /** Of runs whose webhook can be named. */
  invocations: Invocation[];
  /** The ends of failed runs of which nothing tells whether a webhook was the reason, and which. */
  unnamed: Date[];
  /** What was made later was not listed. */
  listedUntil: Date;
  /** Why automations are left out, where this account or credential has none to show. */
  trouble?: string;
  /** Where there may be more than was read. */
  gaps: Gap[];
}

export interface Automations {
  /** Failed runs of automations that ended from the window's start on; those after its end may be missing. One call after another. */
  failedRuns(window: Window, signal: AbortSignal): Promise<FailedRuns>;
  /** What is left out of a window, as sentences for people. Whatever was read before, and by whom. */
  notesOn(window: Window, signal: AbortSignal): Promise<string[]>;
  /** The run of that id, if it is one that failed and its webhook can be named. */
  failedRun(runId: string, signal: AbortSignal): Promise<Invocation | undefined>;
}

interface RunList extends Pick<FailedRuns, "trouble"> {
  listedMs: number;
  /** What ended before may be missing. */
  fromMs: number;
  keptMs: number;
  rows: ReadonlyMap<string, ExecutionRow>;
  /** Why not all could be listed. */
  gap?: Gap;
}

/** Which webhook a failed run of an automation is to be laid to: the one it names, perhaps some, or certainly none. */
type Blame = { webhookId: string } | "unnamed" | "none";

const FAILED = "AUTOMATION_EXECUTION_STATE_ERROR";
const NOT_IMPLEMENTED = 501;
const MINUTE_MS = 60_000;
/** A list of more pages, in no order that would end it early, is listed rarely. */
const MANY_PAGES = 20;
const LONG_LISTED_FOR_MS = 5 * MINUTE_MS;
/** So many pages of what is too old, in a list that is newest first, end it. */
const OLD_PAGES = 2;
/** Who asks further back than a list goes gets all that anyone may ask for. */
const LONGEST_ASKED_MS = 31 * 24 * 60 * MINUTE_MS;
/** Runs whose automation cannot be read leave one gap where they ended as close as this. */
const ONE_GAP_MS = 60 * MINUTE_MS;
const KNOWN_FOR_MS = 10 * MINUTE_MS;
/** Automations that are kept, in number: the oldest go first. */
export const MOST_KNOWN = 500;

/**
 * Failed runs of automations as a source of failed invocations. A run tells that it failed, not at which step. Certain: in an
 * automation whose only step runs a webhook that it names, that webhook failed; in one without such a step, none did. In every
 * other it may have been another step or another webhook, so those are only counted.
 */
export function createAutomations(client: ConductorOneClient, clock: Pick<Clock, "now">): Automations {
  /** By automation. */
  const blames = new Map<string, { readAtMs: number; blame: Blame }>();
  let list: RunList | undefined;

  async function listRuns(fromMs: number, signal: AbortSignal): Promise<RunList> {
    const order = createRunOrder();
    const rows = new Map<string, ExecutionRow>();
    const listedMs = clock.now().getTime();
    const read: RunList = { listedMs, keptMs: SHARED_FOR_MS, fromMs: Number.NEGATIVE_INFINITY, rows };
    let pages = 0;
    let skipped = 0;
    let oldPages = 0;
    try {
      for await (const page of client.executionPages({ executionStates: [FAILED] }, { signal })) {
        pages += 1;
        skipped += page.skippedRows;
        const wasOld = order.reachedMs < fromMs;
        for (const row of page.rows) {
          order.see(row);
          // The filter is not trusted: a list of all runs was seen in its place.
          if (row.state === FAILED) rows.set(row.id, row);
        }
        oldPages = wasOld && order.reachedMs < fromMs ? oldPages + 1 : 0;
        if (oldPages < OLD_PAGES) continue;
        read.fromMs = fromMs;
        break;
      }
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      // Not every credential may see automations, and not every tenant has them.
      if (isNoneToShow(error)) return { ...read, trouble: error.message };
      return { ...read, gap: await gapBefore(order.reachedMs, error, signal) };
    }
    if (pages > MANY_PAGES && order.reachedMs === Number.POSITIVE_INFINITY) read.keptMs = LONG_LISTED_FOR_MS;
    if (skipped === 0) return read;
    const faults = client.faultsOf({ method: "POST", path: "/api/v1/search/automation_executions" });
    const fault = faults.nonsense(`listed ${skipped} runs that cannot be read`);
    return { ...read, gap: await gapBefore(Number.POSITIVE_INFINITY, fault, signal) };
  }

  /** Only webhooks that automations name can have failed in runs that are not listed. */
  async function gapBefore(beforeMs: number, fault: ProviderError, signal: AbortSignal): Promise<Gap> {
    return { part: windowOf(0, Math.min(beforeMs, END_OF_TIME_MS)), fault, webhookIds: await namedWebhooks(signal) };
  }

  /** Those that a failed run can be laid to; `undefined` where that cannot be read. */
  async function namedWebhooks(signal: AbortSignal): Promise<ReadonlySet<string> | undefined> {
    const found = [...blames.values()].map(({ blame }) => blame);
    try {
      for await (const { rows, skippedRows } of client.automationPages({ signal })) {
        if (skippedRows > 0) return undefined;
        // A list may leave the steps out.
        for (const row of rows) found.push(row.automationSteps?.length ? blameOn(row) : await blameFor(row.id, signal));
      }
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      return undefined;
    }
    return new Set(found.flatMap((blame) => (typeof blame === "object" ? blame.webhookId : [])));
  }

  async function listed(fromMs: number, toMs: number, signal: AbortSignal): Promise<RunList> {
    const nowMs = clock.now().getTime();
    const isRecent = list !== undefined && Math.abs(nowMs - list.listedMs) < list.keptMs;
    const isFresh = list && isRecent && (list.keptMs > SHARED_FOR_MS || reachesTo(list.listedMs, toMs, nowMs));
    if (list && isFresh && list.fromMs <= fromMs) return list;
    list = await listRuns(isRecent ? Math.min(fromMs, nowMs - LONGEST_ASKED_MS) : fromMs, signal);
    return list;
  }

  /** Only what was read is kept: an automation that cannot be read now may be in a minute. */
  async function blameFor(automationId: string | undefined, signal: AbortSignal): Promise<Blame> {
    if (automationId === undefined) return "unnamed";
    const nowMs = clock.now().getTime();
    const known = blames.get(automationId);
    if (known && Math.abs(nowMs - known.readAtMs) < KNOWN_FOR_MS) return known.blame;
    const blame = blameOn(await client.getAutomation(automationId, { signal }));
    blames.delete(automationId);
    blames.set(automationId, { readAtMs: nowMs, blame });
    if (blames.size > MOST_KNOWN) blames.delete(blames.keys().next().value ?? "");
    return blame;
  }

  async function failedRuns({ from, to }: Window, signal: AbortSignal): Promise<FailedRuns> {
    const { rows, trouble, listedMs, gap } = await listed(from.getTime(), to.getTime(), signal);
    const invocations: Invocation[] = [];
    const unnamed: Date[] = [];
    const unreadable = new Map<string, ProviderError>();
    const missed: { endedAt: Date; fault: ProviderError }[] = [];
    for (const row of rows.values()) {
      const endedAt = endOf(row);
      if (!endedAt || endedAt < from) continue;
      const automationId = row.automationTemplateId;
      let blame: Blame = "unnamed";
      try {
        if (automationId && !unreadable.has(automationId)) blame = await blameFor(automationId, signal);
      } catch (error) {
        if (!isUnreadable(error)) throw error;
        if (automationId) unreadable.set(automationId, error);
      }
      const why = unreadable.get(automationId ?? "");
      if (why && !isNoneToShow(why)) missed.push({ endedAt, fault: why });
      else if (blame === "unnamed") unnamed.push(endedAt);
      const invocation = typeof blame === "object" ? decodeExecution(row, blame.webhookId) : undefined;
      if (invocation) invocations.push(invocation);
    }
    const gaps = [...(gap ? [gap] : []), ...gapsAround(missed)];
    return { invocations, unnamed, listedUntil: new Date(listedMs), gaps, ...(trouble ? { trouble } : {}) };
  }

  return {
    failedRuns,
    async notesOn(window, signal) {
      const { unnamed, gaps } = await failedRuns(window, signal);
      const missing = gaps.filter(({ part }) => intersect(part, window));
      const count = unnamed.filter((endedAt) => contains(window, endedAt)).length;
      const number = `${missing.length > 0 ? "At least " : ""}${count.toLocaleString("en-US")}`;
      const runs = `${number} failed automation ${count === 1 ? "run is" : "runs are"} not shown`;
      const unlisted = missing.find((gap) => gap === list?.gap)?.fault.told;
      return [
        ...(count === 0 ? [] : [`${runs}: ConductorOne does not tell whether a webhook was the reason.`]),
        ...(unlisted ? [`Not all failed automation runs could be listed: ${unlisted}`] : []),
      ];
    },
    async failedRun(runId, signal) {
      try {
        const row = list?.rows.get(runId) ?? (await client.getExecution(runId, { signal }));
        if (row.state !== FAILED) return undefined;
        const blame = await blameFor(row.automationTemplateId, signal);
        return typeof blame === "object" ? decodeExecution(row, blame.webhookId) : undefined;
      } catch (error) {
        if (error instanceof NotFoundError) return undefined;
        throw error;
      }
    },
  };
}

function blameOn({ automationSteps = [] }: AutomationRow): Blame {
  const [step, ...others] = automationSteps;
  const webhookId = others.length === 0 ? step?.webhook?.webhookId : undefined;
  if (webhookId !== undefined) return { webhookId };
  const isOfOthers = automationSteps.length > 0 && automationSteps.every(({ webhook }) => webhook === undefined);
  return isOfOthers ? "none" : "unnamed";
}

/** For runs of which it cannot be read what they did. */
function gapsAround(missed: readonly { endedAt: Date; fault: ProviderError }[]): Gap[] {
  const gaps: Gap[] = [];
  for (const { endedAt, fault } of missed.toSorted((a, b) => a.endedAt.getTime() - b.endedAt.getTime())) {
    const fromMs = endedAt.getTime();
    const last = gaps.at(-1);
    if (last && fromMs - last.part.to.getTime() < ONE_GAP_MS) last.part.to = new Date(fromMs + 1);
    else gaps.push({ part: windowOf(fromMs, fromMs + 1), fault });
  }
  return gaps;
}

/** Ends that say something of automations alone: the tasks, which tell more, were read a moment before. */
function isUnreadable(error: unknown): error is ProviderError {
  if (!(error instanceof ProviderError)) return false;
  const kinds = [UnexpectedAnswerError, PermissionError, NotFoundError];
  return error.mostTries !== undefined || kinds.some((kind) => error instanceof kind);
}

/** Ends that say that there is nothing for us to read, and will be nothing the next time. */
function isNoneToShow(error: ProviderError): boolean {
  return error instanceof PermissionError || error instanceof NotFoundError || error.status === NOT_IMPLEMENTED;
}
