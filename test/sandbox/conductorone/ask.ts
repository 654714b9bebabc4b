import {
  type SandboxConductorOne,
  type SandboxConductorOneOptions,
  startConductorOne,
} from "../../../sandbox/conductorone/start.ts";
import { type Answer, isObject, listIn, NOON } from "../zendesk/ask.ts";

export { type Answer, isObject, listIn, NOON, virtualClock } from "../zendesk/ask.ts";

export const DAY_MS = 86_400_000;

/** A started sandbox and a client that follows nothing and retries nothing. */
export interface Asking {
  c1: SandboxConductorOne;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** `POST /auth/v1/token` with form fields. */
  token(fields: Record<string, string>, headers?: Record<string, string>): Promise<Answer>;
  webhookId(name: string): string;
}

export async function startAsking(options: Partial<SandboxConductorOneOptions> = {}): Promise<Asking> {
  const c1 = await startConductorOne({ seed: 7, now: () => NOON, ...options });
  const bearer = { authorization: `Bearer ${c1.accessToken}` };
  async function ask(path: string, init: RequestInit): Promise<Answer> {
    const response = await fetch(c1.url + path, { redirect: "manual", ...init });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: objectIn(text) };
  }
  return {
    c1,
    get: (path, headers = bearer) => ask(path, { headers }),
    post: (path, body = {}, headers = bearer) =>
      ask(path, {
        method: "POST",
        headers: { ...headers, "content-type": "application/json" },
        body: typeof body === "string" ? body : JSON.stringify(body),
      }),
    token: (fields, headers = {}) =>
      ask("/auth/v1/token", { method: "POST", headers, body: new URLSearchParams(fields) }),
    webhookId: (name) => c1.webhooks.find((webhook) => webhook.name === name)?.id ?? `no webhook ${name}`,
  };
}

/** Everything that a search finds, page by page. */
export async function everyPost(
  asking: Asking,
  path: string,
  body: Record<string, unknown>,
): Promise<Record<string, unknown>[]> {
  const found: Record<string, unknown>[] = [];
  for (let pageToken = ""; ; ) {
    const answer = await asking.post(path, { ...body, pageSize: 100, pageToken });
    if (answer.status !== 200) throw new Error(answer.text);
    found.push(...listIn(answer, "list"));
    const next = answer.json.nextPageToken;
    if (typeof next !== "string" || next === "") return found;
    pageToken = next;
  }
}

/** Everything that a list holds, page by page. */
export async function everyGet(asking: Asking, path: string, key: string): Promise<Record<string, unknown>[]> {
  const found: Record<string, unknown>[] = [];
  for (let token = ""; ; ) {
    const answer = await asking.get(`${path}?page_size=100&page_token=${encodeURIComponent(token)}`);
    if (answer.status !== 200) throw new Error(answer.text);
    found.push(...listIn(answer, key));
    const next = answer.json.nextPageToken;
    if (typeof next !== "string" || next === "") return found;
    token = next;
  }
}

/** A field that is an object, or an empty one. */
export function objectAt(from: unknown, ...path: string[]): Record<string, unknown> {
  let at = from;
  for (const key of path) at = isObject(at) ? at[key] : undefined;
  return isObject(at) ? at : {};
}

function objectIn(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}
