import { afterEach, describe, expect, it } from "vitest";
import { MOST_KNOWN } from "../../../src/providers/conductorone/automations.ts";
import { windowOf } from "../../../src/triage/window.ts";
import { all, neverAborted } from "../clients.ts";
import { answerJson, type Loopback } from "../loopback.ts";
import { closeTenants, failedRun, HOUR, LAST_DAY, NOW, onlyStep, tenant, tenantAnswering, time } from "./failed.ts";

const MINUTE = 60_000;
const NOT_SHOWN = "ConductorOne does not tell whether a webhook was the reason.";
const MANY = { automationSteps: [{ webhook: { webhookId: "hook" } }, { sendEmail: {} }] };
const lastDay = { webhookId: "hook", window: LAST_DAY };

function asked(server: Loopback, path: string): number {
  return server.requests.filter(({ url }) => url.startsWith(`/api/v1/${path}`)).length;
}

describe("failed runs of ConductorOne's automations", () => {
  afterEach(closeTenants);

  it("asks for an automation once in ten minutes, however often it fails", async () => {
    const { server, clock, provider } = await tenant({
      automations: { one: onlyStep("hook") },
      executions: [failedRun("1", "one"), failedRun("2", "one")],
    });
    const minutes = [0, 2, 5, 9, 11];
    const requests: number[] = [];
    for (const [index, minute] of minutes.entries()) {
      clock.advance((minute - (minutes[index - 1] ?? 0)) * MINUTE);
      const [page] = await all(provider.listInvocations(lastDay, neverAborted()));
      expect(page?.invocations).toHaveLength(2);
      requests.push(asked(server, "automations/one"));
    }
    expect(requests).toEqual([1, 1, 1, 1, 2]);
  });

  it("notices within ten minutes that an automation was changed", async () => {
    const automations = { one: onlyStep("hook") };
    const { clock, provider } = await tenant({ automations, executions: [failedRun("1", "one")] });
    await all(provider.listInvocations(lastDay, neverAborted()));
    automations.one = onlyStep("other");
    clock.advance(11 * MINUTE);
    const [page] = await all(provider.listInvocations({ ...lastDay, webhookId: "other" }, neverAborted()));
    expect(page?.invocations).toMatchObject([{ id: "1", webhookId: "other" }]);
  });

  it("forgets the automation that it has known longest where there are very many", async () => {
    const names = Array.from({ length: MOST_KNOWN + 1 }, (_, index) => `a${index}`);
    const { server, provider } = await tenant({
      automations: Object.fromEntries(names.map((name) => [name, onlyStep("hook")])),
      executions: names.map((name, index) => failedRun(String(index + 1), name)),
      pageSize: 2_000,
    });
    await all(provider.listInvocations(lastDay, neverAborted()));
    expect(asked(server, "automations/")).toBe(names.length);
    const attemptsOf = (id: string) =>
      provider.listAttempts({ provider: "conductorone", webhookId: "hook", id }, neverAborted());
    await attemptsOf(String(names.length));
    expect(asked(server, "automations/")).toBe(names.length);
    await attemptsOf("1");
    expect(asked(server, "automations/")).toBe(names.length + 1);
  });

  it("stops listing when nobody waits any more, and lists anew for who asks next", async () => {
    let isSilent = true;
    const impatient = new AbortController();
    const { server, provider } = await tenantAnswering(({ url }, response) => {
      if (!url.includes("automation_executions")) return answerJson(response, {});
      if (isSilent) return impatient.abort(new Error("no time"));
      answerJson(response, { list: null });
    });
    await expect(all(provider.listInvocations(lastDay, impatient.signal))).rejects.toThrow("no time");
    isSilent = false;
    expect(await all(provider.listInvocations(lastDay, neverAborted()))).toMatchObject([{ covered: LAST_DAY }]);
    expect(asked(server, "search/automation_executions")).toBe(2);
  });

  it("stops asking for automations when nobody waits any more", async () => {
    const impatient = new AbortController();
    const { provider } = await tenantAnswering(({ url }, response) => {
      if (url.includes("/automations/")) return impatient.abort(new Error("no time"));
      answerJson(response, url.includes("automation_executions") ? { list: [failedRun("1", "one")] } : {});
    });
    await expect(all(provider.listInvocations(lastDay, impatient.signal))).rejects.toThrow("no time");
  });
});

