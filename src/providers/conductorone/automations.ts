import type { Invocation } from "../../triage/model.ts";
import { NotFoundError, PermissionError, ProviderError, UnexpectedAnswerError } from "../errors.ts";
import type { ConductorOneClient } from "./client.ts";
import { decodeExecution } from "./decode.ts";

export interface FailedRuns {
  /** Of runs whose webhook can be named. */
  invocations: Invocation[];
  /** Failed runs of which nothing tells whether a webhook was the reason, and which. */
  unnamed: number;
  /** Why there may be more: what the list ended in. */
  trouble?: string;
}

export interface Automations {
  /** Failed runs of automations that were made from `from` on. */
  failedRuns(from: Date, signal: AbortSignal): Promise<FailedRuns>;
}

const FAILED = "AUTOMATION_EXECUTION_STATE_ERROR";

/**
 * Failed runs of automations as a source of failed invocations. A run tells that it failed, not at which step. Certain: in an
 * automation whose only step runs a webhook that it names, that webhook failed. In every other it may have been another step or
 * another webhook, so those are only counted.
 */
export function createAutomations(client: ConductorOneClient): Automations {
  /** By automation: its only webhook, or that it has none to name. */
  const webhooks = new Map<string, string | undefined>();

  async function webhookOf(automationId: string, signal: AbortSignal): Promise<string | undefined> {
    if (!webhooks.has(automationId)) webhooks.set(automationId, await readWebhookOf(automationId, signal));
    return webhooks.get(automationId);
  }

  async function readWebhookOf(automationId: string, signal: AbortSignal): Promise<string | undefined> {
    try {
      const { automationSteps = [] } = await client.getAutomation(automationId, { signal });
      return automationSteps.length === 1 ? automationSteps[0]?.webhook?.webhookId : undefined;
    } catch (error) {
      if (isUnreadable(error)) return undefined;
      throw error;
    }
  }

  return {
    async failedRuns(from, signal) {
      const found = new Map<string, Invocation>();
      let unnamed = 0;
      let trouble: string | undefined;
      try {
        for await (const { rows } of client.executionPages({ executionStates: [FAILED] }, { signal })) {
          for (const row of rows) {
            const endedAt = row.completedAt ?? row.updatedAt ?? row.createdAt;
            // The filter is not trusted: a list of all runs was seen in its place.
            if (row.state !== FAILED || !endedAt || endedAt < from || found.has(row.id)) continue;
            const webhookId = row.automationTemplateId && (await webhookOf(row.automationTemplateId, signal));
            const invocation = webhookId ? decodeExecution(row, webhookId) : undefined;
            if (invocation) found.set(row.id, invocation);
            else unnamed += 1;
          }
        }
      } catch (error) {
        // Not every credential may see automations, not every tenant has them, and their list was seen to go round in circles.
        if (!isUnreadable(error)) throw error;
        trouble = error.message;
      }
      return { invocations: [...found.values()], unnamed, ...(trouble === undefined ? {} : { trouble }) };
    },
  };
}

/** Ends that say something of automations alone: the tasks, which tell more, were read a moment before. */
function isUnreadable(error: unknown): error is ProviderError {
  if (!(error instanceof ProviderError)) return false;
  const kinds = [UnexpectedAnswerError, PermissionError, NotFoundError];
  return error.mostTries !== undefined || kinds.some((kind) => error instanceof kind);
}
