import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** A row of a list of invocations: only these keys were ever seen, and `status_code` is absent where nothing answered. */
export interface WireRow {
  id: string;
  status: string;
  status_code?: number;
  latest_completed_at: string;
}

export interface WireHook {
  id: string;
  name: string;
  /** Each page as it is answered, newest row first, whatever filter is asked for. */
  pages: WireRow[][];
}

export interface WireZendesk {
  /** Without a slash at the end. */
  url: string;
  /** Path and query of every request, oldest first. */
  requests: string[];
  close(): Promise<void>;
}

/** Answers in place of the server and returns `true`, or leaves the request to it. */
export type Intervention = (path: string, response: ServerResponse) => boolean;

/**
 * A Zendesk as recorded traffic shows it: one row per outcome of an attempt, opaque cursors, absent keys, links to another host,
 * and no heed of filters. Recordings: https://github.com/facetoe/zenpy/tree/master/tests/test_api/betamax
 */
export async function startWireZendesk(
  hooks: readonly WireHook[],
  attempts: Record<string, object[]> = {},
  intervene: Intervention = () => false,
): Promise<WireZendesk> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? "");
    // The rows are of another time than this machine's.
    response.sendDate = false;
    if (!intervene(request.url ?? "", response)) answer(request, response, hooks, attempts);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  hooks: readonly WireHook[],
  attempts: Record<string, object[]>,
): void {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
  const [, hookId, invocationId] =
    /^\/api\/v2\/webhooks\/(\w+)\/invocations(?:\/([^/]+)\/attempts)?$/.exec(pathname) ?? [];
  const hook = hooks.find(({ id }) => id === hookId);
  const attempted = attempts[invocationId ?? ""];
  if (request.headers.authorization !== "Bearer x") {
    send(response, 401, { error: "Couldn't authenticate you" });
  } else if (pathname === "/api/v2/webhooks") {
    send(response, 200, { meta: { has_more: false }, webhooks: hooks.map(webhookOf) });
  } else if (hook && invocationId === undefined) {
    send(response, 200, listOf(hook, searchParams.get("page[after]")));
  } else if (hook && attempted) {
    send(response, 200, { attempts: attempted });
  } else {
    send(response, 404, { error: "RecordNotFound", description: "Not found" });
  }
}

function webhookOf({ id, name }: WireHook): object {
  return {
    id,
    name,
    status: "active",
    subscriptions: ["conditional_ticket_events"],
    created_at: "2026-01-07T10:11:12Z",
    created_by: "-1",
    endpoint: "https://hooks.acme.example/in",
    http_method: "POST",
    request_format: "json",
  };
}

function listOf({ id, pages }: WireHook, cursor: string | null): object {
  const at = cursor === null ? 0 : pages.findIndex((_, index) => cursorOf(index) === cursor);
  const next = at + 1 < pages.length ? cursorOf(at + 1) : undefined;
  const before = at > 0 ? cursorOf(at) : undefined;
  const link = `https://elsewhere.zendesk.example:443/api/v2/webhooks/${id}/invocations`;
  return {
    meta: {
      has_more: next !== undefined,
      ...(next && { after_cursor: next }),
      ...(before && { before_cursor: before }),
    },
    links: {
      ...(next && { next: `${link}?page[after]=${next}` }),
      ...(before && { prev: `${link}?page[before]=${before}` }),
    },
    invocations: pages[at] ?? [],
  };
}

function cursorOf(page: number): string {
  return Buffer.from(`01HANA2B5D5W9XSJS3NE5SQA${String(page).padStart(2, "0")},desc`).toString("base64");
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "x-rate-limit": "100",
    "x-rate-limit-remaining": "99",
    "x-request-id": "b0b5-41",
  });
  response.end(JSON.stringify(body));
}
