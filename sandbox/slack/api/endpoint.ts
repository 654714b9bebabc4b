import type { Core } from "../core.ts";
import { type Fault, isAfterwards } from "../faults.ts";
import { concernOf, type Refusal } from "../refusal.ts";
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
  /** Where the answer is a no. */
  refusal?: Refusal;
  /** What becomes of the connection instead of this answer. */
  fate?: "drop" | "hang";
}

/** Answers one call of the Web API, faults that were ordered included. */
export function answerApi(core: Core, request: ApiRequest): ApiResponse {
  const { token: _secret, ...args } = request.args;
  const fault = core.faults.takeFailure(request.method);
  if (fault !== undefined && !isAfterwards(fault)) return failed(core, request, fault);

  const retryAfter = core.faults.takeLimit(request.method) ?? channelLimit(core, request);
  if (retryAfter !== undefined) {
    return refused(core, request, new ApiError("ratelimited"), json(429, {}, { "retry-after": String(retryAfter) }));
  }
  const response = answered(core, request, new Args(args));
  if (fault === undefined) return response;
  return { ...response, fate: fault === "timeout-after-post" ? "hang" : "drop" };
}

function answered(core: Core, request: ApiRequest, args: Args): ApiResponse {
  const method = Object.hasOwn(METHODS, request.method) ? METHODS[request.method] : undefined;
  if (method === undefined) {
    return refused(core, request, new ApiError("unknown_method", { req_method: request.method }));
  }
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
    if (error instanceof ApiError) return refused(core, request, error, json(200, {}, headers));
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

function failed(core: Core, request: ApiRequest, fault: Fault): ApiResponse {
  if (typeof fault === "string") return { ...json(200, {}), fate: "drop" };
  if ("error" in fault) return refused(core, request, new ApiError(fault.error));
  const body = fault.body ?? "<html><body>upstream error</body></html>";
  return { status: fault.status, headers: { "content-type": "text/html" }, body };
}

function refused(core: Core, { method, args }: ApiRequest, no: ApiError, response = json(200, {})): ApiResponse {
  const { error, more, faults } = no;
  const refusal = { error, faults, ...concernOf(core, method, args) };
  return { ...response, body: { ok: false, error, ...more }, refusal };
}

function json(status: number, body: Answer, headers: Record<string, string> = {}): ApiResponse {
  return { status, headers: { "content-type": "application/json; charset=utf-8", ...headers }, body };
}
