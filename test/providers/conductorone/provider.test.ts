import { afterEach, describe, expect, it } from "vitest";
import { createConductorOneProvider } from "../../../src/providers/conductorone/provider.ts";
import type { ConductorOneSettings } from "../../../src/providers/conductorone/settings.ts";
import type { InvocationPage } from "../../../src/providers/provider.ts";
import { windowOf } from "../../../src/triage/window.ts";
import { all, neverAborted } from "../clients.ts";
import { answerJson, type Handler, type Loopback, startLoopback } from "../loopback.ts";
import { virtualClock } from "../virtual-clock.ts";
import { idAt } from "./ids.ts";
import { CLIENT_SECRET, withAccessToken, withClientCredentials } from "./settings.ts";
import { type SmallConductorOne, type SmallTask, startSmallConductorOne } from "./small-conductorone.ts";

const HOUR = 60 * 60_000;
const NOW = Date.parse("2026-11-21T12:00:00Z");
const LAST_DAY = windowOf(NOW - 24 * HOUR, NOW);
const servers: Loopback[] = [];
const time = (atMs: number) => new Date(atMs).toISOString();

async function at(server: Promise<Loopback>, settingsFor: (url: string) => ConductorOneSettings = withAccessToken) {
  const opened = await server;
  servers.push(opened);
  const clock = virtualClock();
  return { server: opened, clock, provider: createConductorOneProvider(settingsFor(opened.url), { clock }) };
}

function tenant(parts: Partial<SmallConductorOne>) {
  return at(startSmallConductorOne({ webhooks: [{ id: "hook" }], tasks: [], ...parts }));
}

function answering(handle: Handler, settingsFor?: (url: string) => ConductorOneSettings) {
  return at(startLoopback(handle), settingsFor);
}

/** A task whose approval webhook failed at `failedMs`. */
function failedTask(id: string, failedMs: number, more: Partial<SmallTask> = {}): SmallTask {
  const arm = { webhookId: "hook", webhookInstanceId: `instance of ${id}` };
  return {
    id,
    state: "TASK_STATE_CLOSED",
    createdAt: time(failedMs - HOUR),
    updatedAt: time(failedMs),
    audits: [
      { id: `${id} 1`, created: time(failedMs - 60_000), webhookApprovalAttempt: arm },
      { id: `${id} 2`, created: time(failedMs), webhookApprovalFatalError: { ...arm, error: "no such host" } },
    ],
    ...more,
  };
}

function idsIn(pages: readonly InvocationPage[]): string[] {
  return pages.flatMap(({ invocations }) => invocations.map(({ id }) => id));
}

/** What came before an error, and the error. */
async function readUntilError(
  items: AsyncIterable<InvocationPage>,
): Promise<{ pages: InvocationPage[]; error: unknown }> {
  const pages: InvocationPage[] = [];
  try {
    for await (const page of items) pages.push(page);
  } catch (error) {
    return { pages, error };
  }
  return { pages, error: undefined };
}

const inLastDay = (webhookId = "hook") => ({ webhookId, window: LAST_DAY });

