import { describe, expect, it } from "vitest";
import { makeScenario } from "../../sandbox/scenario/make-scenario.ts";
import { type SandboxZendesk, startZendesk } from "../../sandbox/zendesk/start.ts";
import { newPostgresDatabase } from "../store/databases.ts";
import {
  ATTEMPTS,
  BROKEN,
  CRASHED,
  ENDED,
  FAILED,
  HOOKS,
  JIRA,
  NOW,
  ORDERS,
  QUIET,
  REFUSED,
  REFUSED_AT_ONCE,
  STRANGE,
  STUCK,
  TIMED_OUT,
} from "./account.ts";
import { attemptsDocument, failuresDocument, invocationsDocument, webhooksDocument } from "./documents.ts";
import { closing, openTerminal, type Terminal } from "./terminal.ts";
import { startWireZendesk, type WireZendesk } from "./wire-zendesk.ts";

async function atZendesk(): Promise<{ zendesk: WireZendesk; terminal: Terminal }> {
  const zendesk = await closing(startWireZendesk(HOOKS, ATTEMPTS));
  return { zendesk, terminal: await terminalFor(zendesk.url) };
}

async function terminalFor(url: string): Promise<Terminal> {
  const databaseUrl = await newPostgresDatabase();
  return openTerminal({ ZENDESK_BASE_URL: url, ZENDESK_ACCESS_TOKEN: "x", DATABASE_URL: databaseUrl });
}

