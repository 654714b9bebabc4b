import type { Answer } from "./exchange.ts";
import type { Faults } from "./faults.ts";

export interface HttpRequest {
  method: "GET" | "POST";
  /** Below the base URL, from `/` on, its segments encoded. */
  path: string;
  query?: Record<string, string | undefined>;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as `application/x-www-form-urlencoded`, where there is no `body`. */
  form?: Record<string, string>;
  /** A POST that changes nothing, such as a search: it is tried again like a GET, and paid from the budget. */
  isRead?: boolean;
  /** Named in errors. */
  webhookId?: string;
}

export function isRead({ method, isRead = method === "GET" }: HttpRequest): boolean {
  return isRead;
}

export function contentOf({ body, form }: HttpRequest): { type?: string; body?: string } {
  if (body !== undefined) return { type: "application/json", body: JSON.stringify(body) };
  if (form === undefined) return {};
  return { type: "application/x-www-form-urlencoded", body: new URLSearchParams(form).toString() };
}

/** Blanks in values become `%20`, not `+`. */
export function urlOf(baseUrl: string, { path, query = {} }: Pick<HttpRequest, "path" | "query">): URL {
  const url = new URL(baseUrl);
  url.pathname = url.pathname.replace(/\/+$/, "") + path;
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  url.search = new URLSearchParams(given).toString().replaceAll("+", "%20");
  return url;
}

/** Throws where the answer's text is none. */
export function parseJson({ status, headers, text }: Answer, faults: Faults): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const type = /^[\w.+-]{1,40}\/[\w.+-]{1,40}/.exec(headers.get("content-type") ?? "")?.[0] ?? "no content type";
    throw faults.nonsense(`answered ${status} with something that is not JSON, ${type}`, text, status);
  }
}