describe("ConductorOne's provider", () => {
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  it("finds what failed in tasks that were made long before, closed or open", async () => {
    const { provider } = await tenant({
      tasks: [
        failedTask("closed 20 days old", NOW - HOUR, { createdAt: time(NOW - 20 * 24 * HOUR) }),
        failedTask("open 300 days old", NOW - 2 * HOUR, {
          createdAt: time(NOW - 300 * 24 * HOUR),
          state: "TASK_STATE_OPEN",
        }),
        failedTask("without an update", NOW - 3 * HOUR, { updatedAt: undefined }),
        failedTask("of another day", NOW - 30 * HOUR),
      ],
    });
    const pages = await all(provider.listInvocations(inLastDay(), neverAborted()));
    expect(idsIn(pages)).toEqual([
      "instance of closed 20 days old",
      "instance of open 300 days old",
      "instance of without an update",
    ]);
    expect(pages.map(({ covered }) => covered)).toEqual([LAST_DAY]);
  });

  it("covers nothing that has not happened yet", async () => {
    const { provider } = await tenant({});
    const query = { webhookId: "hook", window: windowOf(NOW - HOUR, NOW + HOUR) };
    expect(await all(provider.listInvocations(query, neverAborted()))).toEqual([
      { invocations: [], covered: windowOf(NOW - HOUR, NOW) },
    ]);
  });

  it("brings the oldest first where that is asked for", async () => {
    const { provider } = await tenant({ tasks: [failedTask("late", NOW - HOUR), failedTask("early", NOW - 5 * HOUR)] });
    const query = { ...inLastDay(), sort: "oldest" as const, pageSize: 1 };
    const pages = await all(provider.listInvocations(query, neverAborted()));
    expect(idsIn(pages)).toEqual(["instance of early", "instance of late"]);
    expect(pages.map(({ covered }) => covered)).toEqual([windowOf(NOW - 24 * HOUR, NOW - HOUR), LAST_DAY]);
  });

  it("reads one trail for many webhooks that ask at once, and stops when the last one has gone", async () => {
    const { server, provider } = await tenant({ tasks: [failedTask("a", NOW - HOUR)] });
    await Promise.all(["hook", "x", "y"].map((id) => all(provider.listInvocations(inLastDay(id), neverAborted()))));
    expect(server.requests.filter(({ url }) => url === "/api/v1/task/audits")).toHaveLength(1);
  });

  it("lets who gives up go at once, and reads on for the others", async () => {
    const { provider } = await tenant({ tasks: [failedTask("a", NOW - HOUR)] });
    const impatient = new AbortController();
    const given = all(provider.listInvocations(inLastDay(), impatient.signal));
    const kept = all(provider.listInvocations(inLastDay(), neverAborted()));
    impatient.abort(new Error("no time"));
    await expect(given).rejects.toThrow("no time");
    expect(idsIn(await kept)).toEqual(["instance of a"]);
  });

  it("can be asked again after everybody gave up", async () => {
    const { provider } = await tenant({ tasks: [failedTask("a", NOW - HOUR)] });
    const impatient = new AbortController();
    const given = all(provider.listInvocations(inLastDay(), impatient.signal));
    impatient.abort(new Error("no time"));
    await expect(given).rejects.toThrow("no time");
    expect(idsIn(await all(provider.listInvocations(inLastDay(), neverAborted())))).toEqual(["instance of a"]);
  });

  it("shows what it can where one task always ends in an error, calls nothing covered, and says why", async () => {
    const tasks = [failedTask("good", NOW - HOUR), failedTask("broken", NOW - 2 * HOUR)];
    const list = tasks.map(({ audits, ...task }) => ({ task }));
    const { server, provider } = await answering(({ url, body }, response) => {
      if (url.includes("search/tasks")) return answerJson(response, { list });
      if (!url.includes("audits")) return answerJson(response, {});
      if (body.includes("broken")) return answerJson(response, { code: 2, message: "user_id is required" }, 500);
      return answerJson(response, { list: tasks[0]?.audits });
    });
    const { pages, error } = await readUntilError(provider.listInvocations(inLastDay(), neverAborted()));
    expect(pages).toMatchObject([{ invocations: [{ id: "instance of good" }], covered: undefined }]);
    expect(String(error)).toContain("user_id is required");
    const broken = server.requests.filter(({ body }) => body.includes("broken"));
    expect(broken).toHaveLength(2);
  });

  it("lists failed runs of automations only where the webhook is certain", async () => {
    const run = (id: string, automationTemplateId: string, state = "AUTOMATION_EXECUTION_STATE_ERROR") => ({
      automationExecution: {
        id,
        automationTemplateId,
        state,
        createdAt: time(NOW - 2 * HOUR),
        completedAt: time(NOW - HOUR),
      },
    });
    const step = { webhook: { webhookId: "hook" } };
    const { provider } = await tenant({
      executions: [
        run("1", "one"),
        run("2", "many"),
        run("3", "gone"),
        run("4", "one", "AUTOMATION_EXECUTION_STATE_DONE"),
      ],
      automations: {
        one: { id: "one", automationSteps: [step] },
        many: { id: "many", automationSteps: [step, { sendEmail: {} }] },
      },
    });
    const [page] = await all(provider.listInvocations(inLastDay(), neverAborted()));
    expect(page?.invocations).toEqual([
      {
        provider: "conductorone",
        webhookId: "hook",
        id: "1",
        status: "AUTOMATION_EXECUTION_STATE_ERROR",
        outcome: "failed",
        createdAt: new Date(NOW - 2 * HOUR),
        latestCompletedAt: new Date(NOW - HOUR),
        source: { kind: "workflowStep", ref: "1" },
      },
    ]);
    const ref = { provider: "conductorone", webhookId: "hook", id: "1" };
    expect(await provider.listAttempts(ref, neverAborted())).toEqual([]);
  });

  it.each<[string, unknown, number]>([
    ["may not be seen", { code: 7, message: "denied" }, 403],
    ["are not there", { code: 12, message: "unimplemented" }, 501],
  ])("does without automations where they %s", async (_name, body, status) => {
    const { provider } = await answering(({ url }, response) =>
      url.includes("automation") ? answerJson(response, body, status) : answerJson(response, {}),
    );
    expect(await all(provider.listInvocations(inLastDay(), neverAborted()))).toEqual([
      { invocations: [], covered: LAST_DAY },
    ]);
  });

  it.each<[string, unknown, number]>([
    ["come in circles", { list: null, nextPageToken: "again" }, 200],
    ["cannot be read now", { code: 2, message: "later" }, 500],
    ["are cut off", { code: 1, message: "cancelled" }, 499],
    ["hold a run that cannot be read", { list: [7] }, 200],
  ])("covers nothing where automations %s, and says why", async (_name, body, status) => {
    const { provider } = await answering(({ url }, response) =>
      url.includes("automation") ? answerJson(response, body, status) : answerJson(response, {}),
    );
    const { pages, error } = await readUntilError(provider.listInvocations(inLastDay(), neverAborted()));
    expect(pages).toEqual([{ invocations: [], covered: undefined }]);
    expect(String(error)).toContain("automation_executions");
  });

  it.each(["search/tasks", "audits"])("covers nothing where a row of %s cannot be read", async (part) => {
    const task = { id: "a", state: "TASK_STATE_CLOSED", updatedAt: time(NOW - HOUR) };
    const { provider } = await answering(({ url }, response) => {
      if (url.includes(part)) return answerJson(response, { list: [7] });
      answerJson(response, url.includes("search/tasks") ? { list: [{ task }] } : {});
    });
    const { pages, error } = await readUntilError(provider.listInvocations(inLastDay(), neverAborted()));
    expect(pages).toEqual([{ invocations: [], covered: undefined }]);
    expect(String(error)).toContain("cannot be read");
  });

  it("lists runs of automations once a minute at most", async () => {
    const { server, clock, provider } = await tenant({});
    const listings = () => server.requests.filter(({ url }) => url.includes("automation_executions")).length;
    for (const days of [1, 2, 3]) {
      const query = { webhookId: "hook", window: windowOf(NOW - days * 24 * HOUR, NOW) };
      await all(provider.listInvocations(query, neverAborted()));
    }
    expect(listings()).toBe(1);
    clock.advance(61_000);
    await all(provider.listInvocations(inLastDay(), neverAborted()));
    expect(listings()).toBe(2);
  });

  it("goes on with a listing that everybody has left", async () => {
    const { server, provider } = await tenant({});
    const impatient = new AbortController();
    const given = all(provider.listInvocations(inLastDay(), impatient.signal));
    impatient.abort(new Error("no time"));
    await expect(given).rejects.toThrow("no time");
    await all(provider.listInvocations(inLastDay(), neverAborted()));
    const asked = server.requests.filter(({ url }) => url.includes("search/tasks")).map(({ body }) => body);
    expect(new Set(asked).size).toBe(asked.length);
  });

  it("ends with an error where pages are empty without end", async () => {
    let pages = 0;
    const { provider } = await answering((_request, response) => {
      pages += 1;
      answerJson(response, { list: null, nextPageToken: `token ${pages}` });
    });
    await expect(all(provider.listWebhooks(neverAborted()))).rejects.toThrow("20 empty pages in a row");
  });

  it("reads the attempts of the task that it is told of", async () => {
    const { server, provider } = await tenant({ tasks: [failedTask("a", NOW - HOUR)] });
    const source = { kind: "approvalStep", ref: "a" };
    const ref = { provider: "conductorone", webhookId: "hook", id: "instance of a", source };
    expect(await provider.listAttempts(ref, neverAborted())).toMatchObject([{ errorMessage: "no such host" }]);
    expect(server.requests.map(({ url }) => url)).toEqual(["/api/v1/tasks/a", "/api/v1/task/audits"]);
  });

  it("knows when an invocation was made by its id", async () => {
    const { provider } = await tenant({});
    expect(provider.createdAtOf(idAt(NOW))).toEqual(new Date(NOW));
    expect(provider.createdAtOf("01HZXYNOULIDOFZENDESK00000")).toBeUndefined();
  });

  it.each([
    ["provisionStep", "task/1", "https://acme.conductor.one/task/task%2F1"],
    ["approvalStep", "2mq", "https://acme.conductor.one/task/2mq"],
    ["policyPostAction", "2mq", "https://acme.conductor.one/task/2mq"],
    ["workflowStep", "77", undefined],
    ["test", undefined, undefined],
    ["provisionStep", undefined, undefined],
  ])("knows the page of a source: %s %s", (kind, ref, url) => {
    const provider = createConductorOneProvider(withAccessToken("https://acme.conductor.one/"));
    expect(provider.sourceUrl?.(ref === undefined ? { kind } : { kind, ref })).toBe(url);
  });

  it("gives no page that is not encrypted", () => {
    const provider = createConductorOneProvider(withAccessToken("http://127.0.0.1:9"));
    expect(provider.sourceUrl?.({ kind: "approvalStep", ref: "2mq" })).toBeUndefined();
  });
});

