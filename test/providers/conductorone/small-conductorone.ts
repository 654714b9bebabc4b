import { answerJson, type Loopback, type SeenRequest, startLoopback } from "../loopback.ts";

/** A tenant in a few lists. Everything is as on the wire. */
export interface SmallConductorOne {
  webhooks: Record<string, unknown>[];
  tasks: SmallTask[];
  executions?: Record<string, unknown>[];
  automations?: Record<string, Record<string, unknown>>;
  /** By webhook, below `/api/v1/webhooks/<id>/instances`. */
  instances?: Record<string, Record<string, unknown>[]>;
  /** Rows a page, whatever was asked for. */
  pageSize?: number;
}

export interface SmallTask {
  id: string;
  numericId?: string;
  state: "TASK_STATE_OPEN" | "TASK_STATE_CLOSED";
  createdAt: string;
  updatedAt?: string;
  policy?: Record<string, unknown>;
  audits: Record<string, unknown>[];
}

export async function startSmallConductorOne(tenant: SmallConductorOne): Promise<Loopback> {
  return startLoopback((request, response) => {
    const answer = answerOf(tenant, request);
    if (answer === undefined) answerJson(response, { code: 5, message: "not found (request-id: r1)" }, 404);
    else answerJson(response, answer);
  });
}

function answerOf(tenant: SmallConductorOne, request: SeenRequest): unknown {
  const url = new URL(request.url, "http://tenant");
  const body = request.body === "" ? {} : JSON.parse(request.body);
  const page = (rows: readonly unknown[], token: string | null = body.pageToken ?? null, most = body.pageSize ?? 25) =>
    pageOf(rows, token, tenant.pageSize ?? most);
  const route = `${request.method} ${url.pathname}`;
  switch (route) {
    case "GET /api/v1/auth/introspect":
      return { userId: "user-1", principleId: "user-1", roles: ["Read-Only Administrator"], features: null };
    case "GET /api/v1/webhooks":
      return page(tenant.webhooks, url.searchParams.get("page_token"), Number(url.searchParams.get("page_size")));
    case "POST /api/v1/search/tasks":
      return page(tenant.tasks.filter((task) => isFound(task, body)).map(({ audits, ...task }) => ({ task })));
    case "POST /api/v1/task/audits":
      return page(tenant.tasks.find(({ id }) => id === body.taskId)?.audits ?? []);
    case "POST /api/v1/search/automation_executions":
      return page(tenant.executions ?? []);
  }
  const [, kind, id, below] = /^GET \/api\/v1\/(\w+)\/([^/]+)(?:\/(\w+))?$/.exec(route) ?? [];
  if (kind === "automations" && id) return tenant.automations?.[id] && { automation: tenant.automations[id] };
  if (kind === "webhooks" && below === "instances" && id)
    return page(tenant.instances?.[id] ?? [], url.searchParams.get("page_token"), 100);
  if (kind === "webhooks" && below === undefined) {
    const webhook = tenant.webhooks.find((candidate) => candidate.id === id);
    return webhook && { webhook };
  }
  if (kind === "automation_executions")
    return tenant.executions?.find(({ automationExecution }) => isNamed(automationExecution, id));
  if (kind === "tasks") {
    const task = tenant.tasks.find((candidate) => candidate.id === id);
    return task && { taskView: { task } };
  }
  return undefined;
}

function isNamed(execution: unknown, id: string | undefined): boolean {
  return typeof execution === "object" && execution !== null && "id" in execution && execution.id === id;
}

function isFound(task: SmallTask, body: Record<string, unknown>): boolean {
  const { createdAfter, createdBefore, taskStates } = body;
  const madeAt = Date.parse(task.createdAt);
  const isLate = typeof createdAfter !== "string" || madeAt >= Date.parse(createdAfter);
  const isEarly = typeof createdBefore !== "string" || madeAt < Date.parse(createdBefore);
  return isLate && isEarly && (!Array.isArray(taskStates) || taskStates.includes(task.state));
}

function pageOf(rows: readonly unknown[], token: string | null, size: number): Record<string, unknown> {
  const start = Number(token ?? 0);
  const list = rows.slice(start, start + size);
  const next = start + size < rows.length ? String(start + size) : "";
  return { list: list.length === 0 ? null : list, nextPageToken: next };
}
