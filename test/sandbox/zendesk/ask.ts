import { makeScenario } from "../../../sandbox/scenario/make-scenario.ts";
import type { ScenarioSize } from "../../../sandbox/scenario/scenario.ts";
import { SANDBOX_CREDENTIALS } from "../../../sandbox/zendesk/access.ts";
import { type SandboxZendesk, type SandboxZendeskOptions, startZendesk } from "../../../sandbox/zendesk/start.ts";

export const NOON = new Date("2026-11-20T12:00:00Z");

/** A clock that moves only when it is told to. */
export interface VirtualClock {
  now: () => Date;
  advance(seconds: number): void;
}

export function virtualClock(): VirtualClock {
  let nowMs = NOON.getTime();
  return {
    now: () => new Date(nowMs),
    advance(seconds) {
      nowMs += seconds * 1000;
    },
  };
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** Empty when the answer is no JSON object. */
  json: Record<string, unknown>;
}

/** A started sandbox and a client that follows nothing and retries nothing. */
export interface Asking {
  zendesk: SandboxZendesk;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
  webhookId(name: string): string;
}

export const BEARER = { authorization: `Bearer ${SANDBOX_CREDENTIALS.accessToken}` };

export async function startAsking(
  options: Partial<SandboxZendeskOptions> & { size?: ScenarioSize; invocations?: number; seed?: number } = {},
): Promise<Asking> {
  const { size = "demo", invocations = 1_000, seed = 7, ...rest } = options;
  const zendesk = await startZendesk({
    scenario: makeScenario({ seed, now: NOON, size, invocations }),
    now: () => NOON,
    rateLimitPerMinute: Number.POSITIVE_INFINITY,
    ...rest,
  });
  async function ask(path: string, init: RequestInit): Promise<Answer> {
    const response = await fetch(zendesk.url + path, { redirect: "manual", ...init });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: objectIn(text) };
  }
  return {
    zendesk,
    get: (path, headers = BEARER) => ask(path, { headers }),
    post: (path, body, headers = BEARER) =>
      ask(path, {
        method: "POST",
        headers: { ...headers, "content-type": "application/json" },
        body: typeof body === "string" ? body : JSON.stringify(body),
      }),
    webhookId: (name) => zendesk.webhooks.find((webhook) => webhook.name === name)?.id ?? `no webhook ${name}`,
  };
}

/** The objects in a list of an answer. */
export function listIn(answer: Answer, key: string): Record<string, unknown>[] {
  const list = answer.json[key];
  return Array.isArray(list) ? list.filter(isObject) : [];
}

export function metaOf(answer: Answer): Record<string, unknown> {
  return isObject(answer.json.meta) ? answer.json.meta : {};
}

/** Every page of a list from its first to its last, by `meta.after_cursor`. */
export async function everyPage(asking: Asking, path: string): Promise<Answer[]> {
  const pages: Answer[] = [];
  let cursor = "";
  for (;;) {
    const after = cursor === "" ? "" : `${path.includes("?") ? "&" : "?"}page[after]=${encodeURIComponent(cursor)}`;
    const page = await asking.get(path + after);
    pages.push(page);
    const next = metaOf(page).after_cursor;
    if (typeof next !== "string") return pages;
    cursor = next;
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function objectIn(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}
