import { type Context, Hono } from "hono";
import type { SandboxEnv } from "../provider/start.ts";
import type { Access } from "./access.ts";
import type { FaultKind } from "./faults.ts";
import { LOOPING_TOKEN, type Page, pageOf, shownList, shownToken } from "./page.ts";
import { checkId, Refusal } from "./refusal.ts";
import {
  LIST_AUDITS,
  pageIn,
  pageInQuery,
  readBody,
  SEARCH_EXECUTIONS,
  SEARCH_TASKS,
  SEARCH_WEBHOOKS,
} from "./requests.ts";
import { searchTasks } from "./search-tasks.ts";
import { showAudits } from "./show-audits.ts";
import { automationsOf } from "./story/automation.ts";
import type { Story } from "./story/story.ts";
import { isKept } from "./story/truth.ts";
import type { StoryWebhook } from "./story/webhook.ts";
import { shownAutomation } from "./wire/automation.ts";
import { executionState, shownExecution } from "./wire/execution.ts";
import { shownTask } from "./wire/task.ts";
import { shownInstance, shownWebhook } from "./wire/webhook.ts";

export interface ApiParts {
  story: Story;
  access: Access;
  now: () => Date;
  /** Where a tenant lists its instances, a path with `{webhookId}`; absent where it does not. */
  instancesPath: string | undefined;
}

type Env = SandboxEnv<FaultKind>;

const TOKEN_LIFE_SECONDS = 600;
const SHORT_TOKEN_LIFE_SECONDS = 5;

