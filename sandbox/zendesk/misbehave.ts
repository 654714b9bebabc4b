import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { expiredToken } from "./access.ts";
import type { Fault } from "./faults.ts";

/** The answer that a fault gives, or `undefined` for a fault that only changes what a right answer says. */
export function misbehave(fault: Fault, { incoming, outgoing }: HttpBindings, url: URL): Response | undefined {
  switch (fault.kind) {
    case "429":
      return plain(429, "Number of allowed API requests per minute exceeded", {
        "x-rate-limit-remaining": "0",
        ...retryAfter(fault, 30),
      });
    case "500":
      return Response.json({ error: "InternalError", description: "Something broke on our side" }, { status: 500 });
    case "503":
      return plain(503, "Sorry, we could not reach the service. Please try again later.", retryAfter(fault, null));
    case "hang":
      return RESPONSE_ALREADY_SENT;
    case "cut":
      incoming.socket.destroy();
      return RESPONSE_ALREADY_SENT;
    case "cut-body":
      outgoing.writeHead(200, { "content-type": JSON_TYPE, "content-length": String(HALF_JSON.length * 2) });
      outgoing.write(HALF_JSON, () => incoming.socket.destroy());
      return RESPONSE_ALREADY_SENT;
    case "html-200":
      return new Response(SIGN_IN_PAGE, { headers: { "content-type": "text/html; charset=utf-8" } });
    case "half-json-200":
      return new Response(HALF_JSON, { headers: { "content-type": JSON_TYPE } });
    case "text-error":
      return plain(400, "Bad request: the server could not make sense of it");
    case "redirect":
      return new Response(null, { status: 302, headers: { location: fault.to ?? underAnotherName(url) } });
    case "old-token": {
      const { status, body } = expiredToken();
      return Response.json(body, { status, headers: { "www-authenticate": 'Bearer error="invalid_token"' } });
    }
    case "unknown-status":
    case "cursor-loop":
      return undefined;
    default:
      return fault.kind satisfies never;
  }
}

const JSON_TYPE = "application/json; charset=utf-8";
const HALF_JSON = '{"invocations":[{"id":"01HANA2B5D5W9XSJS3NE5SQA1J","status_code":403,"status":"termi';
const SIGN_IN_PAGE =
  "<!DOCTYPE html><html><head><title>Sign in</title></head><body><form action='/access/login'></form></body></html>";

function plain(status: number, body: string, headers: Record<string, string> = {}): Response {
  return new Response(body, { status, headers: { "content-type": "text/plain; charset=utf-8", ...headers } });
}

function retryAfter(fault: Fault, otherwise: number | null): Record<string, string> {
  const value = fault.retryAfter === undefined ? otherwise : fault.retryAfter;
  return value === null ? {} : { "retry-after": String(value) };
}

function underAnotherName(url: URL): string {
  const other = new URL(url);
  other.hostname = url.hostname === "localhost" ? "127.0.0.1" : "localhost";
  return other.href;
}
