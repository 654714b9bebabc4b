import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type SandboxConductorOne, startConductorOne } from "../../sandbox/conductorone/start.ts";
import { makeScenario } from "../../sandbox/scenario/make-scenario.ts";
import { conductorOneEnv } from "../../sandbox/stage.ts";
import { incidentsAt } from "../../sandbox/zendesk/list-webhooks.ts";
import { startZendesk } from "../../sandbox/zendesk/start.ts";
import { readLine } from "../../src/cli/ask.ts";
import { newPostgresDatabase } from "../store/databases.ts";
import { NOW } from "./account.ts";
import { obeyedIn } from "./obeyed.ts";
import { closing, openTerminal, type Terminal } from "./terminal.ts";

const instant = z.iso.datetime({ offset: false });
const invocationDocument = z.strictObject({
  invocation: z.strictObject({
    provider: z.literal("conductorone"),
    webhookId: z.string(),
    id: z.string().min(1),
    status: z.string(),
    outcome: z.enum(["succeeded", "failed", "pending"]),
    createdAt: instant,
    attemptsCount: z.int().optional(),
    expiresAt: instant.optional(),
    latestCompletedAt: instant.optional(),
    source: z.strictObject({ kind: z.literal("test") }),
  }),
});
const attemptDocument = z.object({
  attempt: z.looseObject({
    status: z.string(),
    outcome: z.enum(["succeeded", "failed", "pending"]),
    statusCode: z.int(),
  }),
});

interface Tenant {
  tenant: SandboxConductorOne;
  terminal: Terminal;
  /** The command for its first webhook. */
  line: string;
  sent(): number;
}

async function atTenant(options: { readOnly?: boolean } = {}): Promise<Tenant> {
  const tenant = await closing(startConductorOne({ seed: 7, now: () => NOW, ...options }));
  const terminal = openTerminal({ ...conductorOneEnv(tenant), DATABASE_URL: await newPostgresDatabase() });
  const sent = () => tenant.requests.filter(({ path }) => path.endsWith("/test")).length;
  return { tenant, terminal, line: `test conductorone ${tenant.webhooks[0]?.id}`, sent };
}

async function atZendesk(isInTrouble: boolean): Promise<{ terminal: Terminal; line: string }> {
  const scenario = makeScenario({ seed: 7, now: NOW, size: "demo" });
  const options = { now: () => NOW, scenario, accessToken: "x", rateLimitPerMinute: 1_000 };
  const zendesk = await closing(startZendesk(options));
  const hook = scenario.webhooks.find((one) => one.active && incidentsAt(one, NOW).length > 0 === isInTrouble);
  const env = { ZENDESK_BASE_URL: zendesk.url, ZENDESK_ACCESS_TOKEN: "x", DATABASE_URL: await newPostgresDatabase() };
  return { terminal: openTerminal(env), line: `test zendesk ${hook?.id}` };
}

describe("`test` at a terminal", () => {
  it("asks first, naming the webhook and where it sends to, and sends after a yes", async () => {
    const { tenant, terminal, line, sent } = await atTenant();
    terminal.typing = ["y"];
    const { stdout, exitCode } = await terminal.run(line);
    expect(exitCode).toBe(0);
    const [hook] = tenant.webhooks;
    expect(terminal.asked).toHaveLength(1);
    expect(terminal.asked[0]).toContain(hook?.name);
    expect(terminal.asked[0]).toContain(new URL(hook?.url ?? "").host);
    expect(terminal.asked[0]).toMatch(/Send it\? \[y\/N\] $/);
    expect(stdout).toMatch(/^Sent one test delivery to /);
    expect(stdout).toMatch(/^Invocation \w{27}$/m);
    expect(stdout).toContain("View history of this webhook");
    expect(sent()).toBe(1);
  });

  it.each(["", "n", "no", "yess", undefined])("sends nothing after %j", async (typed) => {
    const { terminal, line, sent } = await atTenant();
    terminal.typing = typed === undefined ? [] : [typed];
    const { stdout, stderr, exitCode } = await terminal.run(line);
    expect({ stdout, stderr, exitCode }).toEqual({ stdout: "", stderr: "Nothing was sent.", exitCode: 130 });
    expect(terminal.asked).toHaveLength(1);
    expect(sent()).toBe(0);
  });

  it("does not ask about what cannot be sent to", async () => {
    const { terminal, sent } = await atTenant();
    terminal.typing = ["y"];
    const { stderr, exitCode } = await terminal.run("test conductorone 2fCjgK8tYJxV9u8d1wupBMeXZ45");
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^Nothing was sent\. ConductorOne has no webhook of this id\.$/m);
    expect(terminal.asked).toEqual([]);
    expect(sent()).toBe(0);
  });
});

describe("`test --yes`", () => {
  it("asks nobody, and prints one document of the invocation that was made", async () => {
    const { terminal, line } = await atTenant();
    const { stdout, stderr, exitCode } = await terminal.run(`${line} --yes --json`);
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
    expect(invocationDocument.parse(JSON.parse(stdout)).invocation.outcome).toBe("pending");
  });

  it.each([
    ["takes it", false, "succeeded"],
    ["does not", true, "failed"],
  ])("ends with exit code 0 where the receiver %s: it was sent", async (_, isInTrouble, outcome) => {
    const { terminal, line } = await atZendesk(isInTrouble);
    const printed = await terminal.run(`${line} --yes --json`);
    expect(printed.exitCode).toBe(0);
    expect(attemptDocument.parse(JSON.parse(printed.stdout)).attempt.outcome).toBe(outcome);
    const { stdout, exitCode } = await terminal.run(`${line} --yes`);
    expect(exitCode).toBe(0);
    expect(obeyedIn(stdout)).toEqual([]);
    expect(stdout).toMatch(isInTrouble ? /^It failed · code \d+/m : /^The receiver took it · code 200/m);
    expect(/^Cause: .+\nNext: /m.test(stdout) || /^Cause: /m.test(stdout)).toBe(isInTrouble);
  });

  it.each([
    ["403", /^Nothing was sent\. ConductorOne answered 403/, { readOnly: true }],
    ["503", /may have been sent all the same/, {}],
  ] as const)("ends with exit code 1 where the provider fails (%s), once", async (kind, told, options) => {
    const { tenant, terminal, line, sent } = await atTenant(options);
    if (kind === "503") tenant.fail("503", { match: (path) => path.endsWith("/test") });
    const { stdout, stderr, exitCode } = await terminal.run(`${line} --yes --json`);
    expect({ stdout, exitCode }).toEqual({ stdout: "{}", exitCode: 1 });
    expect(stderr).toMatch(told);
    expect(sent()).toBe(1);
  });
});

describe("a line from a terminal", () => {
  const open = new AbortController().signal;

  it("is what was typed, and the question stands before it", async () => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    const line = readLine(input, output, "Send it? ", open);
    input.write("yes\nmore\n");
    expect(await line).toBe("yes");
    expect(String(output.read())).toBe("Send it? ");
  });

  it("is none where the input ends", async () => {
    const input = new PassThrough();
    const line = readLine(input, new PassThrough(), "Send it? ", open);
    input.end();
    expect(await line).toBeUndefined();
  });

  it("is not waited for once the person has interrupted", async () => {
    const interruption = new AbortController();
    const line = readLine(new PassThrough(), new PassThrough(), "Send it? ", interruption.signal);
    interruption.abort(new Error("interrupted"));
    await expect(line).rejects.toThrow("interrupted");
  });
});
