import { once } from "node:events";
import { createServer } from "node:http";
import { boltLogger } from "../../src/ops/log.ts";
import { createWebClient } from "../../src/slack/web-client.ts";
import { silent } from "./edge.ts";

/** A server that speaks a little of Slack's Web API: what it answers is written down, and it knows no more. */
export async function startSlackLike(
  answers: Record<string, object>,
  unknown: "unknown_method" | 404 = "unknown_method",
) {
  const server = createServer((request, response) => {
    const method = request.url?.split("/").at(-1) ?? "";
    request.resume();
    const answer = answers[method];
    if (answer === undefined && unknown === 404) response.writeHead(404, { "content-type": "text/html" });
    response.end(JSON.stringify(answer ? { ok: true, ...answer } : { ok: false, error: "unknown_method" }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = address !== null && typeof address === "object" ? address.port : 0;
  const apiUrl = `http://127.0.0.1:${port}/api/`;
  return {
    web: createWebClient({ botToken: "xoxb-any", apiUrl }, { logger: boltLogger(silent) }),
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
