import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { describe, expect, it, onTestFinished } from "vitest";
import { openDatabase } from "../../src/store/database.ts";
import { newPostgresDatabase } from "../store/databases.ts";
import { ATTEMPTS, FAILED, HOOKS, JIRA, ORDERS, QUIET, REFUSED } from "./account.ts";
import { attemptsDocument, failuresDocument, invocationsDocument, webhooksDocument } from "./documents.ts";
import { closing, openTerminal, type Terminal } from "./terminal.ts";
import { type Intervention, startWireZendesk, type WireZendesk } from "./wire-zendesk.ts";

const MINUTE_MS = 60_000;

interface Place {
  zendesk: WireZendesk;
  terminal: Terminal;
  /** Takes every request from now on; `undefined` heals. */
  intervene(intervention: Intervention | undefined): void;
}

async function openPlace(databaseUrl?: string): Promise<Place> {
  let current: Intervention | undefined;
  const zendesk = await closing(
    startWireZendesk(HOOKS, ATTEMPTS, (path, response) => current?.(path, response) ?? false),
  );
  const terminal = openTerminal({
    ZENDESK_BASE_URL: zendesk.url,
    ZENDESK_ACCESS_TOKEN: "x",
    DATABASE_URL: databaseUrl ?? (await newPostgresDatabase()),
  });
  return {
    zendesk,
    terminal,
    intervene(intervention) {
      current = intervention;
    },
  };
}

function answering(status: number, body: string, contentType = "text/plain"): Intervention {
  return (_path, response) => {
    response.writeHead(status, { "content-type": contentType }).end(body);
    return true;
  };
}

const hanging: Intervention = () => true;

describe("a provider that is down", () => {
  it.each([
    ["answers 500", answering(500, "out of order"), "answered 500"],
    ["answers 429", answering(429, "slow down"), "answered 429"],
    ["refuses us", answering(401, '{"error":"Couldn\'t authenticate you"}', "application/json"), "answered 401"],
    ["answers HTML", answering(200, "<html>Sign in</html>", "text/html"), "not JSON"],
  ])("and %s makes everything unknown, with the reason, within 60 seconds", async (_how, intervention, reason) => {
    const { terminal, intervene } = await openPlace();
    intervene(intervention);
    const began = terminal.now();
    const { stdout, exitCode } = await terminal.run("failures last 7 days --json");
    expect(exitCode).toBe(1);
    const answer = failuresDocument.parse(JSON.parse(stdout));
    expect(answer).toMatchObject({ totals: { failed: 0, pending: 0 }, issues: [] });
    expect(answer.coverage).toMatchObject([{ provider: "zendesk", webhookId: null, state: "unknown" }]);
    expect(answer.coverage[0]?.reason).toContain(reason);
    expect(answer.coverage[0]?.reason).toContain("failing since 2026-11-21 12:00 UTC");
    expect(answer.requests.zendesk).toBeGreaterThan(0);
    expect(terminal.now().getTime() - began.getTime()).toBeLessThan(MINUTE_MS);
  });

  it("because nobody listens there is unknown to every command", async () => {
    const { zendesk, terminal } = await openPlace();
    await zendesk.close();
    const invocations = await terminal.run("invocations --json");
    expect(invocationsDocument.parse(JSON.parse(invocations.stdout))).toMatchObject({
      coverage: [{ webhookId: null, state: "unknown" }],
      invocations: [],
    });
    const webhooks = await terminal.run("webhooks --json");
    expect(webhooksDocument.parse(JSON.parse(webhooks.stdout)).coverage).toMatchObject([{ webhookId: null }]);
    const attempts = await terminal.run(`attempts zendesk ${ORDERS} ${REFUSED}`);
    expect([invocations, webhooks, attempts].map(({ exitCode }) => exitCode)).toEqual([1, 1, 1]);
    expect(attempts.stdout).toBe("");
    expect(attempts.stderr).toContain("zendesk");
    const text = await terminal.run("failures");
    expect(text.stdout).toMatch(/^Unknown: nothing could be read$/m);
    expect(text.stdout).toMatch(/^Unknown: Zendesk, all webhooks: nothing of this window was read\. /m);
  });

  it("and hangs at last is given up within 60 seconds", async () => {
    const { terminal, intervene } = await openPlace();
    const began = terminal.now();
    intervene((_path, response) => {
      if (terminal.now().getTime() - began.getTime() > 50_000) return true;
      terminal.pass(54_000);
      response.writeHead(503).end();
      return true;
    });
    const { stdout, exitCode } = await terminal.run("failures --json");
    expect(exitCode).toBe(1);
    expect(failuresDocument.parse(JSON.parse(stdout)).coverage).toMatchObject([{ webhookId: null, state: "unknown" }]);
    expect(terminal.now().getTime() - began.getTime()).toBeLessThan(MINUTE_MS);
  });

  it("for one webhook leaves the others whole", async () => {
    const { terminal, intervene } = await openPlace();
    intervene((path, response) => path.includes(JIRA) && answering(404, "gone")(path, response));
    const { stdout, exitCode } = await terminal.run("failures last 7 days --json");
    const { coverage, totals } = failuresDocument.parse(JSON.parse(stdout));
    expect(exitCode).toBe(1);
    expect(Object.fromEntries(coverage.map(({ webhookId, state }) => [webhookId, state]))).toEqual({
      [ORDERS]: "complete",
      [JIRA]: "unknown",
      [QUIET]: "complete",
    });
    expect(totals).toEqual({ failed: FAILED.length - 2, pending: 1 });
  });

  it("after the first page keeps that page and says what was not read", async () => {
    const { terminal, intervene } = await openPlace();
    intervene((path, response) => path.includes("after") && answering(404, "gone")(path, response));
    const { stdout, exitCode } = await terminal.run("failures order last 7 days --json");
    const { coverage, totals } = failuresDocument.parse(JSON.parse(stdout));
    expect(exitCode).toBe(1);
    expect(coverage).toMatchObject([{ webhookId: ORDERS, state: "partial" }]);
    expect(coverage[0]?.reason).toContain("Not read: 2026-11-14T12:00:00.000Z to 2026-11-21T11:");
    expect(totals.failed).toBe(2);
  });

  it("is told on stderr where the answer needs nothing of it", async () => {
    const { terminal, intervene } = await openPlace();
    await terminal.run("failures yesterday");
    terminal.pass(10 * MINUTE_MS);
    intervene(answering(401, "no"));
    const { stdout, stderr, exitCode } = await terminal.run("failures yesterday --json");
    const { coverage, totals } = failuresDocument.parse(JSON.parse(stdout));
    expect(coverage.map(({ state }) => state)).toEqual(["complete", "complete", "complete"]);
    expect(totals.failed).toBe(1);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("Zendesk answered 401");
  });

  it("leaves open whether a webhook is there that it did not list before", async () => {
    const { terminal, intervene } = await openPlace();
    await terminal.run("webhooks");
    terminal.pass(10 * MINUTE_MS);
    intervene(answering(401, "no"));
    const { stdout, stderr, exitCode } = await terminal.run("failures webhook:Brandnew");
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 1 });
    expect(stderr).toContain('No webhook matches "Brandnew". The list of webhooks could not be read anew.');
    expect(stderr).toContain("Zendesk answered 401");
  });

  it("shows the attempts that were read before, and says so", async () => {
    const { terminal, intervene } = await openPlace();
    await terminal.run(`attempts zendesk ${ORDERS} ${REFUSED}`);
    intervene(answering(401, "no"));
    const { stdout, stderr, exitCode } = await terminal.run(`attempts zendesk ${ORDERS} ${REFUSED} --json`);
    expect(attemptsDocument.parse(JSON.parse(stdout)).attempts).toHaveLength(2);
    expect(stderr).toContain("As of 2026-11-21T12:00:00.000Z, since they could not be read anew: Zendesk");
    expect(exitCode).toBe(1);
  });

  it("can be interrupted", async () => {
    const { terminal, intervene } = await openPlace();
    const interruption = new AbortController();
    intervene((path, response) => {
      interruption.abort(new Error("interrupted"));
      return hanging(path, response);
    });
    const interrupted = { stdout: "", stderr: "Interrupted.", exitCode: 130 };
    expect(await terminal.run("failures --json", interruption.signal)).toEqual(interrupted);
    expect(await terminal.run(`attempts zendesk ${ORDERS} ${REFUSED}`, interruption.signal)).toEqual(interrupted);
  });
});

