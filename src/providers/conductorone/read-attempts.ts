import type { Attempt, Invocation, InvocationRef } from "../../triage/model.ts";
import { NotFoundError, ProviderError } from "../errors.ts";
import type { Automations } from "./automations.ts";
import type { ConductorOneClient } from "./client.ts";
import { isExecutionId, isOfTask, taskOf, word } from "./decode.ts";
import type { Instances } from "./instances.ts";
import { timeOfKsuid } from "./ksuid.ts";
import type { Scanner } from "./scan.ts";

export interface AttemptSources {
  client: ConductorOneClient;
  automations: Automations;
  scanner: Scanner;
  /** Where a tenant lists its instances. */
  instances?: Instances | undefined;
}

const LISTED_NOWHERE: Record<string, string> = {
  workflowStep:
    "ConductorOne's public API does not list the attempts of an automation run; its execution log has them.",
  test: "ConductorOne's public API does not list the attempts of a test; its web page has them: Admin > Settings > Webhooks, View history of this webhook.",
};
const NO_TRAIL =
  "ConductorOne's public API lists attempts by the trail of a task, and there is none for this; its web page has them: Admin > Settings > Webhooks, View history of this webhook.";
const BAD_REQUEST = 400;
const MEND =
  "Take both ids from the same line of an answer about invocations. What a test or an automation sent may stand in ConductorOne alone, under View history of the webhook.";

/** Only what tasks made ConductorOne send has a trail. */
export function noAttemptsBecause(source: NonNullable<Invocation["source"]>): string | undefined {
  if (isOfTask(source)) return undefined;
  return Object.hasOwn(LISTED_NOWHERE, source.kind) ? LISTED_NOWHERE[source.kind] : NO_TRAIL;
}

/** The attempts of one invocation, oldest first. Throws `NotFoundError` for what is not there or is another webhook's. */
export async function readAttempts(
  sources: AttemptSources,
  ref: InvocationRef & Pick<Invocation, "source">,
  signal: AbortSignal,
): Promise<Attempt[]> {
  if (ref.source && noAttemptsBecause(ref.source) !== undefined) return [];
  const isRun = isExecutionId(ref.id);
  const found = isRun ? await runOf(sources.automations, ref.id, signal) : await instanceOf(sources, ref, signal);
  if (found?.invocation.webhookId === ref.webhookId) return found.attempts;
  const path = isRun ? `/api/v1/automation_executions/${encodeURIComponent(ref.id)}` : "/api/v1/task/audits";
  const faults = sources.client.faultsOf({ method: isRun ? "GET" : "POST", path, webhookId: word(ref.webhookId) });
  const { happened, nextStep } = await whyNotFound(sources, ref, found?.invocation, signal);
  throw new NotFoundError({ ...faults.nonsense(happened), nextStep });
}

interface Found {
  invocation: Invocation;
  attempts: Attempt[];
}

async function runOf(automations: Automations, runId: string, signal: AbortSignal): Promise<Found | undefined> {
  const invocation = await automations.failedRun(runId, signal);
  return invocation && { invocation, attempts: [] };
}

/** An instance that is listed is there, whether or not anything tells of its attempts. */
async function instanceOf(
  { scanner, instances }: AttemptSources,
  ref: InvocationRef & Pick<Invocation, "source">,
  signal: AbortSignal,
): Promise<Found | undefined> {
  // The list is short beside the trails that may have to be searched.
  const listed = ref.source ? undefined : await instances?.find(ref, signal);
  const source = ref.source ?? listed?.source;
  const traced =
    source && noAttemptsBecause(source) !== undefined ? undefined : await tracedOf(scanner, ref.id, source, signal);
  if (traced) return traced;
  const alone = listed ?? (ref.source ? await instances?.find(ref, signal) : undefined);
  if (!alone) return undefined;
  instances?.noteTraceless(ref.id);
  return { invocation: alone, attempts: [] };
}

async function tracedOf(
  scanner: Scanner,
  id: string,
  source: Invocation["source"],
  signal: AbortSignal,
): Promise<Found | undefined> {
  try {
    return await scanner.find(id, { task: taskOf(source), madeAt: timeOfKsuid(id) }, signal);
  } catch (error) {
    // The task is gone, and its trail with it.
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}

async function whyNotFound(
  { client, scanner }: AttemptSources,
  { id, webhookId, source }: InvocationRef & Pick<Invocation, "source">,
  elsewhere: Invocation | undefined,
  signal: AbortSignal,
): Promise<{ happened: string; nextStep: string }> {
  const named = `invocation ${word(id)}`;
  if (elsewhere) {
    const other = word(elsewhere.webhookId);
    return {
      happened: `has ${named} at webhook ${other}, not at this one`,
      nextStep: `Ask for it at webhook ${other}.`,
    };
  }
  const madeAt = taskOf(source) === undefined ? timeOfKsuid(id) : undefined;
  const outOfReach = madeAt && scanner.outOfReach(madeAt);
  if (outOfReach) return { happened: `knows no ${named} of this webhook, ${outOfReach}`, nextStep: MEND };
  const happened = (await isWebhook(client, webhookId, signal))
    ? `knows no ${named} of this webhook`
    : `knows no such webhook, so no ${named} of it`;
  return { happened, nextStep: MEND };
}

/** Whether there may be such a webhook. */
async function isWebhook(client: ConductorOneClient, webhookId: string, signal: AbortSignal): Promise<boolean> {
  try {
    await client.getWebhook(webhookId, { signal });
    return true;
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    // What is no id of theirs is refused as a bad request: https://github.com/ConductorOne/c1i
    return !(error instanceof NotFoundError || error.status === BAD_REQUEST);
  }
}
