import { afterEach, describe, expect, it } from "vitest";
import { windowOf } from "../../../src/triage/window.ts";
import { all, neverAborted } from "../clients.ts";
import { answerJson } from "../loopback.ts";
import {
  closeTenants,
  failedRun,
  failedTask,
  HOUR,
  NOW,
  onlyStep,
  readUntilError,
  tenant,
  tenantAnswering,
  time,
} from "./failed.ts";
import { idAt } from "./ids.ts";

const LISTED = { instancesPath: "/webhooks/{webhookId}/instances" };
const LAST_MONTH = windowOf(NOW - 20 * 24 * HOUR, NOW);
const lastMonth = { webhookId: "hook", window: LAST_MONTH };

/** As it is listed, failed an hour ago unless told otherwise. */
function instance(id: string, more: Record<string, unknown> = {}) {
  const times = { createdAt: time(NOW - 2 * HOUR), lastAttemptedAt: time(NOW - HOUR), completedAt: time(NOW - HOUR) };
  return { id, webhookId: "hook", state: "WEBHOOK_STATE_FATAL_ERROR", attempts: 7, source: null, ...times, ...more };
}

describe("a tenant that lists its instances", () => {
  afterEach(closeTenants);

  it("has in its trails what is not listed any more", async () => {
    const { provider } = await tenant(
      { tasks: [failedTask("old", NOW - 15 * 24 * HOUR)], instances: { hook: [instance("new")] } },
      LISTED,
    );
    const pages = await all(provider.listInvocations(lastMonth, neverAborted()));
    expect(pages.flatMap(({ invocations }) => invocations)).toMatchObject([{ id: "new" }, { id: "instance of old" }]);
    expect(pages.at(-1)?.covered).toEqual(LAST_MONTH);
  });

  it("is told once of what both have, with all that the instance tells and the number of its task", async () => {
    const source = { approvalStep: { ticketId: "a" } };
    const { provider } = await tenant(
      {
        tasks: [failedTask("a", NOW - HOUR, { numericId: "4711" })],
        instances: { hook: [instance("instance of a", { source, expiresAt: time(NOW + HOUR) })] },
      },
      LISTED,
    );
    const pages = await all(provider.listInvocations(lastMonth, neverAborted()));
    expect(pages.flatMap(({ invocations }) => invocations)).toMatchObject([
      {
        id: "instance of a",
        outcome: "failed",
        attemptsCount: 7,
        expiresAt: new Date(NOW + HOUR),
        source: { kind: "approvalStep", ref: "a", name: "4711" },
      },
    ]);
  });

  it("has ended what only the trail knows to have ended", async () => {
    const pending = { state: "WEBHOOK_STATE_WAITING_CALLBACK", completedAt: null };
    const { provider } = await tenant(
      { tasks: [failedTask("a", NOW - HOUR)], instances: { hook: [instance("instance of a", pending)] } },
      LISTED,
    );
    const pages = await all(provider.listInvocations(lastMonth, neverAborted()));
    const [row, ...others] = pages.flatMap(({ invocations }) => invocations);
    expect(others).toEqual([]);
    expect(row).toMatchObject({ outcome: "failed", latestCompletedAt: new Date(NOW - HOUR), attemptsCount: 7 });
    expect(row?.pendingUntil).toBeUndefined();
  });

  it("has a failed run by its instance, and by itself where that is not listed any more", async () => {
    const source = { workflowStep: { workflowExecutionId: "1" } };
    const { provider } = await tenant(
      {
        automations: { one: onlyStep("hook") },
        executions: [failedRun("1", "one"), failedRun("2", "one")],
        instances: { hook: [instance("of run 1", { source })] },
      },
      LISTED,
    );
    const pages = await all(provider.listInvocations(lastMonth, neverAborted()));
    const ids = pages.flatMap(({ invocations }) => invocations.map(({ id }) => id));
    expect(ids.toSorted()).toEqual(["2", "of run 1"]);
  });

  it("covers nothing where its trails cannot be read, keeps the instances, and says why", async () => {
    const { provider } = await tenantAnswering(({ url }, response) => {
      if (url.includes("/instances")) return answerJson(response, { list: [instance("new")] });
      answerJson(response, { code: 7, message: "no tasks for you" }, 403);
    }, LISTED);
    const { pages, error } = await readUntilError(provider.listInvocations(lastMonth, neverAborted()));
    expect(pages).toMatchObject([{ invocations: [{ id: "new" }], covered: undefined }]);
    expect(error).toMatchObject({ kind: "permission" });
  });

  it("has none of a webhook that is gone, and a fault where the path leads nowhere", async () => {
    const { provider } = await tenantAnswering(({ url }, response) => {
      if (url.includes("/webhooks/")) {
        if (url.endsWith("/webhooks/hook")) return answerJson(response, { webhook: { id: "hook" } });
        return answerJson(response, { code: 5, message: "not found" }, 404);
      }
      answerJson(response, {});
    }, LISTED);
    const gone = { webhookId: "gone", window: LAST_MONTH };
    expect(await all(provider.listInvocations(gone, neverAborted()))).toEqual([
      { invocations: [], covered: LAST_MONTH },
    ]);
    const { error } = await readUntilError(provider.listInvocations(lastMonth, neverAborted()));
    expect(error).toMatchObject({ kind: "not_found" });
  });

  it("says of how many failed runs it cannot tell, of those that were before all that is listed", async () => {
    const old = { createdAt: time(NOW - 15 * 24 * HOUR), completedAt: time(NOW - 14 * 24 * HOUR) };
    const { provider } = await tenant({ executions: [failedRun("1", "", old), failedRun("2", "")] }, LISTED);
    const notes = (await provider.notesOn?.(LAST_MONTH, neverAborted())) ?? [];
    expect(notes).toMatchObject([expect.stringMatching(/^1 failed automation run is not shown/)]);
  });
});

