import { afterEach, describe, expect, it } from "vitest";
import { windowOf } from "../../../src/triage/window.ts";
import { all, neverAborted } from "../clients.ts";
import { answerJson } from "../loopback.ts";
import { closeTenants, HOUR, LAST_DAY, NOW, readUntilError, tenant, tenantAnswering, time } from "./failed.ts";

const lastDay = { webhookId: "hook", window: LAST_DAY };

describe("failed runs of automations in the list of invocations", () => {
  afterEach(closeTenants);

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
    const [page] = await all(provider.listInvocations(lastDay, neverAborted()));
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
    const { provider } = await tenantAnswering(({ url }, response) =>
      url.includes("automation") ? answerJson(response, body, status) : answerJson(response, {}),
    );
    expect(await all(provider.listInvocations(lastDay, neverAborted()))).toEqual([
      { invocations: [], covered: LAST_DAY },
    ]);
  });

  it.each<[string, unknown, number]>([
    ["come in circles", { list: null, nextPageToken: "again" }, 200],
    ["cannot be read now", { code: 2, message: "later" }, 500],
    ["are cut off", { code: 1, message: "cancelled" }, 499],
    ["hold a run that cannot be read", { list: [7] }, 200],
  ])("covers nothing where automations %s, and says why", async (_name, body, status) => {
    const { provider } = await tenantAnswering(({ url }, response) =>
      url.includes("automation") ? answerJson(response, body, status) : answerJson(response, {}),
    );
    const { pages, error } = await readUntilError(provider.listInvocations(lastDay, neverAborted()));
    expect(pages).toEqual([{ invocations: [], covered: undefined }]);
    expect(String(error)).toContain("automation_executions");
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
    await all(provider.listInvocations(lastDay, neverAborted()));
    expect(listings()).toBe(2);
  });
});
