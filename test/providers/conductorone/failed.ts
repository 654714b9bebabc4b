import { createConductorOneProvider } from "../../../src/providers/conductorone/provider.ts";
import type { ConductorOneSettings } from "../../../src/providers/conductorone/settings.ts";
import type { InvocationPage, Provider } from "../../../src/providers/provider.ts";
import { windowOf } from "../../../src/triage/window.ts";
import type { Handler, Loopback } from "../loopback.ts";
import { startLoopback } from "../loopback.ts";
import { type VirtualClock, virtualClock } from "../virtual-clock.ts";
import { withAccessToken } from "./settings.ts";
import { type SmallConductorOne, type SmallTask, startSmallConductorOne } from "./small-conductorone.ts";

/** Tenants in which something has failed. */

export const HOUR = 60 * 60_000;
export const NOW = Date.parse("2026-11-21T12:00:00Z");
export const LAST_DAY = windowOf(NOW - 24 * HOUR, NOW);

export interface Tenant {
  server: Loopback;
  clock: VirtualClock;
  provider: Provider;
}

const servers: Loopback[] = [];

/** With a webhook `hook` and one called `other`. */
export function tenant(
  parts: Partial<SmallConductorOne>,
  settings: Partial<ConductorOneSettings> = {},
): Promise<Tenant> {
  return opened(startSmallConductorOne({ webhooks: [{ id: "hook" }, { id: "other" }], tasks: [], ...parts }), settings);
}

/** One that answers as it is told. */
export function tenantAnswering(handle: Handler, settings: Partial<ConductorOneSettings> = {}): Promise<Tenant> {
  return opened(startLoopback(handle), settings);
}

/** For `afterEach`. */
export async function closeTenants(): Promise<void> {
  await Promise.all(servers.splice(0).map((server) => server.close()));
}

/** What a book of tasks is asked for: all that happened from then on. */
export function since(fromMs: number): { fromMs: number; toMs: number } {
  return { fromMs, toMs: Number.POSITIVE_INFINITY };
}

export function time(atMs: number): string {
  return new Date(atMs).toISOString();
}

/** A task whose approval webhook failed at `failedMs`. */
export function failedTask(id: string, failedMs: number, more: Partial<SmallTask> = {}): SmallTask {
  const arm = { webhookId: "hook", webhookInstanceId: `instance of ${id}` };
  return {
    id,
    state: "TASK_STATE_CLOSED",
    createdAt: time(failedMs - HOUR),
    updatedAt: time(failedMs),
    audits: [
      { id: `${id} 1`, created: time(failedMs - 60_000), webhookApprovalAttempt: arm },
      { id: `${id} 2`, created: time(failedMs), webhookApprovalFatalError: { ...arm, error: "no such host" } },
    ],
    ...more,
  };
}

/** A run of an automation that failed an hour ago. */
export function failedRun(id: string, automationTemplateId: string, more: Record<string, unknown> = {}) {
  const state = "AUTOMATION_EXECUTION_STATE_ERROR";
  const times = { createdAt: time(NOW - 2 * HOUR), completedAt: time(NOW - HOUR) };
  return { automationExecution: { id, automationTemplateId, state, ...times, ...more } };
}

/** An automation whose only step runs this webhook. */
export function onlyStep(webhookId: string): Record<string, unknown> {
  return { automationSteps: [{ webhook: { webhookId } }] };
}

async function opened(starting: Promise<Loopback>, settings: Partial<ConductorOneSettings>): Promise<Tenant> {
  const server = await starting;
  servers.push(server);
  const clock = virtualClock();
  return {
    server,
    clock,
    provider: createConductorOneProvider({ ...withAccessToken(server.url), ...settings }, { clock }),
  };
}

/** What came before an error, and the error. */
export async function readUntilError(
  items: AsyncIterable<InvocationPage>,
): Promise<{ pages: InvocationPage[]; error: unknown }> {
  const pages: InvocationPage[] = [];
  try {
    for await (const page of items) pages.push(page);
  } catch (error) {
    return { pages, error };
  }
  return { pages, error: undefined };
}
