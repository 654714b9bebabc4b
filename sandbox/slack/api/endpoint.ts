import type { Core } from "../core.ts";
import { type Fault, isAfterwards } from "../faults.ts";
import { needScope } from "./access.ts";
import { type Answer, ApiError, Args } from "./call.ts";
import { needKnownBlocks } from "./content.ts";
import { APP_LEVEL, METHODS, TOKENLESS } from "./methods.ts";

export interface ApiRequest {
  /** `chat.postMessage` */
  method: string;
  /** From `Authorization: Bearer …`; the `token` argument stands in for it. */
  bearer: string | undefined;
  args: Readonly<Record<string, unknown>>;
}

export interface ApiResponse {
  status: number;
  headers: Record<string, string>;
  body: Answer | string;
  /** What becomes of the connection instead of this answer. */
  fate?: "drop" | "hang";
}

/** Answers one call of the Web API, faults that were ordered included. */
export function answerApi(core: Core, request: ApiRequest): ApiResponse {
  const { token: _secret, ...args } = request.args;
  const fault = core.faults.takeFailure(request.method);
  if (fault !== undefined && !isAfterwards(fault)) return failed(fault);

  const retryAfter = core.faults.takeLimit(request.method) ?? channelLimit(core, request);
  if (retryAfter !== undefined) {
    return json(429, { ok: false, error: "ratelimited" }, { "retry-after": String(retryAfter) });
  }
  const response = answered(core, request, new Args(args));
  if (fault === undefined) return response;
  return { ...response, fate: fault === "timeout-after-post" ? "hang" : "drop" };
}

function answered(core: Core, request: ApiRequest, args: Args): ApiResponse {
  const method = Object.hasOwn(METHODS, request.method) ? METHODS[request.method] : undefined;
  if (method === undefined) return json(200, { ok: false, error: "unknown_method", req_method: request.method });
  const headers = {
    "x-oauth-scopes": [...core.scopes].sort().join(","),
    "x-accepted-oauth-scopes": (method.scopes ?? []).join(","),
  };
  try {
    authenticate(core, request);
    needScope(core, method.scopes ?? []);
    needKnownBlocks(core.faults, args);
    return json(200, { ok: true, ...method.answer(core, args) }, headers);
  } catch (error) {
    if (error instanceof ApiError) return json(200, { ok: false, error: error.error, ...error.more }, headers);
    throw error;
  }
}

function authenticate(core: Core, request: ApiRequest): void {
  if (TOKENLESS.includes(request.method)) return;
  const given = request.bearer ?? request.args.token;
  if (given === undefined || given === "") throw new ApiError("not_authed");
  const isAppLevel = APP_LEVEL.includes(request.method);
  const [right, wrong] = isAppLevel ? [core.appToken, core.botToken] : [core.botToken, core.appToken];
  if (given === wrong) throw new ApiError("not_allowed_token_type");
  if (given !== right) throw new ApiError("invalid_auth");
}

function channelLimit(core: Core, request: ApiRequest): number | undefined {
  if (request.method !== "chat.postMessage") return undefined;
  return core.faults.takeChannelLimit(String(request.args.channel), core.now());
}

function failed(fault: Fault): ApiResponse {
  if (typeof fault === "string") return { ...json(200, {}), fate: "drop" };
  if ("error" in fault) return json(200, { ok: false, error: fault.error });
  const body = fault.body ?? "<html><body>upstream error</body></html>";
  return { status: fault.status, headers: { "content-type": "text/html" }, body };
}

function json(status: number, body: Answer, headers: Record<string, string> = {}): ApiResponse {
  return { status, headers: { "content-type": "application/json; charset=utf-8", ...headers }, body };
}
