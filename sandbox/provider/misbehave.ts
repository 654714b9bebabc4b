import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { FaultOptions } from "./faults.ts";

/** A request that a fault has struck. */
export interface Exchange {
  bindings: HttpBindings;
  url: URL;
  requestId: string;
}

/** The ways in which any web server can fail, whatever it serves. */
export type PlainFaultKind = "hang" | "cut" | "html-200" | "half-json-200" | "redirect";

/** What a provider's answers look like when they are not what was asked for. */
export interface Garbage {
  jsonType: string;
  halfJson: string;
  html: string;
}

export function misbehavePlainly(
  kind: PlainFaultKind,
  { to }: FaultOptions,
  { bindings, url }: Exchange,
  garbage: Garbage,
): Response {
  switch (kind) {
    case "hang":
      return RESPONSE_ALREADY_SENT;
    case "cut":
      bindings.incoming.socket.destroy();
      return RESPONSE_ALREADY_SENT;
    case "html-200":
      return new Response(garbage.html, { headers: { "content-type": "text/html; charset=utf-8" } });
    case "half-json-200":
      return new Response(garbage.halfJson, { headers: { "content-type": garbage.jsonType } });
    case "redirect":
      return new Response(null, { status: 302, headers: { location: to ?? underAnotherName(url) } });
    default:
      return kind satisfies never;
  }
}

/** The header that asks for patience; `otherwise` where the fault does not say. */
export function retryAfterHeader({ retryAfter }: FaultOptions, otherwise: number | null): Record<string, string> {
  const value = retryAfter === undefined ? otherwise : retryAfter;
  return value === null ? {} : { "retry-after": String(value) };
}

function underAnotherName(url: URL): string {
  const other = new URL(url);
  other.hostname = url.hostname === "localhost" ? "127.0.0.1" : "localhost";
  return other.href;
}
