import type { Context } from "hono";
import { z } from "zod";
import type { PageQuery } from "./page.ts";
import { Refusal } from "./refusal.ts";

const IDS = z.array(z.string()).nullish();
const TIME = z.iso.datetime({ offset: true }).nullish();
const PAGE = { pageSize: z.number().nullish(), pageToken: z.string().nullish() };
const REFS = z.array(z.object({ id: z.string() })).nullish();

export const SEARCH_WEBHOOKS = z.object({ ...PAGE, query: z.string().nullish(), refs: REFS });
export const SEARCH_TASKS = z.object({
  ...PAGE,
  query: z.string().nullish(),
  refs: REFS,
  excludeIds: IDS,
  createdAfter: TIME,
  createdBefore: TIME,
  currentStep: z.string().nullish(),
  taskStates: IDS,
  stepApprovalTypes: IDS,
  grantOutcomes: IDS,
  sortBy: z.string().nullish(),
});
export const LIST_AUDITS = z.object({
  ...PAGE,
  taskId: z.string().nullish(),
  newestFirst: z.boolean().nullish(),
  commentsOnly: z.boolean().nullish(),
});
export const SEARCH_EXECUTIONS = z.object({
  ...PAGE,
  executionStates: IDS,
  automationTemplateIds: IDS,
});

/** A body in protobuf's JSON: both spellings of a field, null for unset, unknown fields left out. @throws Refusal 400 */
export async function readBody<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  const text = await c.req.text();
  let body: unknown;
  try {
    body = JSON.parse(text === "" ? "{}" : text);
  } catch {
    throw new Refusal(3, "proto: syntax error (line 1:1): unexpected token");
  }
  const parsed = schema.safeParse(inCamelCase(body));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Refusal(3, `proto: (line 1:2): invalid value for field ${issue?.path.join(".") || "(whole)"}`);
}

export function pageIn(body: {
  pageSize?: number | null | undefined;
  pageToken?: string | null | undefined;
}): PageQuery {
  return { size: body.pageSize ?? undefined, token: body.pageToken ?? undefined };
}

/** @throws Refusal 400 */
export function pageInQuery(c: Context): PageQuery {
  const size = c.req.query("page_size");
  if (size !== undefined && !/^-?\d{1,9}$/.test(size)) {
    throw new Refusal(3, `type mismatch, parameter: page_size, error: parsing "${size}": invalid syntax`);
  }
  return { size: size === undefined ? undefined : Number(size), token: c.req.query("page_token") };
}

function inCamelCase(body: unknown): unknown {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return body;
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => [
      key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
}
