import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Fault } from "../provider/faults.ts";
import { type Exchange, type Garbage, misbehavePlainly, retryAfterHeader } from "../provider/misbehave.ts";
import { expiredToken } from "./access.ts";
import type { FaultKind } from "./faults.ts";

/** The answer that a fault gives, or `undefined` for a fault that only changes what a right answer says. */
export function misbehave(fault: Fault<FaultKind>, exchange: Exchange): Response | undefined {
  const { kind } = fault;
  switch (kind) {
    case "429":
      return plain(429, "Number of allowed API requests per minute exceeded", {
        "x-rate-limit-remaining": "0",
        ...retryAfterHeader(fault, 30),
      });
    case "500":
      return Response.json({ error: "InternalError", description: "Something broke on our side" }, { status: 500 });
    case "503":
      return plain(
        503,
        "Sorry, we could not reach the service. Please try again later.",
        retryAfterHeader(fault, null),
      );
    case "cut-body": {
      const { incoming, outgoing } = exchange.bindings;
      outgoing.writeHead(200, { "content-type": JSON_TYPE, "content-length": String(HALF_JSON.length * 2) });
      outgoing.write(HALF_JSON, () => incoming.socket.destroy());
      return RESPONSE_ALREADY_SENT;
    }
    case "text-error":
      return plain(400, "Bad request: the server could not make sense of it");
    case "old-token": {
      const { status, body } = expiredToken();
      return Response.json(body, { status, headers: { "www-authenticate": 'Bearer error="invalid_token"' } });
    }
    case "hold":
    case "unknown-status":
    case "cursor-loop":
      return undefined;
    default:
      return misbehavePlainly(kind, fault, exchange, GARBAGE);
  }
}

const JSON_TYPE = "application/json; charset=utf-8";
const HALF_JSON = '{"invocations":[{"id":"01HANA2B5D5W9XSJS3NE5SQA1J","status_code":403,"status":"termi';
const GARBAGE: Garbage = {
  jsonType: JSON_TYPE,
  halfJson: HALF_JSON,
  html: "<!DOCTYPE html><html><head><title>Sign in</title></head><body><form action='/access/login'></form></body></html>",
};

function plain(status: number, body: string, headers: Record<string, string> = {}): Response {
  return new Response(body, { status, headers: { "content-type": "text/plain; charset=utf-8", ...headers } });
}