describe("the attempts of a listed instance", () => {
  afterEach(closeTenants);

  const ID = idAt(NOW - 2 * HOUR);
  const ref = { provider: "conductorone", webhookId: "hook", id: ID };

  it.each<[string, Record<string, unknown>]>([
    ["that does not tell its source", { source: null }],
    ["of a source that is new", { source: { findingDispatch: { workflowExecutionId: "42" } } }],
    ["whose task is gone", { source: { provisionStep: { ticketId: "gone" } } }],
  ])("%s are elsewhere, and it is said where", async (_, more) => {
    const { provider } = await tenant({ instances: { hook: [instance(ID, more)] } }, LISTED);
    const [page] = await all(provider.listInvocations(lastMonth, neverAborted()));
    const [row] = page?.invocations ?? [];
    expect(row).toMatchObject({ id: ID, attemptsCount: 7 });
    const source = row?.source;
    expect(await provider.listAttempts({ ...ref, ...(source ? { source } : {}) }, neverAborted())).toEqual([]);
    const known = source && provider.noAttemptsBecause?.(source) ? source : provider.sourceOf?.(ID);
    expect(known && provider.noAttemptsBecause?.(known)).toContain("View history of this webhook");
    expect(source?.ref === "42" ? provider.sourceUrl?.(source) : undefined).toBeUndefined();
  });

  it("are those of its trail where it has one, whoever tells of the task", async () => {
    const arm = { webhookId: "hook", webhookInstanceId: ID };
    const task = failedTask("a", NOW - HOUR, {
      audits: [{ id: "a 1", created: time(NOW - HOUR), webhookApprovalFatalError: { ...arm, error: "no such host" } }],
    });
    const source = { approvalStep: { ticketId: "a" } };
    const { server, provider } = await tenant(
      { tasks: [task], instances: { hook: [instance(ID, { source })] } },
      LISTED,
    );
    expect(await provider.listAttempts(ref, neverAborted())).toMatchObject([{ errorMessage: "no such host" }]);
    expect(server.requests.map(({ url }) => url.split("?")[0])).toEqual([
      "/api/v1/webhooks/hook/instances",
      "/api/v1/tasks/a",
      "/api/v1/task/audits",
    ]);
  });

  it("that is nowhere are not found", async () => {
    const { provider } = await tenant({}, LISTED);
    await expect(provider.listAttempts(ref, neverAborted())).rejects.toMatchObject({ kind: "not_found" });
  });
});
