import { afterEach, describe, expect, it } from "vitest";
import { createConductorOneClient } from "../../../src/providers/conductorone/client.ts";
import { taskRow } from "../../../src/providers/conductorone/schema.ts";
import { createTrails } from "../../../src/providers/conductorone/trails.ts";
import { windowOf } from "../../../src/triage/window.ts";
import { all, neverAborted } from "../clients.ts";
import { answerJson } from "../loopback.ts";
import { closeTenants, failedTask, HOUR, LAST_DAY, NOW, tenant, tenantAnswering } from "./failed.ts";
import { idAt } from "./ids.ts";
import { withAccessToken } from "./settings.ts";

const lastDay = { webhookId: "hook", window: LAST_DAY };

describe("attempts that are asked for during a long scan", () => {
  afterEach(closeTenants);

  it("do not wait for its end, and end with the reason of their own signal, at once", async () => {
    const { promise: asked, resolve: onAsked } = Promise.withResolvers<void>();
    const { provider } = await tenantAnswering((_request, _response) => onAsked());
    const scanning = new AbortController();
    const scan = all(provider.listInvocations(lastDay, scanning.signal));
    await asked;
    const impatient = new AbortController();
    const ref = { provider: "conductorone", webhookId: "hook", id: idAt(NOW - HOUR) };
    const attempts = provider.listAttempts(ref, impatient.signal);
    impatient.abort(new Error("the button was pressed long ago"));
    await expect(attempts).rejects.toThrow("the button was pressed long ago");
    scanning.abort(new Error("no time"));
    await expect(scan).rejects.toThrow("no time");
    await provider.close?.();
  });

  it("are read while the scan still reads the trails of other tasks", async () => {
    const id = idAt(NOW - HOUR);
    const arm = { webhookId: "hook", webhookInstanceId: id };
    const { audits, ...wanted } = failedTask("wanted", NOW - HOUR, {
      audits: [{ id: "1", created: new Date(NOW - HOUR).toISOString(), webhookApprovalFatalError: arm }],
    });
    const { audits: _others, ...other } = failedTask("other", NOW - 2 * HOUR);
    const { promise: held, resolve: onHeld } = Promise.withResolvers<void>();
    const { provider } = await tenantAnswering(({ url, body }, response) => {
      if (url.includes("search/tasks")) return answerJson(response, { list: [{ task: wanted }, { task: other }] });
      if (body.includes("other")) return onHeld();
      answerJson(response, { list: audits });
    });
    const scanning = new AbortController();
    const scan = all(provider.listInvocations(lastDay, scanning.signal));
    await held;
    const source = { kind: "approvalStep", ref: "wanted" };
    const ref = { provider: "conductorone", webhookId: "hook", id, source };
    expect(await provider.listAttempts(ref, neverAborted())).toMatchObject([{ outcome: "failed" }]);
    scanning.abort(new Error("no time"));
    await expect(scan).rejects.toThrow("no time");
  });
});

describe("a scan", () => {
  afterEach(closeTenants);

  async function requestsOf(more: { sinceMs: number; untilMs: number; afterMs: number }): Promise<number> {
    const { server, clock, provider } = await tenant({ tasks: [failedTask("a", NOW - HOUR), failedTask("b", NOW)] });
    await all(provider.listInvocations(lastDay, neverAborted()));
    const before = server.requests.length;
    clock.advance(more.afterMs);
    const window = windowOf(LAST_DAY.from.getTime() + more.sinceMs, NOW + more.untilMs);
    await all(provider.listInvocations({ webhookId: "other", window }, neverAborted()));
    return server.requests.length - before;
  }

  it.each([
    ["another webhook of the same question, much later", { sinceMs: 0, untilMs: 0, afterMs: 59_000 }, 0],
    ["a question that comes together with it", { sinceMs: 4_000, untilMs: 4_000, afterMs: 4_000 }, 0],
    ["an earlier part of time, of which all is listed", { sinceMs: -60_000, untilMs: -HOUR, afterMs: 50_000 }, 1],
    // What was made since, what is open, the failed runs, and the trail of the task that has just changed.
    ["a question that comes later", { sinceMs: 31_000, untilMs: 31_000, afterMs: 31_000 }, 5],
  ])("serves %s", async (_who, more, requests) => {
    expect(await requestsOf(more)).toBe(requests);
  });
});

describe("the trails that are kept", () => {
  afterEach(closeTenants);

  it("are no more than was set, and those go first that were not asked for the longest", async () => {
    const tasks = Array.from({ length: 10 }, (_, index) => failedTask(`task ${index}`, NOW - 5 * HOUR));
    const { server, clock } = await tenant({ tasks });
    const client = createConductorOneClient(withAccessToken(server.url), { clock });
    // A trail, its instance and the attempt of it weigh 3.
    const trails = createTrails({ client, clock, callbackMsOf: () => undefined, most: 12 });
    const rows = tasks.map((task) => taskRow.parse(task));
    const readFirst = async (count: number) => {
      for (const row of rows.slice(0, count)) await trails.read(row, NOW, neverAborted());
    };
    await readFirst(4);
    expect([trails.size, server.requests.length]).toEqual([4, 4]);
    await readFirst(4);
    expect(server.requests).toHaveLength(4);
    await readFirst(1);
    for (const row of rows.slice(4, 7)) await trails.read(row, NOW, neverAborted());
    await readFirst(1);
    expect([trails.size, server.requests.length]).toEqual([4, 7]);
  });
});
