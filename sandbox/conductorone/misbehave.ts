import type { Fault } from "../provider/faults.ts";
import { type Exchange, type Garbage, misbehavePlainly, retryAfterHeader } from "../provider/misbehave.ts";
import type { FaultKind } from "./faults.ts";
import { OAuthRefusal, Refusal } from "./refusal.ts";

/** The answer that a fault gives, or `undefined` for a fault that only changes what a right answer says. */
export function misbehave(fault: Fault<FaultKind>, exchange: Exchange): Response | undefined {
  const { kind } = fault;
  const { requestId } = exchange;
  switch (kind) {
    case "429":
      return refused(new Refusal(8, "rate limit exceeded"), requestId, retryAfterHeader(fault, 2));
    case "500":
      return refused(new Refusal(2, "user_id is required"), requestId);
    case "503":
    case "down":
      return refused(new Refusal(14, "upstream connect error or disconnect/reset before headers"), requestId);
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
      return misbehavePlainly(kind, fault, exchange, GARBAGE);
  }
}

const GARBAGE: Garbage = {
  jsonType: "application/json",
  halfJson: '{"list":[{"id":"2fCjgK8tYJxV9u8d1wupBMeXZ45","webhookId":"2mqg9II',
  html: "<!DOCTYPE html><html><head><title>C1</title></head><body><div id='root'></div></body></html>",
};

function refused(refusal: Refusal, requestId: string, headers: Record<string, string> = {}): Response {
  return Response.json(refusal.body(requestId), { status: refusal.status, headers });
}