/** The part of ConductorOne's API that a reader of webhooks needs. */
export function createApi({ story, access, now, instancesPath }: ApiParts): Hono<Env> {
  const api = new Hono<Env>();
  const nowMs = () => now().getTime();

  api.post("/auth/v1/token", async (c) => {
    const form = new URLSearchParams(await c.req.text());
    const expiresInSeconds = c.get("fault") === "short-token" ? SHORT_TOKEN_LIFE_SECONDS : TOKEN_LIFE_SECONDS;
    const hasDpop = c.req.header("dpop") !== undefined;
    const asked = { nowMs: nowMs(), wantsDpop: c.get("fault") === "dpop", hasDpop, expiresInSeconds };
    return c.json(await access.grant(form, asked));
  });

  api.use("/api/*", async (c, next) => {
    const collection = collectionOf(c.req.path);
    if (collection !== undefined) return c.redirect(collection, 301);
    const isTest = c.req.path.endsWith("/test");
    access.check(c.req.header("authorization"), isTest ? "write" : "read", nowMs());
    return next();
  });

  api.get("/api/v1/auth/introspect", (c) => {
    return c.json({
      userId: "2fCjgK8tYJxV9u8d1wupBMeXZ45",
      principleId: "2fCjgK8tYJxV9u8d1wupBMeXZ46",
      tenantId: "2fCjgK8tYJxV9u8d1wupBMeXZ47",
      roles: ["Read-Only Super Administrator"],
      permissions: null,
      features: [],
    });
  });

  api.get("/api/v1/webhooks", (c) => answerPage(c, "list", pageOf(story.webhooks, pageInQuery(c), idOf), shownWebhook));

  api.get("/api/v1/webhooks/:id", (c) =>
    c.json({ webhook: shownWebhook(webhookOf(c, "WebhooksServiceGetRequest.Id")) }),
  );

  api.post("/api/v1/webhooks/:id/test", (c) => {
    const { id } = webhookOf(c, "WebhooksServiceTestRequest.Id");
    return c.json({ webhook: shownInstance(story.addTest(id, nowMs()), nowMs()) });
  });

  api.post("/api/v1/search/webhooks", async (c) => {
    const body = await readBody(c, SEARCH_WEBHOOKS);
    const query = (body.query ?? "").toLowerCase();
    const found = story.webhooks.filter(
      ({ id, name, description }) =>
        `${name}\n${description}`.toLowerCase().includes(query) &&
        (!body.refs?.length || body.refs.some((ref) => ref.id === id)),
    );
    return answerPage(c, "list", pageOf(found, pageIn(body), idOf), shownWebhook);
  });

  api.post("/api/v1/search/tasks", async (c) => {
    const body = await readBody(c, SEARCH_TASKS);
    const found = searchTasks(story.tasks(nowMs()), body, nowMs());
    return answerPage(c, "list", pageOf(found, pageIn(body), idOf), (task) => shownTask(task, nowMs()));
  });

  api.get("/api/v1/tasks/:id", (c) =>
    c.json({ taskView: shownTask(taskOf(c.req.param("id")), nowMs()), expanded: [] }),
  );

  api.post("/api/v1/task/audits", async (c) => {
    const body = await readBody(c, LIST_AUDITS);
    // Their own checks of bodies are answered as 500 with code 2 in places: https://github.com/ConductorOne/c1i
    if (!body.taskId) throw new Refusal(2, "task_id is required");
    const task = taskOf(checkId("TaskAuditListRequest.TaskId", body.taskId));
    const entries = showAudits(task, nowMs(), {
      newestFirst: body.newestFirst === true,
      commentsOnly: body.commentsOnly === true,
      fault: c.get("fault"),
    });
    const page = pageOf(entries, pageIn(body), ({ token }) => token);
    return answerPage(c, "list", page, ({ shown }) => shown);
  });

  api.get("/api/v1/automation_executions", (c) => {
    const page = pageOf(story.executions(nowMs()).reverse(), pageInQuery(c), idOf);
    return answerPage(c, "automationExecutions", page, (execution) => shownExecution(execution, nowMs()));
  });

  api.post("/api/v1/search/automation_executions", async (c) => {
    const { executionStates, automationTemplateIds, ...body } = await readBody(c, SEARCH_EXECUTIONS);
    const found = story
      .executions(nowMs())
      .filter((execution) => !executionStates?.length || executionStates.includes(executionState(execution, nowMs())))
      .filter(({ automation }) => !automationTemplateIds?.length || automationTemplateIds.includes(automation.id))
      .reverse();
    return answerPage(c, "list", pageOf(found, pageIn(body), idOf), (execution) => ({
      automationExecution: shownExecution(execution, nowMs()),
      automationPath: "",
    }));
  });

  api.get("/api/v1/automation_executions/:id", (c) => {
    const found = story.executions(nowMs()).find(({ id }) => id === c.req.param("id"));
    if (!found) throw notFound();
    return c.json({ automationExecution: shownExecution(found, nowMs()) });
  });

  api.get("/api/v1/automations/:id", (c) => {
    const id = checkId("GetAutomationRequest.Id", c.req.param("id"));
    const automations = story.webhooks.filter(({ use }) => use === "workflowStep").flatMap(automationsOf);
    const found = automations.find((automation) => automation.id === id);
    if (!found) throw notFound();
    return c.json({ automation: shownAutomation(found) });
  });

  if (instancesPath !== undefined) {
    api.get(routeOf(instancesPath), (c) => {
      const webhook = webhookOf(c, "ListInstancesRequest.WebhookId");
      const kept = story.runs(nowMs()).filter((run) => run.webhook.id === webhook.id && isKept(run, nowMs()));
      return answerPage(c, "list", pageOf(kept.reverse(), pageInQuery(c), idOf), (run) => ({
        ...shownInstance(run, nowMs()),
        ...(c.get("fault") === "unknown-state" ? { state: "WEBHOOK_STATE_QUARANTINED" } : {}),
      }));
    });
  }

  function webhookOf(c: Context<Env>, field: string): Readonly<StoryWebhook> {
    const id = checkId(field, c.req.param("id") ?? "");
    const webhook = story.webhooks.find((candidate) => candidate.id === id);
    if (!webhook) throw notFound();
    return webhook;
  }

  /** A task may be named by its numeric id too. */
  function taskOf(id: string) {
    if (!/^\d+$/.test(id)) checkId("TaskServiceGetRequest.Id", id);
    const task = story.tasks(nowMs()).find((candidate) => candidate.id === id || candidate.numericId === id);
    if (!task) throw notFound();
    return task;
  }

  return api;
}

/** Below /api/v1, with the webhook's id where the template has it. */
function routeOf(template: string): string {
  const below = template.replace(/^\/?(api\/v1\/)?/, "").replace("{webhookId}", ":id");
  return `/api/v1/${below}`;
}

/** Where an empty id leads: "redirected to the collection", https://github.com/ConductorOne/c1i */
function collectionOf(path: string): string | undefined {
  const decoded = path.replaceAll(/%2f/gi, "/").replaceAll(/%2e/gi, ".");
  const collection = decoded.replace(/(?:\/\.?)+$/, "");
  return collection === decoded ? undefined : collection;
}

function answerPage<T>(
  c: Context<Env>,
  key: string,
  page: Page<T>,
  shown: (item: T) => Record<string, unknown>,
): Response {
  const nextToken = c.get("fault") === "token-loop" ? LOOPING_TOKEN : page.nextToken;
  return c.json({ ...shownList(key, page.items.map(shown), c.req.path), ...shownToken(nextToken, c.req.path) });
}

function idOf({ id }: { id: string }): string {
  return id;
}

function notFound(): Refusal {
  return new Refusal(5, "not found");
}
