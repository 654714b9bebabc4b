import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { expect, it, onTestFinished } from "vitest";
import { boltLogger, createLog } from "../../src/ops/log.ts";
import { readIdentity } from "../../src/slack/app.ts";
import { slackStartTold } from "../../src/slack/checkup/start.ts";
import { NoAddressError } from "../../src/slack/sockets/no-connection.ts";
import { createWebClient } from "../../src/slack/web-client.ts";

/** What a client is told by a server in Slack's place. */
async function refusalBy(answer: RequestListener): Promise<unknown> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const address = server.address();
  const apiUrl = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/api/`;
  const logger = boltLogger(createLog({ level: "silent", secrets: [] }));
  const web = createWebClient({ botToken: "xoxb-1", apiUrl }, { logger });
  return readIdentity(web).catch((error: unknown) => error);
}

/** An answer of Slack's that is a no. */
function no(error: string): RequestListener {
  return (_, response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ ok: false, error }));
  };
}

it.each<[string, RequestListener, RegExp]>([
  [
    "that Slack does not know the token",
    no("invalid_auth"),
    /^Slack does not know this token \(invalid_auth\)\. .*TOKEN/,
  ],
  ["that Slack is out of order", no("internal_error"), /^Slack is out of order \(internal_error\)\. Try again/],
  [
    "when to come back",
    (_, response) => response.writeHead(429, { "retry-after": "120" }).end(),
    /^Slack asks to be asked again in 120 s\./,
  ],
  ["what HTTP says", (_, response) => response.writeHead(503).end("<html>"), /^Slack answered HTTP 503\. Check/],
  [
    "that a page answers in Slack's place",
    (_, response) => response.setHeader("content-type", "text/html").end("<html><body>Sign in</body></html>"),
    /^The answer is none of Slack's\. Check that SLACK_API_URL/,
  ],
])("tells why it could not start: %s", async (_, answer, told) => {
  const refusal = await refusalBy(answer);
  expect(slackStartTold(refusal)).toMatch(told);
  expect(slackStartTold(new NoAddressError(refusal))).toMatch(told);
});

it("names the token that was refused", async () => {
  const refusal = await refusalBy(no("token_revoked"));
  expect(slackStartTold(refusal)).toContain("set SLACK_BOT_TOKEN");
  expect(slackStartTold(new NoAddressError(refusal))).toContain("set SLACK_APP_TOKEN");
});

it.each([
  ["EADDRINUSE", "The port 3000 for Slack's requests is in use by another process. Set PORT to another one;"],
  ["EACCES", "The port 3000 for Slack's requests may not be used by this user"],
  ["EADDRNOTAVAIL", "The port 3000 for Slack's requests cannot be had: EADDRNOTAVAIL."],
])("tells what is wrong with the port of HTTP mode: %s", (code, told) => {
  const error = Object.assign(new Error("listen"), { code, syscall: "listen", port: 3000 });
  expect(slackStartTold(error)).toContain(told);
});

it("takes nothing else for the operator's", () => {
  expect(slackStartTold(new TypeError("undefined is not a function"))).toBeUndefined();
});
