import { type Asking, DAY_MS, everyPost, isObject, objectAt } from "./ask.ts";

export interface Found {
  failed: string[];
  pending: string[];
  succeeded: string[];
}

interface Instance {
  id: string;
  webhookId: string;
  attempts: number;
  latestMs: number;
  outcome: keyof Found;
}

/**
 * A reader written from the API's description alone: all tasks, all of their audits, and which step had which instance; then the
 * failed executions of automations that do nothing but run one webhook.
 */
export async function readAll(asking: Asking, window: { from: Date; to: Date }): Promise<Map<string, Found>> {
  const createdAfter = new Date(window.from.getTime() - 30 * DAY_MS).toISOString();
  const views = await everyPost(asking, "/api/v1/search/tasks", { createdAfter });
  const instances: Instance[] = [];
  const queue = views.map((view) => objectAt(view, "task"));
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let task = queue.pop(); task; task = queue.pop()) {
        const audits = await everyPost(asking, "/api/v1/task/audits", { taskId: task.id });
        instances.push(...instancesIn(audits, failedByStep(task)));
      }
    }),
  );
  instances.push(...(await failedExecutions(asking)));
  const found = new Map<string, Found>();
  for (const { id, webhookId, latestMs, outcome } of instances) {
    const one = found.get(webhookId) ?? { failed: [], pending: [], succeeded: [] };
    found.set(webhookId, one);
    if (latestMs >= window.from.getTime() && latestMs < window.to.getTime()) one[outcome].push(id);
  }
  for (const one of found.values()) for (const ids of [one.failed, one.pending, one.succeeded]) ids.sort();
  return found;
}

async function failedExecutions(asking: Asking): Promise<Instance[]> {
  const executionStates = ["AUTOMATION_EXECUTION_STATE_ERROR"];
  const views = await everyPost(asking, "/api/v1/search/automation_executions", { executionStates });
  const instances: Instance[] = [];
  for (const { id, automationTemplateId, completedAt } of views.map((view) => objectAt(view, "automationExecution"))) {
    const { json } = await asking.get(`/api/v1/automations/${automationTemplateId}`);
    const steps = objectAt(json, "automation").automationSteps;
    if (!Array.isArray(steps) || steps.length !== 1) continue;
    const webhookId = String(objectAt(steps[0], "webhook").webhookId);
    instances.push({
      id: String(id),
      webhookId,
      attempts: 0,
      latestMs: Date.parse(String(completedAt)),
      outcome: "failed",
    });
  }
  return instances;
}

/** The instances whose provisioning steps were given to somebody else by an error, and when. */
function failedByStep(task: Record<string, unknown>): Map<string, number> {
  const history = objectAt(task, "policy").history;
  const failed = new Map<string, number>();
  for (const step of Array.isArray(history) ? history.filter(isObject) : []) {
    const provision = objectAt(step, "provision");
    const erroredAt = objectAt(provision, "reassignedByError").erroredAt;
    if (typeof erroredAt === "string") failed.set(String(provision.webhookInstanceId), Date.parse(erroredAt));
  }
  return failed;
}

function instancesIn(audits: Record<string, unknown>[], failed: ReadonlyMap<string, number>): Instance[] {
  const instances = new Map<string, Instance>();
  const inOrder = audits.toSorted((a, b) => Date.parse(String(a.created)) - Date.parse(String(b.created)));
  for (const audit of inOrder) {
    for (const [typ, value] of Object.entries(audit)) {
      if (!isObject(value) || typeof value.webhookInstanceId !== "string") continue;
      const id = value.webhookInstanceId;
      const instance = instances.get(id) ?? {
        id,
        webhookId: String(value.webhookId),
        attempts: 0,
        latestMs: 0,
        outcome: "pending",
      };
      instances.set(id, instance);
      instance.latestMs = Date.parse(String(audit.created));
      if (typ.endsWith("Attempt")) instance.attempts += 1;
      if (typ.endsWith("Success")) instance.outcome = "succeeded";
      if (/BadResponse$|FatalError$/.test(typ)) instance.outcome = "failed";
    }
  }
  for (const instance of instances.values()) {
    const erroredAtMs = failed.get(instance.id);
    if (erroredAtMs !== undefined) Object.assign(instance, { latestMs: erroredAtMs, outcome: "failed" });
    else if (instance.attempts === 50 && instance.outcome === "pending") instance.outcome = "failed";
  }
  return [...instances.values()];
}
