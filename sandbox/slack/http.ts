import { setTimeout as delay } from "node:timers/promises";
import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { ApiError } from "./api/call.ts";
import { type ApiResponse, answerApi } from "./api/endpoint.ts";
import type { Core } from "./core.ts";
import { isAfterwards } from "./faults.ts";
import { answerResponseUrl, type ResponseUrlAnswer, refuseResponseUrl } from "./response-url.ts";
import { isRecord } from "./validate/rule.ts";

export type SandboxEnv = { Bindings: HttpBindings };
type Request = Context<SandboxEnv>;

/** Slack's side of HTTP: the Web API, response URLs, uploads. */
export function slackRoutes(core: Core): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  app.use(async (c, next) => {
    await next();
    c.header("date", core.now().toUTCString());
  });
  app.on(["GET", "POST"], "/api/:method", async (c) => {
    const method = c.req.param("method");
    const args = await fieldsOf(c);
    const bearer = /^Bearer (.+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
    const answer = await journalled(core, method, args, async () => {
      await core.faults.untilTaken(method);
      return answerApi(core, { method, args, bearer });
    });
    const heldMs = core.faults.heldMs(method);
    if (heldMs > 0) await delay(heldMs);
    return send(c, answer);
  });
  app.post("/response/:key", async (c) => {
    const fields = await fieldsOf(c);
    const answered = async () => respondTo(core, c.req.param("key"), fields);
    return send(c, await journalled(core, "response_url", fields, answered));
  });
  app.post("/upload/:id", async (c) => {
    const file = core.workspace.files.get(c.req.param("id"));
    if (file === undefined || file.isComplete) return c.text("not found", 404);
    const end = core.journal.begin("bot to slack", "upload", { file: file.id });
    file.content = await uploadedBytes(c);
    end({ bytes: file.content.length }, 200);
    return c.text(`OK - ${file.content.length}`);
  });
  return app;
}

/** The fields of a request, from a form, JSON or the query. */
export async function fieldsOf(c: Request): Promise<Record<string, unknown>> {
  const type = c.req.header("content-type") ?? "";
  if (c.req.method === "GET" || type === "") return c.req.query();
  if (!type.includes("json")) return { ...c.req.query(), ...(await c.req.parseBody()) };
  const body = jsonOf(await c.req.text());
  return isRecord(body) ? body : {};
}

/** Broken JSON counts as none, and the method then misses its arguments. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function uploadedBytes(c: Request): Promise<Uint8Array> {
  const isForm = (c.req.header("content-type") ?? "").includes("multipart");
  if (!isForm) return new Uint8Array(await c.req.arrayBuffer());
  const parts = Object.values(await c.req.parseBody());
  const part = parts[0];
  if (part instanceof File) return new Uint8Array(await part.arrayBuffer());
  return new TextEncoder().encode(String(part ?? ""));
}

/** Every exchange ends in the journal, also where the sandbox itself stumbles. */
async function journalled(
  core: Core,
  method: string,
  fields: Record<string, unknown>,
  answer: () => Promise<ApiResponse>,
): Promise<ApiResponse> {
  const { token: _secret, ...told } = fields;
  const end = core.journal.begin("bot to slack", method, told);
  try {
    const response = await answer();
    if (response.fate === undefined) end(response.body, response.status, response.refusal);
    else end({ fate: response.fate });
    return response;
  } catch (error) {
    end({ sandboxError: String(error) }, 500);
    throw error;
  }
}

/** A fault with an error code becomes a 400 with that code as its text: response URLs speak no JSON. */
function respondTo(core: Core, key: string, fields: Record<string, unknown>): ApiResponse {
  const fault = core.faults.takeFailure("response_url");
  if (fault === undefined) return plain(answerResponseUrl(core, key, fields));
  if (fault === "drop") return { ...plain({ status: 500, body: "" }), fate: "drop" };
  if (isAfterwards(fault)) {
    const fate = fault === "timeout-after-post" ? "hang" : "drop";
    return { ...plain(answerResponseUrl(core, key, fields)), fate };
  }
  if ("error" in fault) return plain(refuseResponseUrl(core, key, fields, new ApiError(fault.error)));
  return plain({ status: fault.status, body: fault.body ?? "error" });
}

function plain(answer: ResponseUrlAnswer): ApiResponse {
  return { ...answer, headers: { "content-type": "text/plain" } };
}

function send(c: Request, response: ApiResponse): Promise<Response> | Response {
  if (response.fate === "hang") return new Promise<Response>(() => {});
  if (response.fate === "drop") {
    c.env.incoming.socket.destroy();
    return new Promise<Response>(() => {});
  }
  const body = typeof response.body === "string" ? response.body : JSON.stringify(response.body);
  return new Response(body, { status: response.status, headers: response.headers });
}
