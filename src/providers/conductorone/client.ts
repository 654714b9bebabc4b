import type { z } from "zod";
import type { Budget } from "../budget.ts";
import { type Clock, systemClock } from "../clock.ts";
import {
  type Authorizer,
  type CallOptions,
  createHttpClient,
  type HttpClient,
  type HttpRequest,
  type OnRequest,
} from "../http.ts";
import { adviceFor } from "./advice.ts";
import { createAuthorizer } from "./auth.ts";
import { CONDUCTORONE } from "./decode.ts";
import { meaningOf } from "./meaning.ts";
import { followPages, type Page, readPage } from "./paging.ts";
import { readField } from "./read-field.ts";
import * as schema from "./schema.ts";
import type { ConductorOneSettings } from "./settings.ts";

/** Rows of tasks are large: more than ten a page are refused or slow. https://github.com/ConductorOne/c1i */
export const TASKS_A_PAGE = 10;
const ROWS_A_PAGE = 100;

export interface PageParams {
  /** A wish: pages may be shorter or longer. */
  pageSize?: number;
  pageToken?: string | undefined;
}

export interface WebhookSearch extends PageParams {
  query?: string;
  ids?: readonly string[];
}

export interface TaskSearch extends PageParams {
  createdAfter?: Date;
  createdBefore?: Date;
  taskStates?: readonly ("TASK_STATE_OPEN" | "TASK_STATE_CLOSED")[];
  /** Tasks whose current step is of this kind; what has moved on is not found by it. */
  currentStep?: "TASK_SEARCH_CURRENT_STEP_APPROVAL" | "TASK_SEARCH_CURRENT_STEP_PROVISION";
  stepApprovalTypes?: readonly string[];
  sortBy?: string;
}

export interface ExecutionSearch extends PageParams {
  executionStates?: readonly string[];
  automationTemplateIds?: readonly string[];
}

/**
 * ConductorOne's API for those who read webhooks, https://www.conductorone.com/docs/conductorone-api/api. Every method throws
 * `ProviderError`, `RangeError` for an empty id, or the signal's reason. What it returns is as it came: not redacted.
 */
export interface ConductorOneClient
  extends Pick<HttpClient, "requestCount" | "rateLimit" | "spareRequests" | "clockReading" | "faultsOf"> {
  listWebhooks(params: PageParams, options: CallOptions): Promise<Page<schema.WebhookRow>>;
  webhookPages(options: CallOptions): AsyncGenerator<Page<schema.WebhookRow>>;
  getWebhook(webhookId: string, options: CallOptions): Promise<schema.WebhookRow>;
  searchWebhooks(params: WebhookSearch, options: CallOptions): Promise<Page<schema.WebhookRow>>;
  /** Sends a sample event. The answer is the instance as it was made, not its end. Never sent twice, not even after a 401. */
  testWebhook(webhookId: string, options: CallOptions): Promise<schema.InstanceRow>;
  searchTasks(params: TaskSearch, options: CallOptions): Promise<Page<schema.TaskRow>>;
  taskPages(params: TaskSearch, options: CallOptions): AsyncGenerator<Page<schema.TaskRow>>;
  getTask(taskId: string, options: CallOptions): Promise<schema.TaskRow>;
  /** The whole trail of a task. */
  auditPages(taskId: string, options: CallOptions): AsyncGenerator<Page<schema.AuditRow>>;
  executionPages(params: ExecutionSearch, options: CallOptions): AsyncGenerator<Page<schema.ExecutionRow>>;
  getExecution(executionId: string, options: CallOptions): Promise<schema.ExecutionRow>;
  getAutomation(automationId: string, options: CallOptions): Promise<schema.AutomationRow>;
  automationPages(options: CallOptions): AsyncGenerator<Page<schema.AutomationRow>>;
  /** Only where a path to such an endpoint was set: none is public. */
  instancePages(path: string, webhookId: string, options: CallOptions): AsyncGenerator<Page<schema.InstanceRow>>;
  introspect(options: CallOptions): Promise<schema.Identity>;
}

export interface ConductorOneClientParts {
  clock?: Clock;
  giveUpAfterMs?: number;
  onRequest?: OnRequest;
  budget?: Budget;
}