describe("ConductorOne's check", () => {
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  it("says who we are there", async () => {
    const { server, provider } = await tenant({});
    expect(await provider.check(neverAborted())).toMatchObject({
      ok: true,
      detail: `Reads the webhooks and tasks of ${server.url} with an access token, as user user-1, with the role Read-Only Administrator.`,
      warnings: [],
    });
  });

  it.each([
    [401, "CONDUCTORONE_ACCESS_TOKEN"],
    [403, "Read-Only Administrator"],
    [404, "CONDUCTORONE_SERVER_URL"],
  ])("says what to mend after a %i", async (status, mend) => {
    const { provider } = await answering((_request, response) =>
      answerJson(response, { code: 7, message: "no" }, status),
    );
    const health = await provider.check(neverAborted());
    expect(health).toMatchObject({ ok: false, problem: { told: expect.stringContaining(String(status)) } });
    expect(health.problem?.mend).toContain(mend);
  });

  it("finds out whether tasks may be read, for without them no failure is seen", async () => {
    const { provider } = await answering(({ url }, response) =>
      url.includes("introspect")
        ? answerJson(response, { userId: "u" })
        : answerJson(response, { code: 7, message: "denied" }, 403),
    );
    expect(await provider.check(neverAborted())).toMatchObject({ ok: false });
  });

  it.each([
    ["/api/v1/webhooks", "may not read webhooks"],
    ["/api/v1/search/tasks", "may not read tasks"],
  ])("says plainly what may not be read when %s is refused", async (path, told) => {
    const { provider } = await answering(({ url }, response) => {
      if (url.startsWith(path)) return answerJson(response, { code: 7, message: "denied" }, 403);
      return answerJson(response, url.includes("introspect") ? { principleId: "p" } : { list: null });
    });
    expect((await provider.check(neverAborted())).problem?.told).toMatch(new RegExp(`${told}.*403`));
  });

  it("does not take any answer for an identity", async () => {
    const { provider } = await answering((_request, response) => answerJson(response, { list: [] }));
    expect(await provider.check(neverAborted())).toMatchObject({ ok: false });
  });

  it("says when the address that is set and that of the client id differ", async () => {
    const { provider } = await answering(
      (_request, response) => answerJson(response, { access_token: "t" }),
      withClientCredentials,
    );
    const { warnings = [] } = await provider.check(neverAborted());
    expect(warnings).toEqual([expect.objectContaining({ told: expect.stringContaining("is of acme.conductor.one") })]);
  });

  it("has nothing to say where they agree, whatever the port", async () => {
    const { provider } = await answering(
      (_request, response) => answerJson(response, { access_token: "t" }),
      (baseUrl) => {
        const clientId = "hydra@127.0.0.1/pcc";
        return { baseUrl, credentials: { kind: "client_credentials", clientId, clientSecret: CLIENT_SECRET } };
      },
    );
    expect((await provider.check(neverAborted())).warnings).toEqual([]);
  });
});
