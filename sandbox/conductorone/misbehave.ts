import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Fault } from "./faults.ts";
import { OAuthRefusal, Refusal } from "./refusal.ts";

/** The answer that a fault gives, or `undefined` for a fault that only changes what a right answer says. */
export function misbehave(
  fault: Fault,
  { incoming }: HttpBindings,
  { url, requestId }: { url: URL; requestId: string },
): Response | undefined {
  switch (fault.kind) {
    case "429":
      return refused(new Refusal(8, "rate limit exceeded"), requestId, retryAfter(fault));
    case "500":
      return refused(new Refusal(2, "user_id is required"), requestId);
    case "503":
    case "down":
      return refused(new Refusal(14, "upstream connect error or disconnect/reset before headers"), requestId);
    case "hang":
      return RESPONSE_ALREADY_SENT;
    case "cut":
      incoming.socket.destroy();
      return RESPONSE_ALREADY_SENT;
    case "html-200":
      return new Response(SIGN_IN_PAGE, { headers: { "content-type": "text/html; charset=utf-8" } });
    case "half-json-200":
      return new Response(HALF_JSON, { headers: { "content-type": "application/json" } });
    case "redirect":
      return new Response(null, { status: 302, headers: { location: fault.to ?? underAnotherName(url) } });
    case "old-token":
      return refused(new Refusal(16, "token is expired"), requestId);
    case "no-token":
      return Response.json({ token_type: "Bearer", expires_in: 3_600 });
    case "bad-client": {
      const refusal = new OAuthRefusal(401, "invalid_client", "sp_disabled");
      return Response.json(refusal.body(), { status: refusal.status });
    }
    case "dpop":
    case "short-token":
    case "token-loop":
    case "unknown-state":
    case "audits-shuffled":
    case "audits-gaps":
    case "audits-endless":
      return undefined;
    default:
      return fault.kind satisfies never;
  }
}

const HALF_JSON = '{"list":[{"id":"2fCjgK8tYJxV9u8d1wupBMeXZ45","webhookId":"2mqg9II';
const SIGN_IN_PAGE = "<!DOCTYPE html><html><head><title>C1</title></head><body><div id='root'></div></body></html>";

function refused(refusal: Refusal, requestId: string, headers: Record<string, string> = {}): Response {
  return Response.json(refusal.body(requestId), { status: refusal.status, headers });
}

function retryAfter({ retryAfter: told }: Fault): Record<string, string> {
  return told === null ? {} : { "retry-after": String(told ?? 2) };
}

function underAnotherName(url: URL): string {
  const other = new URL(url);
  other.hostname = url.hostname === "localhost" ? "127.0.0.1" : "localhost";
  return other.href;
}