describe("failed runs that are left out", () => {
  afterEach(closeTenants);

  it("are counted for the window that is asked for, from one listing", async () => {
    const { server, provider } = await tenant({
      automations: { many: MANY, one: onlyStep("hook") },
      executions: [
        failedRun("1", "many"),
        failedRun("2", "gone"),
        failedRun("3", "many", { completedAt: time(NOW - 5 * HOUR) }),
        failedRun("4", "one"),
      ],
    });
    await all(provider.listInvocations(lastDay, neverAborted()));
    const notesOn = (fromMs: number, toMs: number) => provider.notesOn?.(windowOf(fromMs, toMs), neverAborted());
    expect(await notesOn(NOW - 24 * HOUR, NOW)).toEqual([`3 failed automation runs are not shown: ${NOT_SHOWN}`]);
    expect(await notesOn(NOW - 6 * HOUR, NOW - 4 * HOUR)).toEqual([
      `1 failed automation run is not shown: ${NOT_SHOWN}`,
    ]);
    expect(await notesOn(NOW - 4 * HOUR, NOW - 2 * HOUR)).toEqual([]);
    expect(asked(server, "search/automation_executions")).toBe(1);
    expect(asked(server, "automations/many")).toBe(1);
  });

  it("are counted where only the last minutes were read, or nothing was", async () => {
    const { provider } = await tenant({ automations: { many: MANY }, executions: [failedRun("1", "many")] });
    const recent = { webhookId: "hook", window: windowOf(NOW - MINUTE, NOW) };
    await all(provider.listInvocations(recent, neverAborted()));
    const note = `1 failed automation run is not shown: ${NOT_SHOWN}`;
    expect(await provider.notesOn?.(LAST_DAY, neverAborted())).toEqual([note]);
  });

  it("are at least so many where an automation cannot be read now", async () => {
    const { provider } = await tenantAnswering(({ url }, response) => {
      if (url.includes("automation_executions"))
        return answerJson(response, { list: [failedRun("1", "many"), failedRun("2", "broken")] });
      if (url.includes("broken")) return answerJson(response, { code: 2, message: "later" }, 500);
      answerJson(response, url.includes("/automations/") ? { automation: MANY } : {});
    });
    expect(await provider.notesOn?.(LAST_DAY, neverAborted())).toEqual([
      `At least 1 failed automation run is not shown: ${NOT_SHOWN}`,
    ]);
  });

  it("are not those of automations that run no webhook", async () => {
    const { provider } = await tenant({
      automations: { mail: { automationSteps: [{ sendEmail: {} }, { updateUser: {} }] } },
      executions: [failedRun("1", "mail")],
    });
    expect(await all(provider.listInvocations(lastDay, neverAborted()))).toMatchObject([{ invocations: [] }]);
    expect(await provider.notesOn?.(LAST_DAY, neverAborted())).toEqual([]);
  });

  it("are those of automations that tell no steps, or a webhook without its id", async () => {
    const { provider } = await tenant({
      automations: { empty: {}, computed: { automationSteps: [{ webhook: {} }] } },
      executions: [failedRun("1", "empty"), failedRun("2", "computed"), failedRun("3", "")],
    });
    expect(await provider.notesOn?.(LAST_DAY, neverAborted())).toEqual([
      `3 failed automation runs are not shown: ${NOT_SHOWN}`,
    ]);
  });

  it("are not asked for where a tenant lists its instances", async () => {
    const { server, provider } = await tenant({}, { instancesPath: "/webhooks/{webhookId}/instances" });
    expect(await provider.notesOn?.(LAST_DAY, neverAborted())).toEqual([]);
    expect(server.requests).toEqual([]);
  });
});
