import { afterEach, describe, expect, it } from "vitest";
import { sourceInWords } from "../../../src/triage/consequence.ts";
import { outcomeAt } from "../../../src/triage/model.ts";
import { windowOf } from "../../../src/triage/window.ts";
import { all, neverAborted } from "../clients.ts";
import { closeTenants, failedTask, HOUR, LAST_DAY, NOW, tenant, time } from "./failed.ts";

const lastDay = { webhookId: "hook", window: LAST_DAY };

describe("what made ConductorOne send", () => {
  afterEach(closeTenants);

  it("goes by the number that people know a request by, in words and in its link", async () => {
    const { server, provider } = await tenant({ tasks: [failedTask("2mq", NOW - HOUR, { numericId: "4711" })] });
    const [page] = await all(provider.listInvocations(lastDay, neverAborted()));
    const source = { kind: "approvalStep", ref: "2mq", name: "4711" };
    expect(page?.invocations).toMatchObject([{ source }]);
    expect(provider.sourceUrl?.(source)).toBe(`${server.url}/task/4711`);
    expect(sourceInWords(source)).toBe("approval step of access request 4711 (2mq)");
  });

  it.each([undefined, "no number", ""])("goes by its id alone where the number is %j", async (numericId) => {
    const { server, provider } = await tenant({
      tasks: [failedTask("2mq", NOW - HOUR, numericId === undefined ? {} : { numericId })],
    });
    const [page] = await all(provider.listInvocations(lastDay, neverAborted()));
    const [source] = page?.invocations.map((invocation) => invocation.source) ?? [];
    expect(source).toEqual({ kind: "approvalStep", ref: "2mq" });
    expect(sourceInWords({ kind: "approvalStep", ref: "2mq" })).toBe("approval step of access request 2mq");
    expect(provider.sourceUrl?.({ kind: "workflowStep", ref: "2mq" })).toBeUndefined();
    expect(provider.account).toBe(server.url);
  });
});

describe("instances that a tenant lists", () => {
  afterEach(closeTenants);

  it("have failed once they have expired, at their expiry", async () => {
    const instance = {
      id: "instance",
      webhookId: "hook",
      state: "WEBHOOK_STATE_ERROR",
      attempts: 50,
      createdAt: time(NOW - 200 * HOUR),
      lastAttemptedAt: time(NOW - 199 * HOUR),
    };
    const { clock, provider } = await tenant(
      { instances: { hook: [{ ...instance, expiresAt: time(NOW + HOUR) }] } },
      { instancesPath: "/webhooks/{webhookId}/instances" },
    );
    const long = { webhookId: "hook", window: windowOf(NOW - 300 * HOUR, NOW) };
    const [before] = (await all(provider.listInvocations(long, neverAborted()))).flatMap((page) => page.invocations);
    expect(before).toMatchObject({ outcome: "pending", latestCompletedAt: new Date(NOW - 199 * HOUR) });
    clock.advance(2 * HOUR);
    const recent = { webhookId: "hook", window: windowOf(NOW, NOW + 2 * HOUR) };
    const [after] = (await all(provider.listInvocations(recent, neverAborted()))).flatMap((page) => page.invocations);
    if (!after) throw new Error("Its expiry lies in the window.");
    expect(after.latestCompletedAt).toEqual(new Date(NOW + HOUR));
    expect(outcomeAt(after, clock.now())).toBe("failed");
  });
});
