import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, it, onTestFinished } from "vitest";
import { usedDataDir } from "./store/used-data-dir.ts";
import { AS_NPM_RUNS } from "./support/as-npm-runs.ts";

const MAIN = join(import.meta.dirname, "../src/main.ts");
const BOT_TOKEN = "xoxb-1-of-the-bot";
const APP_TOKEN = "xapp-1-of-the-app";
const ESCAPE = String.fromCodePoint(0x1b);

/** A server in Slack's place, and the bot that is started against it. */
async function startAgainst(answer: RequestListener, env: Record<string, string> = {}) {
  // As the bot does in HTTP mode, so that both cannot have the port.
  const server = createServer(answer).listen(0);
  await once(server, "listening");
  const address = server.address();
  const port = String(typeof address === "object" ? address?.port : "");
  const folder = mkdtempSync(join(tmpdir(), "hooktriage-start-"));
  const child = spawn(process.execPath, [...AS_NPM_RUNS, MAIN], {
    cwd: folder,
    env: {
      SLACK_BOT_TOKEN: BOT_TOKEN,
      SLACK_APP_TOKEN: APP_TOKEN,
      SLACK_API_URL: `http://127.0.0.1:${port}/api/`,
      ZENDESK_SUBDOMAIN: "acme",
      ZENDESK_ACCESS_TOKEN: "of-zendesk",
      HEALTH_PORT: "0",
      ...(env.PORT === "taken" ? { ...env, PORT: port } : env),
    },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 20_000,
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const ended = Promise.all([once(child, "close"), text(child.stdout), text(child.stderr)]);
  return {
    child,
    async told() {
      const [[exitCode], stdout, stderr] = await ended;
      return { exitCode, stdout, stderr };
    },
  };
}

/** Slack's answers: JSON, with what was asked for by method. */
function slackThatSays(answers: Record<string, object>): RequestListener {
  return (request, response) => {
    const method = request.url?.split("/").at(-1) ?? "";
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(answers[method] ?? { ok: false, error: "unknown_method" }));
  };
}

const SIGNED_IN = { ok: true, team_id: "T0NORTHWIND", bot_id: "B0HOOKTRIAGE", user_id: "U0HOOKTRIAGE" };

/** The same, and the bot has been started in its folder before. */
async function startAgain(answer: RequestListener, env: Record<string, string> = {}) {
  return startAgainst(answer, { DATA_DIR: await usedDataDir(), ...env });
}

describe("a bot that cannot be started ends with code 2 and one line", () => {
  it("when Slack does not know the app-level token", async () => {
    const answers = { "auth.test": SIGNED_IN, "apps.connections.open": { ok: false, error: "invalid_auth" } };
    const { exitCode, stderr } = await (await startAgain(slackThatSays(answers))).told();
    expect(stderr).toMatch(/^Slack does not know this token \(invalid_auth\)\. .*SLACK_APP_TOKEN[^\n]*\n$/);
    expect(exitCode).toBe(2);
  });

  it("when a server repeats the token, without the token", async () => {
    const echo: RequestListener = (request, response) => {
      const token = request.headers.authorization?.replace(/^Bearer /, "") ?? "";
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ ok: false, error: `${ESCAPE}[2J\r\n${token}${ESCAPE}]0; ${token.repeat(500)}` }));
    };
    const { exitCode, stdout, stderr } = await (await startAgain(echo)).told();
    expect(`${stdout}${stderr}`).not.toContain(BOT_TOKEN);
    expect(`${stdout}${stderr}`).not.toContain(ESCAPE);
    expect(stderr.length).toBeLessThan(1_100);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(exitCode).toBe(2);
  });

  it("when the port of HTTP mode is taken", async () => {
    const env = { SLACK_APP_TOKEN: "", SLACK_SIGNING_SECRET: "of-the-app", PORT: "taken" };
    const { exitCode, stderr } = await (await startAgain(slackThatSays({ "auth.test": SIGNED_IN }), env)).told();
    expect(stderr).toMatch(/^The port \d+ for Slack's requests is in use by another process\. Set PORT to another one/);
    expect(exitCode).toBe(2);
  });
});

it("ends well and soon when it is told to stop while Slack lets it wait", async () => {
  const asked = Promise.withResolvers<void>();
  const { child, told } = await startAgainst((request, response) => {
    if (request.url?.endsWith("/apps.connections.open")) asked.resolve();
    else slackThatSays({ "auth.test": SIGNED_IN })(request, response);
  });
  await asked.promise;
  const toldAtMs = performance.now();
  child.kill("SIGTERM");
  const { exitCode, stdout } = await told();
  expect({ exitCode, last: JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "").msg }).toEqual({
    exitCode: 0,
    last: "stopped before the start was done; what is stored is safe",
  });
  expect(performance.now() - toldAtMs).toBeLessThan(5_000);
});
