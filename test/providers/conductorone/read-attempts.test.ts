import { afterEach, describe, expect, it } from "vitest";
import { NotFoundError } from "../../../src/providers/errors.ts";
import { failureOf, neverAborted } from "../clients.ts";
import { closeTenants, failedRun, failedTask, HOUR, NOW, onlyStep, tenant } from "./failed.ts";
import { idAt } from "./ids.ts";

const AUTOMATIONS = { automations: { one: onlyStep("hook") }, executions: [failedRun("42", "one")] };

function ref(id: string, webhookId = "hook") {
  return { provider: "conductorone", webhookId, id };
}

describe("reading the attempts of one invocation from ConductorOne", () => {
  afterEach(closeTenants);

  it.each([
    ["an id of which no trail tells", idAt(NOW - 2 * HOUR, 77)],
    ["a run that is not there", "999999999999999"],
    ["a run that is there and did not fail", "43"],
    ["a run of which nobody can say which webhook failed", "44"],
    ["what is no id of theirs", "../../x"],
  ])("says which invocation of which webhook it does not know: %s", async (_what, id) => {
    const { provider } = await tenant({
      tasks: [failedTask("a", NOW - HOUR)],
      executions: [
        failedRun("43", "one", { state: "AUTOMATION_EXECUTION_STATE_DONE" }),
        failedRun("44", "many"),
        failedRun("42", "one"),
      ],
      automations: {
        one: onlyStep("hook"),
        many: { id: "many", automationSteps: [{ webhook: { webhookId: "hook" } }, { sendEmail: {} }] },
      },
    });
    const error = await failureOf(provider.listAttempts(ref(id), neverAborted()));
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error.message).toContain("webhook hook: knows no invocation");
    expect(error.message).toContain(id);
    expect(error.nextStep).toMatch(/^Take both ids from /);
  });

  it.each([idAt(NOW - 2 * HOUR, 77), "999999999999999"])("says that the webhook is not there: %s", async (id) => {
    const { provider } = await tenant({});
    const error = await failureOf(provider.listAttempts(ref(id, "nope"), neverAborted()));
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error.message).toContain(`webhook nope: knows no such webhook, so no invocation ${id} of it`);
    expect(error.nextStep).toMatch(/^Take both ids from /);
  });

  it.each([
    ["a trail", "instance of a", { kind: "approvalStep", ref: "a" }],
    ["a run", "42", undefined],
  ])("names the webhook that has it where that is another one: %s", async (_what, id, source) => {
    const { provider } = await tenant({ tasks: [failedTask("a", NOW - HOUR)], ...AUTOMATIONS });
    const asked = { ...ref(id, "other"), ...(source && { source }) };
    const error = await failureOf(provider.listAttempts(asked, neverAborted()));
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error.message).toContain(`webhook other: has invocation ${id} at webhook hook, not at this one`);
    expect(error.nextStep).toBe("Ask for it at webhook hook.");
  });

  it("says so where the task is gone, and its trail with it", async () => {
    const { provider } = await tenant({});
    const source = { kind: "provisionStep", ref: "gone" };
    const error = await failureOf(provider.listAttempts({ ...ref("instance"), source }, neverAborted()));
    expect(error.message).toContain("webhook hook: knows no invocation instance of this webhook");
  });

  it("asks nothing about what is listed nowhere, and says where it is to be found", async () => {
    const { server, provider } = await tenant({ tasks: [failedTask("a", NOW - HOUR)], ...AUTOMATIONS });
    for (const source of [{ kind: "workflowStep", ref: "42" }, { kind: "test" }]) {
      expect(await provider.listAttempts({ ...ref(idAt(NOW)), source }, neverAborted())).toEqual([]);
      expect(provider.noAttemptsBecause?.(source)).toMatch(/does not list the attempts of .+ ha(?:s|ve) them/);
    }
    expect(server.requests).toEqual([]);
  });

  it("finds a failed run by its id alone, and knows what it is", async () => {
    const { server, provider } = await tenant(AUTOMATIONS);
    expect(await provider.listAttempts(ref("42"), neverAborted())).toEqual([]);
    expect(server.requests.map(({ url }) => url)).toEqual([
      "/api/v1/automation_executions/42",
      "/api/v1/automations/one",
    ]);
    expect(provider.sourceOf?.("42")).toEqual({ kind: "workflowStep", ref: "42" });
    expect(provider.sourceOf?.(idAt(NOW))).toBeUndefined();
  });

  it.each(["provisionStep", "approvalStep", "policyPostAction"])(
    "lists attempts where the source is %s",
    async (kind) => {
      const { provider } = await tenant({});
      expect(provider.noAttemptsBecause?.({ kind })).toBeUndefined();
    },
  );
});
