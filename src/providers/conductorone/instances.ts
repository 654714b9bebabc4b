import type { Log } from "../../ops/log.ts";
import type { Invocation } from "../../triage/model.ts";
import { type Window, windowOf } from "../../triage/window.ts";
import type { Clock } from "../clock.ts";
import { reachedByBoth } from "../clocks.ts";
import { NotFoundError, ProviderError } from "../errors.ts";
import type { ConductorOneClient } from "./client.ts";
import { CONDUCTORONE, decodeInstance, type Source } from "./decode.ts";
import { DEFAULT_CALLBACK_MS } from "./state.ts";

/** What a tenant lists of one webhook: its instances of as long as a callback is waited for. */
export interface ListedInstances {
  rows: Invocation[];
  /** What happened later is not in it, by the clock that is behind. */
  until: Date;
  /** Why some may be missing. */
  fault: ProviderError | undefined;
}

export interface Instances {
  /** None of a webhook that is gone. */
  list(webhookId: string, signal: AbortSignal): Promise<ListedInstances>;
  /** The instance, where it is listed. */
  find(ref: Pick<Invocation, "webhookId" | "id">, signal: AbortSignal): Promise<Invocation | undefined>;
  /** Says of an instance that is listed that nothing else tells of it. */
  noteTraceless(instanceId: string): void;
  /** For those, what made ConductorOne send, as far as that tells where their attempts are. */
  sourceOf(instanceId: string): Source | undefined;
}

export interface InstancesParts {
  client: ConductorOneClient;
  /** Below `/api/v1`, with `{webhookId}` in it. */
  path: string;
  clock: Pick<Clock, "now">;
  log?: Pick<Log, "warn"> | undefined;
}

const TRACELESS = "listed alone";
const MOST_NOTED = 500;
const BAD_REQUEST = 400;

/** Of tenants that have an endpoint for their instances; none is public. */
export function createInstances({ client, path, clock, log }: InstancesParts): Instances {
  const traceless = new Set<string>();

  async function read(
    webhookId: string,
    now: Date,
    signal: AbortSignal,
  ): Promise<Pick<ListedInstances, "rows" | "fault">> {
    const rows = new Map<string, Invocation>();
    let skippedRows = 0;
    for await (const page of client.instancePages(path, webhookId, { signal })) {
      skippedRows += page.skippedRows;
      for (const row of page.rows) {
        const invocation = decodeInstance(row, webhookId, now);
        if (invocation) rows.set(invocation.id, invocation);
        else skippedRows += 1;
      }
    }
    if (skippedRows === 0) return { rows: [...rows.values()], fault: undefined };
    log?.warn({ provider: CONDUCTORONE, webhookId, skippedRows }, "left out instances without id or time");
    const faults = client.faultsOf({ method: "GET", path: `/api/v1${path}`, webhookId });
    const fault = faults.nonsense(`listed ${skippedRows} instances that cannot be read`);
    return { rows: [...rows.values()], fault };
  }

  async function list(webhookId: string, signal: AbortSignal): Promise<ListedInstances> {
    const now = clock.now();
    const { rows, fault } = await read(webhookId, now, signal).catch(async (error: unknown) => {
      // The path may be wrong as well.
      if (!isOfNothing(error) || !(await isGone(client, webhookId, signal))) throw error;
      return { rows: [], fault: undefined };
    });
    return { rows, until: new Date(reachedByBoth(now.getTime(), client.clockReading)), fault };
  }

  return {
    list,
    async find({ webhookId, id }, signal) {
      const { rows } = await list(webhookId, signal);
      return rows.find((row) => row.id === id);
    },
    noteTraceless(instanceId) {
      traceless.add(instanceId);
      for (const id of traceless) if (traceless.size > MOST_NOTED) traceless.delete(id);
    },
    sourceOf: (instanceId) => (traceless.has(instanceId) ? { kind: TRACELESS } : undefined),
  };
}

async function isGone(client: ConductorOneClient, webhookId: string, signal: AbortSignal): Promise<boolean> {
  try {
    return (await client.getWebhook(webhookId, { signal })).deletedAt !== undefined;
  } catch (error) {
    if (isOfNothing(error)) return true;
    throw error;
  }
}

/** What is no id of theirs is refused as a bad request: https://github.com/ConductorOne/c1i */
function isOfNothing(error: unknown): boolean {
  return error instanceof NotFoundError || (error instanceof ProviderError && error.status === BAD_REQUEST);
}

/** The part of a window of which instances are not listed any more, for webhooks that wait so long for a callback. */
export function beforeListed({ from, to }: Window, now: Date, callbacksMs: readonly (number | undefined)[]): Window {
  const shortestMs = Math.min(DEFAULT_CALLBACK_MS, ...callbacksMs.map((ms) => ms ?? DEFAULT_CALLBACK_MS));
  return windowOf(from.getTime(), Math.max(from.getTime(), Math.min(to.getTime(), now.getTime() - shortestMs)));
}

/**
 * One row an invocation. An instance tells more than what was rebuilt of it, except an end that only the trail knows yet; of those
 * that are not listed any more the trail has what there is. A failed run goes by its instance where that is listed.
 */
export function merged(listed: readonly Invocation[], rebuilt: readonly Invocation[]): Invocation[] {
  const rows = new Map(rebuilt.map((row) => [row.id, row]));
  for (const instance of listed) {
    const { kind, ref } = instance.source ?? {};
    if (kind === "workflowStep" && ref !== undefined) rows.delete(ref);
    const traced = rows.get(instance.id);
    rows.set(instance.id, traced ? together(instance, traced) : instance);
  }
  return [...rows.values()];
}

function together(instance: Invocation, traced: Invocation): Invocation {
  const { source = traced.source, attemptsCount = traced.attemptsCount, expiresAt = traced.expiresAt } = instance;
  const isNamed = traced.source?.name !== undefined && traced.source.ref === source?.ref;
  const both = { ...instance, source: isNamed ? traced.source : source, attemptsCount, expiresAt };
  if (instance.outcome !== "pending" || traced.outcome === "pending") return both;
  const { status, outcome, pendingUntil, latestCompletedAt } = traced;
  return { ...both, status, outcome, pendingUntil, latestCompletedAt };
}
