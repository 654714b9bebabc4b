import { createServer, type IncomingMessage, type Server } from "node:http";
import { getRequestListener } from "@hono/node-server";

/** The names by which this machine calls itself. */
const LOOPBACK_HOST = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/i;

export interface ServingOptions {
  /** People come here by links too, from pages of any address; what they open so must change nothing. */
  hasPages?: boolean;
}

type Answerer = Parameters<typeof getRequestListener>[0];

/**
 * An HTTP server that answers this machine alone: whatever the path, pages of other addresses get a 403, also under a name that
 * leads here.
 */
export function serveFromHere(answer: Answerer, { hasPages = false }: ServingOptions = {}): Server {
  const listener = getRequestListener(answer, { overrideGlobalObjects: false });
  return createServer((request, response) => {
    if (isFromHere(request) || (hasPages && isLink(request))) return void listener(request, response);
    response.writeHead(403, { "content-type": "application/json", connection: "close" });
    response.end(JSON.stringify({ ok: false, error: "This answers nobody but people and programs on this machine." }));
  });
}

/**
 * Whether a request calls this machine by a name of its own, and comes from no page but one of the same address. Programs send
 * no `Origin`; a page's images and forms may lack one too, and tell by `Sec-Fetch-Site`: https://www.w3.org/TR/fetch-metadata/
 */
export function isFromHere({ headers }: IncomingMessage): boolean {
  const { host = "", origin, "sec-fetch-site": site = "none" } = headers;
  if (!LOOPBACK_HOST.test(host)) return false;
  return (site === "none" || site === "same-origin") && (origin === undefined || origin === `http://${host}`);
}

/** A link that somebody followed, in a window of its own and not in a frame. */
function isLink({ headers, method }: IncomingMessage): boolean {
  const { host = "", origin, "sec-fetch-mode": mode, "sec-fetch-dest": dest } = headers;
  if (!LOOPBACK_HOST.test(host) || origin !== undefined) return false;
  return method === "GET" && mode === "navigate" && dest === "document";
}
