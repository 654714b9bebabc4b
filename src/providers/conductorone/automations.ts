import type { Invocation } from "../../triage/model.ts";
import type { Clock } from "../clock.ts";
import { NotFoundError, PermissionError, ProviderError, UnexpectedAnswerError } from "../errors.ts";
import type { ConductorOneClient } from "./client.ts";
import { decodeExecution } from "./decode.ts";
import type { ExecutionRow } from "./schema.ts";

export interface FailedRuns {
  /** Of runs whose webhook can be named. */
  invocations: Invocation[];
  /** Failed runs of which nothing tells whether a webhook was the reason, and which. */
  unnamed: number;
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
}

interface RunList extends Pick<FailedRuns, "trouble" | "fault"> {
  listedMs: number;
  rows: ReadonlyMap<string, ExecutionRow>;
}

interface KnownWebhook {
  readAtMs: number;
  /** The only webhook of an automation, if it has one to name. */
  webhookId: string | undefined;
}

const FAILED = "AUTOMATION_EXECUTION_STATE_ERROR";
const NOT_IMPLEMENTED = 501;
const MINUTE_MS = 60_000;
/** One listing serves all questions of so long. */
const LISTED_FOR_MS = MINUTE_MS;
const KNOWN_FOR_MS = 10 * MINUTE_MS;

/**
 * Failed runs of automations as a source of failed invocations. A run tells that it failed, not at which step. Certain: in an
 * automation whose only step runs a webhook that it names, that webhook failed. In every other it may have been another step or
 * another webhook, so those are only counted.
 */
export function createAutomations(client: ConductorOneClient, clock: Pick<Clock, "now">): Automations {
  /** By automation. */
  const webhooks = new Map<string, KnownWebhook>();
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
  async function webhookOf(automationId: string, signal: AbortSignal): Promise<string | undefined> {
    const nowMs = clock.now().getTime();
    const known = webhooks.get(automationId);
    if (known && Math.abs(nowMs - known.readAtMs) < KNOWN_FOR_MS) return known.webhookId;
    const { automationSteps = [] } = await client.getAutomation(automationId, { signal });
    const webhookId = automationSteps.length === 1 ? automationSteps[0]?.webhook?.webhookId : undefined;
    webhooks.set(automationId, { readAtMs: nowMs, webhookId });
    return webhookId;
  }

  return {
    async failedRuns(from, signal) {
      const nowMs = clock.now().getTime();
      if (!list || Math.abs(nowMs - list.listedMs) >= LISTED_FOR_MS) list = await listRuns(signal);
      const { rows, trouble, listedMs } = list;
      let { fault } = list;
      const invocations: Invocation[] = [];
      const unreadable = new Set<string>();
      let unnamed = 0;
      for (const row of rows.values()) {
        const endedAt = row.completedAt ?? row.updatedAt ?? row.createdAt;
        if (!endedAt || endedAt < from) continue;
        const automationId = row.automationTemplateId;
        let webhookId: string | undefined;
        try {
          if (automationId && !unreadable.has(automationId)) webhookId = await webhookOf(automationId, signal);
        } catch (error) {
          if (!isUnreadable(error)) throw error;
          if (automationId) unreadable.add(automationId);
          if (!isNoneToShow(error)) fault ??= error;
        }
        const invocation = webhookId ? decodeExecution(row, webhookId) : undefined;
        if (invocation) invocations.push(invocation);
        else unnamed += 1;
      }
      const listedUntil = new Date(listedMs);
      return { invocations, unnamed, listedUntil, ...(trouble ? { trouble } : {}), ...(fault ? { fault } : {}) };
    },
  };
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
