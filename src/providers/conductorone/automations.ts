import type { Invocation } from "../../triage/model.ts";
import type { Clock } from "../clock.ts";
import { NotFoundError, PermissionError, ProviderError, UnexpectedAnswerError } from "../errors.ts";
import type { ConductorOneClient } from "./client.ts";
import { decodeExecution } from "./decode.ts";
import type { AutomationRow, ExecutionRow } from "./schema.ts";

export interface FailedRuns {
  /** Of runs whose webhook can be named. */
  invocations: Invocation[];
  /** The ends of failed runs of which nothing tells whether a webhook was the reason, and which. */
  unnamed: Date[];
  /** What was made later was not listed. */
  listedUntil: Date;
  /** Why automations are left out, where this account or credential has none to show. */
  trouble?: string;
  /** Why there may be more than was read. */
  fault?: ProviderError;
}

export interface Automations {
  /** Failed runs of automations that were made from `from` on. One call after another. */
  failedRuns(from: Date, signal: AbortSignal): Promise<FailedRuns>;
  /** The run of that id, if it is one that failed and its webhook can be named. */
  failedRun(runId: string, signal: AbortSignal): Promise<Invocation | undefined>;
}

interface RunList extends Pick<FailedRuns, "trouble" | "fault"> {
  listedMs: number;
  rows: ReadonlyMap<string, ExecutionRow>;
}

/** Which webhook a failed run of an automation is to be laid to: the one it names, perhaps some, or certainly none. */
type Blame = { webhookId: string } | "unnamed" | "none";

const FAILED = "AUTOMATION_EXECUTION_STATE_ERROR";
const NOT_IMPLEMENTED = 501;
const MINUTE_MS = 60_000;
/** One listing serves all questions of so long. */
const LISTED_FOR_MS = MINUTE_MS;
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

  async function listRuns(signal: AbortSignal): Promise<RunList> {
    const listedMs = clock.now().getTime();
    const rows = new Map<string, ExecutionRow>();
    let skipped = 0;
    try {
      for await (const page of client.executionPages({ executionStates: [FAILED] }, { signal })) {
        skipped += page.skippedRows;
        // The filter is not trusted: a list of all runs was seen in its place.
        for (const row of page.rows) if (row.state === FAILED) rows.set(row.id, row);
      }
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      // Not every credential may see automations, and not every tenant has them.
      return { listedMs, rows, ...(isNoneToShow(error) ? { trouble: error.message } : { fault: error }) };
    }
    if (skipped === 0) return { listedMs, rows };
    const faults = client.faultsOf({ method: "POST", path: "/api/v1/search/automation_executions" });
    return { listedMs, rows, fault: faults.nonsense(`listed ${skipped} runs that cannot be read`) };
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

  return {
    async failedRuns(from, signal) {
      const nowMs = clock.now().getTime();
      if (!list || Math.abs(nowMs - list.listedMs) >= LISTED_FOR_MS) list = await listRuns(signal);
      const { rows, trouble, listedMs } = list;
      let { fault } = list;
      const invocations: Invocation[] = [];
      const unreadable = new Map<string, ProviderError>();
      const unnamed: Date[] = [];
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
          if (!isNoneToShow(error)) fault ??= error;
        }
        const why = unreadable.get(automationId ?? "");
        if (blame === "unnamed" && (!why || isNoneToShow(why))) unnamed.push(endedAt);
        const invocation = typeof blame === "object" ? decodeExecution(row, blame.webhookId) : undefined;
        if (invocation) invocations.push(invocation);
      }
      const listedUntil = new Date(listedMs);
      return { invocations, unnamed, listedUntil, ...(trouble ? { trouble } : {}), ...(fault ? { fault } : {}) };
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

function endOf({ completedAt, updatedAt, createdAt }: ExecutionRow): Date | undefined {
  return completedAt ?? updatedAt ?? createdAt;
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
