import type { z } from "zod";
import type { Budget } from "../budget.ts";
import { type Clock, systemClock } from "../clock.ts";
import { type CallOptions, createHttpClient, type HttpClient, type HttpRequest, type OnRequest } from "../http.ts";
import { adviceFor } from "./advice.ts";
import { createAuthorizer } from "./auth.ts";
import { ZENDESK } from "./decode.ts";
import { followPages, type Page } from "./paging.ts";
import { readField, readPage } from "./read-answer.ts";
import * as schema from "./schema.ts";
import type { ZendeskSettings } from "./settings.ts";
import type { FilterStatus } from "./status.ts";

/** Rows a page, at most. */
export const LARGEST_PAGE = 100;

/** Cursors come from a page; one of them at a time. */
export interface PageParams {
  /** Rows a page, 1 to 100. Zendesk's own default is 100. */
  size?: number;
  after?: string;
  before?: string;
}

export interface WebhookParams {
  nameContains?: string;
  status?: "active" | "inactive";
  sort?: "name" | "-name" | "status" | "-status";
  page?: PageParams;
}

export interface InvocationParams {
  from?: Date;
  to?: Date;
  status?: FilterStatus;
  /** Latest first when absent. */
  sort?: "latest_completed_at" | "-latest_completed_at";
  page?: PageParams;
}

/** What a test delivery sends instead of what the webhook has. */
export interface TestRequest {
  endpoint?: string;
  http_method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  request_format?: "json" | "xml" | "form_encoded";
}

/**
 * Zendesk's webhooks API for those who read, https://developer.zendesk.com/api-reference/webhooks/webhooks-api/webhooks/. Every
 * method throws `ProviderError`, or the signal's reason. What it returns is as it came: not redacted.
 */
export interface ZendeskClient
  extends Pick<HttpClient, "requestCount" | "rateLimit" | "spareRequests" | "clockReading"> {
  listWebhooks(params: WebhookParams, options: CallOptions): Promise<Page<schema.WebhookRow>>;
  webhookPages(params: WebhookParams, options: CallOptions): AsyncGenerator<Page<schema.WebhookRow>>;
  getWebhook(webhookId: string, options: CallOptions): Promise<schema.WebhookRow>;
  /** One page, whose rows may repeat an invocation: there is one row for each outcome of an attempt. */
  listInvocations(
    webhookId: string,
    params: InvocationParams,
    options: CallOptions,
  ): Promise<Page<schema.InvocationRow>>;
  /** From the page that `params` names onwards. */
  invocationPages(
    webhookId: string,
    params: InvocationParams,
    options: CallOptions,
  ): AsyncGenerator<Page<schema.InvocationRow>>;
  /** In the order in which they came, which is newest first. */
  listAttempts(webhookId: string, invocationId: string, options: CallOptions): Promise<schema.AttemptRow[]>;
  /** Sends a test delivery, of an existing webhook where one is named. Needs the scope webhooks:write. Never tried twice. */
  testWebhook(webhookId: string | undefined, request: TestRequest, options: CallOptions): Promise<schema.AttemptRow>;
}

export interface ZendeskClientParts {
  clock?: Clock;
  giveUpAfterMs?: number;
  onRequest?: OnRequest;
  budget?: Budget;
}

export function createZendeskClient(settings: ZendeskSettings, parts: ZendeskClientParts = {}): ZendeskClient {
  const { clock = systemClock, giveUpAfterMs, onRequest, budget } = parts;
  const { baseUrl, credentials } = settings;
  const authorizer = createAuthorizer(credentials, clock);
  const http = createHttpClient({
    provider: ZENDESK,
    baseUrl,
    authorizer,
    advice: adviceFor(credentials),
    clock,
    giveUpAfterMs,
    onRequest,
    budget,
  });

  async function readList<Row extends z.ZodType>(
    request: HttpRequest,
    key: string,
    row: Row,
    options: CallOptions,
  ): Promise<Page<z.infer<Row>>> {
    return readPage(await http.send(request, options), key, row, http.faultsOf(request));
  }

  const client: ZendeskClient = {
    get requestCount() {
      return http.requestCount;
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
    listWebhooks: (params, options) => readList(webhooksRequest(params), "webhooks", schema.webhookRow, options),
    webhookPages({ page, ...params }, options) {
      const readAfter = (after: string | undefined) =>
        client.listWebhooks({ ...params, page: nextPage(page, after) }, options);
      return followPages(readAfter, http.faultsOf(webhooksRequest(params)));
    },
    async getWebhook(webhookId, options) {
      const request = webhookRequest(webhookId);
      return readField(await http.send(request, options), "webhook", schema.webhookRow, http.faultsOf(request));
    },
    listInvocations: (webhookId, params, options) =>
      readList(invocationsRequest(webhookId, params), "invocations", schema.invocationRow, options),
    invocationPages(webhookId, { page, ...params }, options) {
      const readAfter = (after: string | undefined) =>
        client.listInvocations(webhookId, { ...params, page: nextPage(page, after) }, options);
      return followPages(readAfter, http.faultsOf(invocationsRequest(webhookId, params)));
    },
    async listAttempts(webhookId, invocationId, options) {
      const path = `/invocations/${segment(invocationId)}/attempts`;
      const request = webhookRequest(webhookId, path);
      return readPage(await http.send(request, options), "attempts", schema.attemptRow, http.faultsOf(request)).rows;
    },
    async testWebhook(webhookId, test, options) {
      const query = { webhook_id: webhookId };
      const request: HttpRequest = {
        method: "POST",
        path: "/api/v2/webhooks/test",
        query,
        body: { request: test },
        webhookId,
      };
      const response = readField(await http.send(request, options), "response", schema.message, http.faultsOf(request));
      return schema.attemptRow.parse({ response });
    },
  };
  return client;
}

function webhooksRequest({ nameContains, status, sort, page }: WebhookParams): HttpRequest {
  const query = { "filter[name_contains]": nameContains, "filter[status]": status, sort, ...pageQuery(page) };
  return { method: "GET", path: "/api/v2/webhooks", query };
}

function invocationsRequest(webhookId: string, { from, to, status, sort, page }: InvocationParams): HttpRequest {
  const query = {
    "filter[from_ts]": from && toSeconds(from, Math.floor),
    "filter[to_ts]": to && toSeconds(to, Math.ceil),
    "filter[status]": status,
    sort,
    ...pageQuery(page),
  };
  return { ...webhookRequest(webhookId, "/invocations"), query };
}

function webhookRequest(webhookId: string, below = ""): HttpRequest {
  return { method: "GET", path: `/api/v2/webhooks/${segment(webhookId)}${below}`, webhookId };
}

/** An id as one segment of a path, whatever is in it: not even a pair of dots leads elsewhere. */
function segment(id: string): string {
  return encodeURIComponent(id.toWellFormed()).replace(/^\.{1,2}$/, (dots) => dots.replaceAll(".", "%252E"));
}

/** Zendesk's times have no fractions; the range is widened to whole seconds. */
function toSeconds(at: Date, round: (seconds: number) => number): string {
  return new Date(round(at.getTime() / 1000) * 1000).toISOString().replace(".000Z", "Z");
}

function pageQuery({ size, after, before }: PageParams = {}): Record<string, string | undefined> {
  const rows = size === undefined ? undefined : String(Math.min(Math.max(Math.trunc(size), 1), LARGEST_PAGE));
  return { "page[size]": rows, "page[after]": after, "page[before]": before };
}

function nextPage(first: PageParams = {}, after: string | undefined): PageParams {
  return after === undefined ? first : { size: first.size, after };
}