describe("`--json`, from a server that answers as recorded traffic does", () => {
  it("counts each failed invocation once, with its cause", async () => {
    const { zendesk, terminal } = await atZendesk();
    const { stdout, stderr, exitCode } = await terminal.run("failures last 7 days --json");
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
    const answer = failuresDocument.parse(JSON.parse(stdout));
    expect(answer.window).toEqual({ from: "2026-11-14T12:00:00.000Z", to: "2026-11-21T12:00:00.000Z" });
    expect(answer.asOf).toBe("2026-11-21T12:00:00.000Z");
    expect(answer.totals).toEqual({ failed: FAILED.length, pending: 1 });
    expect(answer.coverage.map(({ webhookId, state }) => [webhookId, state]).toSorted()).toEqual(
      [ORDERS, JIRA, QUIET].map((id) => [id, "complete"]).toSorted(),
    );
    const issues = answer.issues.map((issue) => [issue.webhook.name, issue.cause.category, issue.invocationIds]);
    expect(issues[0]).toEqual(["Order sync", "blocked", [REFUSED, REFUSED_AT_ONCE]]);
    expect(issues.slice(1).toSorted()).toEqual(
      [
        ["Order sync", "circuit_open", [BROKEN]],
        ["Order sync", "rate_limited", [STUCK]],
        ["Order sync", "server_error", [CRASHED]],
        ["Order sync", "unknown", [ENDED]],
        ["Jira sync", "timeout", [TIMED_OUT]],
        ["Jira sync", "unknown", [STRANGE]],
      ].toSorted(),
    );
    expect(answer.issues[0]).toMatchObject({
      count: 2,
      // The log has no attempts of one of them.
      assumedCount: 1,
      estimated: true,
      isOngoing: true,
      firstSeenAt: "2026-11-21T11:36:30.000Z",
      lastSeenAt: "2026-11-21T11:58:14.000Z",
    });
    // Six pages, and the attempts of all but the two whose rows tell the cause by themselves.
    expect(answer.requests).toEqual({ zendesk: 12 });
    expect(zendesk.requests).toHaveLength(12);
    const asked = zendesk.requests.filter((path) => path.endsWith("/attempts")).map((path) => path.split("/").at(-2));
    expect(asked.toSorted()).toEqual(FAILED.filter((id) => id !== BROKEN && id !== STUCK));
  });

  it("costs no request when it is asked again within 30 seconds, and reads what is new after that", async () => {
    const { zendesk, terminal } = await atZendesk();
    await terminal.run("failures last 7 days --json");
    terminal.pass(29_000);
    const second = failuresDocument.parse(JSON.parse((await terminal.run("failures last 7 days --json")).stdout));
    expect(second.requests).toEqual({ zendesk: 0 });
    expect(second.asOf).toBe("2026-11-21T12:00:00.000Z");
    expect(second.totals.failed).toBe(FAILED.length);
    expect(zendesk.requests).toHaveLength(12);
    terminal.pass(60_000);
    const third = failuresDocument.parse(JSON.parse((await terminal.run("failures last 6 days --json")).stdout));
    expect(third.requests.zendesk).toBeGreaterThan(0);
    expect(third.asOf).toBe(terminal.now().toISOString());
  });

  it("lists failed invocations one by one, newest first", async () => {
    const { terminal } = await atZendesk();
    const { stdout, exitCode } = await terminal.run("invocations last 7 days --json");
    const { invocations } = invocationsDocument.parse(JSON.parse(stdout));
    expect(exitCode).toBe(0);
    expect(invocations.map(({ id }) => id).toSorted()).toEqual(FAILED);
    const times = invocations.map(({ latestCompletedAt = "" }) => latestCompletedAt);
    expect(times).toEqual(times.toSorted().toReversed());
    expect(new Set(invocations.map(({ outcome }) => outcome))).toEqual(new Set(["failed"]));
    expect(invocations.find(({ id }) => id === STUCK)).toMatchObject({ status: "throttled" });
  });

  it("narrows by terms and words, quoted for Slack or by the shell", async () => {
    const { terminal } = await atZendesk();
    const idsOf = async (argv: string[]) => {
      const { stdout } = await terminal.run([...argv, "--json"]);
      return invocationsDocument
        .parse(JSON.parse(stdout))
        .invocations.map(({ id }) => id)
        .toSorted();
    };
    const jira = [TIMED_OUT, STRANGE].toSorted();
    expect(await idsOf(["invocations", 'webhook:"Jira sync"', "last", "7", "days"])).toEqual(jira);
    expect(await idsOf(["invocations", "webhook:Jira sync", "last 7 days"])).toEqual(jira);
    expect(await idsOf(["invocations jira last 7 days"])).toEqual(jira);
    expect(await idsOf(["Invocations", "-jira", "-code:403", "code:5xx", "last 7 days"])).toEqual([CRASHED]);
  });

  it("tells how each webhook fares", async () => {
    const { terminal } = await atZendesk();
    const { stdout, exitCode } = await terminal.run("webhooks last 7 days --json");
    const { webhooks } = webhooksDocument.parse(JSON.parse(stdout));
    expect(exitCode).toBe(0);
    expect(webhooks.map(({ id, counts, lastFailureAt }) => [id, counts, lastFailureAt])).toEqual([
      [ORDERS, { failed: 6, succeeded: 1, pending: 1 }, "2026-11-21T11:58:14.000Z"],
      [JIRA, { failed: 2, succeeded: 0, pending: 0 }, "2026-11-21T10:00:00.000Z"],
      [QUIET, { failed: 0, succeeded: 0, pending: 0 }, null],
    ]);
  });

  it("shows the attempts of one invocation oldest first, without the signature", async () => {
    const { terminal } = await atZendesk();
    const { stdout, stderr, exitCode } = await terminal.run(`attempts zendesk ${ORDERS} ${REFUSED} --json`);
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
    const { attempts } = attemptsDocument.parse(JSON.parse(stdout));
    expect(attempts.map(({ index, status, statusCode }) => [index, status, statusCode])).toEqual([
      [0, "throttled", undefined],
      [1, "terminated", 403],
    ]);
    expect(attempts[1]?.response?.body).toContain("403 Forbidden");
    expect(stdout).not.toContain("PlantedSignature");
  });

  it("has no attempts of an invocation that the provider does not know, and says why on stderr", async () => {
    const { terminal } = await atZendesk();
    const { stdout, stderr, exitCode } = await terminal.run(`attempts zendesk ${ORDERS} 01NOBODY --json`);
    expect({ document: attemptsDocument.parse(JSON.parse(stdout)), exitCode }).toEqual({
      document: { attempts: [] },
      exitCode: 1,
    });
    expect(stderr).toContain("answered 404");
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it("reads the attempts of every failed invocation with `--evidence all`, those of the sample not again, and those without any once", async () => {
    const { zendesk, terminal } = await atZendesk();
    const attemptsAsked = () => zendesk.requests.filter((path) => path.endsWith("/attempts")).length;
    await terminal.run("failures order last 7 days --evidence sample --json");
    expect(attemptsAsked()).toBe(4);
    const { stdout, stderr, exitCode } = await terminal.run("failures order last 7 days --json --evidence=all");
    expect(attemptsAsked()).toBe(6);
    // This account's log has the attempts of one invocation only, and says of the others that there are none.
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
    const answer = failuresDocument.parse(JSON.parse(stdout));
    expect({ failed: answer.totals.failed, requests: answer.requests }).toEqual({
      failed: 6,
      requests: { zendesk: 2 },
    });
    await terminal.run("failures order last 7 days --json --evidence all");
    expect(attemptsAsked()).toBe(6);
  });
});

describe("`--json`, against what really happened in the sandbox", () => {
  function failedIn(zendesk: SandboxZendesk, window: { from: string; to: string }) {
    const truth = zendesk.truth({ from: new Date(window.from), to: new Date(window.to) });
    return { totals: truth.totals, ids: [...truth.webhooks.values()].flatMap(({ failed }) => failed).toSorted() };
  }

  it.each(["last 7 days", "last 24h", "yesterday", "from 2026-11-18 to 2026-11-20 09:00 in Asia/Tokyo"])(
    "is right for `failures %s`",
    async (range) => {
      const scenario = makeScenario({ seed: 7, now: NOW });
      const terminalAt: { now?: () => Date } = {};
      const now = () => terminalAt.now?.() ?? NOW;
      const zendesk = await closing(
        startZendesk({ scenario, now, accessToken: "x", rateLimitPerMinute: Number.POSITIVE_INFINITY }),
      );
      const terminal = await terminalFor(zendesk.url);
      terminalAt.now = terminal.now;
      const { stdout, stderr, exitCode } = await terminal.run(`failures ${range} --json`);
      expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
      const answer = failuresDocument.parse(JSON.parse(stdout));
      const { totals, ids } = failedIn(zendesk, answer.window);
      expect(answer.totals).toEqual({ failed: totals.failed, pending: totals.pending });
      expect(answer.issues.flatMap(({ invocationIds }) => invocationIds).toSorted()).toEqual(ids);
      expect(answer.issues.every(({ count, invocationIds }) => count === invocationIds.length)).toBe(true);
      expect(answer.requests.zendesk).toBe(zendesk.requests.length);
    },
  );
});