export function createConductorOneClient(
  settings: ConductorOneSettings,
  parts: ConductorOneClientParts = {},
): ConductorOneClient {
  const { clock = systemClock, giveUpAfterMs, onRequest, budget } = parts;
  const { baseUrl, credentials } = settings;
  const authorizer = createAuthorizer(settings, clock);
  const httpParts = {
    provider: CONDUCTORONE,
    baseUrl,
    advice: adviceFor(credentials),
    clock,
    giveUpAfterMs,
    onRequest,
    budget,
    meaningOf,
    keepsPath: true,
  };
  const http = createHttpClient({ ...httpParts, authorizer });
  const onceOnly = createHttpClient({ ...httpParts, authorizer: withoutSecondTry(authorizer) });

  async function page<Row extends z.ZodType>(
    request: HttpRequest,
    row: Row,
    options: CallOptions,
    keys: readonly string[] = ["list"],
  ): Promise<Page<z.infer<Row>>> {
    return readPage(await http.send(request, options), keys, row, http.faultsOf(request));
  }

  async function one<Row extends z.ZodType>(
    request: HttpRequest,
    keys: readonly string[],
    row: Row,
    options: CallOptions,
  ): Promise<z.infer<Row>> {
    return readField(await http.send(request, options), keys, row, http.faultsOf(request));
  }

  /** Every page, from the first on. */
  function pages<Row extends { id?: string | undefined }>(
    request: HttpRequest,
    readAfter: (pageToken: string | undefined) => Promise<Page<Row>>,
  ): AsyncGenerator<Page<Row>> {
    return followPages(readAfter, http.faultsOf(request));
  }

  const client: ConductorOneClient = {
    get requestCount() {
      return http.requestCount + onceOnly.requestCount;
    },
    get rateLimit() {
      return http.rateLimit;
    },
    get spareRequests() {
      return http.spareRequests;
    },
    get clockReading() {
      return http.clockReading;
    },
    faultsOf: http.faultsOf,
    listWebhooks: ({ pageSize = ROWS_A_PAGE, pageToken }, options) => {
      const query = { page_size: String(pageSize), page_token: pageToken };
      return page({ method: "GET", path: "/api/v1/webhooks", query }, schema.webhookRow, options);
    },
    webhookPages: (options) =>
      pages({ method: "GET", path: "/api/v1/webhooks" }, (pageToken) => client.listWebhooks({ pageToken }, options)),
    getWebhook: async (webhookId, options) =>
      one(webhookRequest("GET", webhookId), ["webhook"], schema.webhookRow, options),
    searchWebhooks: ({ ids, pageSize = ROWS_A_PAGE, ...params }, options) => {
      const refs = ids?.map((id) => ({ id: named(id) }));
      return page(search("/api/v1/search/webhooks", { ...params, refs, pageSize }), schema.webhookRow, options);
    },
    async testWebhook(webhookId, options) {
      const request = { ...webhookRequest("POST", webhookId, "/test"), body: {} };
      const answer = await onceOnly.send(request, options);
      return readField(answer, ["webhook"], schema.instanceRow, onceOnly.faultsOf(request));
    },
    async searchTasks({ pageSize = TASKS_A_PAGE, ...params }, options) {
      const request = search("/api/v1/search/tasks", { ...params, pageSize });
      const { rows, ...rest } = await page(request, schema.taskView, options);
      return { ...rest, rows: rows.map(({ task }) => task) };
    },
    taskPages: (params, options) =>
      pages(search("/api/v1/search/tasks", {}), (pageToken) => client.searchTasks({ ...params, pageToken }, options)),
    async getTask(taskId, options) {
      const request: HttpRequest = { method: "GET", path: `/api/v1/tasks/${segment(taskId)}` };
      return (await one(request, ["taskView"], schema.taskView, options)).task;
    },
    auditPages(taskId, options) {
      const asked = (pageToken?: string) =>
        search("/api/v1/task/audits", { taskId: named(taskId), pageSize: ROWS_A_PAGE, pageToken });
      return pages(asked(), (pageToken) => page(asked(pageToken), schema.auditRow, options));
    },
    executionPages(params, options) {
      const asked = (pageToken?: string) =>
        search("/api/v1/search/automation_executions", { pageSize: ROWS_A_PAGE, ...params, pageToken });
      const keys = ["list", "automationExecutions"];
      return pages(asked(), (pageToken) => page(asked(pageToken), schema.executionView, options, keys));
    },
    getExecution: async (executionId, options) =>
      one(
        { method: "GET", path: `/api/v1/automation_executions/${segment(executionId)}` },
        ["automationExecution", "execution"],
        schema.executionRow,
        options,
      ),
    getAutomation: async (automationId, options) =>
      one(
        { method: "GET", path: `/api/v1/automations/${segment(automationId)}` },
        ["automation"],
        schema.automationRow,
        options,
      ),
    automationPages: (options) =>
      pages({ method: "GET", path: "/api/v1/automations" }, (pageToken) => {
        const query = { page_size: String(ROWS_A_PAGE), page_token: pageToken };
        return page({ method: "GET", path: "/api/v1/automations", query }, schema.automationRow, options);
      }),
    instancePages(template, webhookId, options) {
      const path = `/api/v1${template.replaceAll("{webhookId}", segment(webhookId))}`;
      const asked = (pageToken?: string): HttpRequest => {
        const query = { page_size: String(ROWS_A_PAGE), page_token: pageToken };
        return { method: "GET", path, query, webhookId };
      };
      return pages(asked(), (pageToken) => page(asked(pageToken), schema.instanceRow, options));
    },
    async introspect(options) {
      const request: HttpRequest = { method: "GET", path: "/api/v1/auth/introspect" };
      const read = schema.identity.safeParse(await http.send(request, options));
      // Any JSON would pass for an identity without a name.
      const isSomeone = read.data?.userId !== undefined || read.data?.principleId !== undefined;
      if (!read.success || !isSomeone) throw http.faultsOf(request).nonsense("answered without saying who is asking");
      return read.data;
    },
  };
  return client;
}

/** After a 401 the token is renewed for the next request, and this one is left as it ended. */
function withoutSecondTry(authorizer: Authorizer): Authorizer {
  return {
    get secrets() {
      return authorizer.secrets;
    },
    async authorize(method, plainHttp, rejected) {
      const header = await authorizer.authorize(method, plainHttp, rejected);
      return rejected === undefined ? header : undefined;
    },
  };
}

/** A POST that reads. */
function search(path: string, body: Record<string, unknown>): HttpRequest {
  return { method: "POST", path, body, isRead: true };
}

function webhookRequest(method: HttpRequest["method"], webhookId: string, below = ""): HttpRequest {
  return { method, path: `/api/v1/webhooks/${segment(webhookId)}${below}`, webhookId };
}

/** An id as one segment of a path, whatever is in it: not even a pair of dots leads elsewhere. */
function segment(id: string): string {
  return encodeURIComponent(named(id).toWellFormed()).replace(/^\.{1,2}$/, (dots) => dots.replaceAll(".", "%252E"));
}

/** An empty id is sent on to the whole list, which would be taken for an answer. https://github.com/ConductorOne/c1i */
function named(id: string): string {
  if (id.trim() !== "") return id;
  throw new RangeError("ConductorOne was to be asked for something with an empty id.");
}
