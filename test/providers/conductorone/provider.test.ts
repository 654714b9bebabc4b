import { afterEach, describe, expect, it } from "vitest";
import { createConductorOneProvider } from "../../../src/providers/conductorone/provider.ts";
import type { InvocationPage } from "../../../src/providers/provider.ts";
import { windowOf } from "../../../src/triage/window.ts";
import { all, neverAborted } from "../clients.ts";
import { answerJson } from "../loopback.ts";
import { closeTenants, failedTask, HOUR, LAST_DAY, NOW, tenant, tenantAnswering, time } from "./failed.ts";
import { idAt } from "./ids.ts";
import { withAccessToken } from "./settings.ts";

const inLastDay = (webhookId = "hook") => ({ webhookId, window: LAST_DAY });

function idsIn(pages: readonly InvocationPage[]): string[] {
  return pages.flatMap(({ invocations }) => invocations.map(({ id }) => id));
}

describe("ConductorOne's provider", () => {
  afterEach(closeTenants);

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
    const { provider } = await tenantAnswering((_request, response) => {
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
});
