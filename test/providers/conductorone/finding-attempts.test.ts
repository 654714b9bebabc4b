import { afterEach, describe, expect, it } from "vitest";
import { NotFoundError } from "../../../src/providers/errors.ts";
import { failureOf, neverAborted } from "../clients.ts";
import { answerJson } from "../loopback.ts";
import { closeTenants, failedTask, HOUR, NOW, tenant, tenantAnswering, time } from "./failed.ts";
import { idAt } from "./ids.ts";

const DAY = 24 * HOUR;
const ref = (id: string) => ({ provider: "conductorone", webhookId: "hook", id });

/** Two tasks, of which the later one's trail ends in an error; the earlier one has the instance, if it is to. */
async function withBrokenTrail(id: string, status: number, body: unknown, isThere: boolean) {
  const arm = { webhookId: "hook", webhookInstanceId: isThere ? id : "another" };
  const good = failedTask("good", NOW - HOUR, {
    audits: [{ id: "1", created: time(NOW - HOUR), webhookApprovalFatalError: arm }],
  });
  const broken = failedTask("broken", NOW - HOUR, { createdAt: time(NOW - 1.5 * HOUR) });
  const list = [good, broken].map(({ audits, ...task }) => ({ task }));
  return tenantAnswering((request, response) => {
    if (request.url.includes("search/tasks")) return answerJson(response, { list });
    if (request.url.includes("webhooks/hook")) return answerJson(response, { webhook: { id: "hook" } });
    if (request.body.includes("broken")) return answerJson(response, body, status);
    answerJson(response, { list: good.audits });
  });
}

const FAULTS: [string, number, unknown][] = [
  ["is refused", 403, { code: 7, message: "denied" }],
  ["always ends in an error", 500, { code: 2, message: "user_id is required" }],
  ["makes no sense", 200, { list: "nothing" }],
];

describe("looking for the attempts of an invocation whose task is not known", () => {
  afterEach(closeTenants);

  it.each([...FAULTS, ["is gone", 404, { code: 5, message: "not found" }]] as const)(
    "goes on to other tasks where the trail of one %s",
    async (_what, status, body) => {
      const id = idAt(NOW - HOUR);
      const { provider } = await withBrokenTrail(id, status, body, true);
      expect(await provider.listAttempts(ref(id), neverAborted())).toMatchObject([{ outcome: "failed" }]);
    },
  );

  it.each(FAULTS)("never says that there is no such invocation where a trail %s", async (_what, status, body) => {
    const id = idAt(NOW - HOUR);
    const { provider } = await withBrokenTrail(id, status, body, false);
    const error = await failureOf(provider.listAttempts(ref(id), neverAborted()));
    expect(error).not.toBeInstanceOf(NotFoundError);
    expect(error.message).not.toContain("knows no");
  });

  it("does not know it where the only other task is gone", async () => {
    const id = idAt(NOW - HOUR);
    const { provider } = await withBrokenTrail(id, 404, { code: 5, message: "not found" }, false);
    const error = await failureOf(provider.listAttempts(ref(id), neverAborted()));
    expect(error.message).toContain("knows no invocation");
  });

  it("never says so where a task of that time cannot be read", async () => {
    const { provider } = await tenantAnswering(({ url }, response) =>
      answerJson(response, url.includes("search/tasks") ? { list: [7] } : {}),
    );
    const error = await failureOf(provider.listAttempts(ref(idAt(NOW - HOUR)), neverAborted()));
    expect(error.message).toContain("task that cannot be read");
  });

  it.each([
    ["too old", NOW - 62 * DAY, "made on 2026-09-20 by its id, which is too old: only the last 61 days are searched"],
    ["years old", Date.parse("2020-03-01T00:00:00Z"), "made on 2020-03-01 by its id, which is too old"],
    ["not made yet", NOW + 2 * DAY, "which would, by its id, be made only on 2026-11-23"],
  ])("asks nothing about an id that is %s, and says so", async (_what, madeMs, told) => {
    const { server, provider } = await tenant({ tasks: [failedTask("a", NOW - HOUR)] });
    const error = await failureOf(provider.listAttempts(ref(idAt(madeMs)), neverAborted()));
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error.message).toContain(told);
    expect(server.requests).toEqual([]);
  });

  it("finds an old one all the same where its task is known", async () => {
    const id = idAt(NOW - 100 * DAY);
    const arm = { webhookId: "hook", webhookInstanceId: id };
    const task = failedTask("old", NOW - HOUR, {
      audits: [{ id: "1", created: time(NOW - HOUR), webhookApprovalFatalError: arm }],
    });
    const { provider } = await tenant({ tasks: [task] });
    const source = { kind: "approvalStep", ref: "old" };
    expect(await provider.listAttempts({ ...ref(id), source }, neverAborted())).toHaveLength(1);
  });
});