describe("a webhook that nobody has", () => {
  it("ends with exit code 2 and the name that was probably meant", async () => {
    const { terminal } = await openPlace();
    const { stdout, stderr, exitCode } = await terminal.run('failures webhook:"Jira snyc" --json');
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
    expect(stderr).toBe(
      'No webhook matches "Jira snyc".\nDid you mean "Jira sync"?\nThis works: failures webhook:"Jira sync"',
    );
  });
});

describe("the store", () => {
  it("of another account is left alone: a temporary one serves", async () => {
    const databaseUrl = await newPostgresDatabase();
    const first = await openPlace(databaseUrl);
    await first.terminal.run("failures last 7 days");
    const second = await openPlace(databaseUrl);
    const { stdout, stderr, exitCode } = await second.terminal.run("failures last 7 days --json");
    expect(exitCode).toBe(0);
    expect(stderr).toBe(`The store holds what was collected from ${first.zendesk.url}: working on a temporary store.`);
    expect(failuresDocument.parse(JSON.parse(stdout)).requests).toEqual({ zendesk: 12 });
    const again = await first.terminal.run("failures last 7 days --json");
    expect(failuresDocument.parse(JSON.parse(again.stdout)).requests).toEqual({ zendesk: 0 });
  });

  it("that a newer Hooktriage made is refused in one sentence or two", async () => {
    const databaseUrl = await newPostgresDatabase();
    const store = await openDatabase({ databaseUrl });
    await sql`insert into kysely_migration (name, timestamp) values ('9999-future', '2027')`.execute(store.db);
    await store.close();
    const { terminal } = await openPlace(databaseUrl);
    const { stdout, stderr, exitCode } = await terminal.run("failures --json");
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
    expect(stderr).toMatch(/^The database was made by a newer Hooktriage: .*9999-future.*$/);
  });

  it("that does not answer is named without its password", async () => {
    const { terminal } = await openPlace("postgres://hooks:hunter2@127.0.0.1:1/hooks");
    const { stdout, stderr, exitCode } = await terminal.run("failures");
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
    expect(stderr).toMatch(/^No connection to the PostgreSQL server at 127\.0\.0\.1:1\/hooks: .*$/);
    expect(stderr).not.toContain("hunter2");
  });

  it("in a folder that cannot be made says what to set instead", async () => {
    const folder = await mkdtemp(join(tmpdir(), "hooktriage-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, "file"), "");
    const { terminal } = await openPlace();
    terminal.env.DATABASE_URL = "";
    terminal.env.DATA_DIR = join(folder, "file", "data");
    const { stdout, stderr, exitCode } = await terminal.run("failures");
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
    expect(stderr).toMatch(/^The embedded database in .* cannot be used: ENOTDIR.* Set DATA_DIR .*$/);
  });
});
