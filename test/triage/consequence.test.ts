import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { consequencesInWords, consequencesOf, meaningSentence, sourceInWords } from "../../src/triage/consequence.ts";
import type { Coverage } from "../../src/triage/coverage.ts";
import type { Invocation } from "../../src/triage/model.ts";
import { windowOf } from "../../src/triage/window.ts";
import { anInvocation } from "./samples.ts";

/** A failed invocation of ConductorOne; `provisionStep t1` is sent by a provisioning step of access request t1. */
function failedBy(source: string): Invocation {
  const [kind = "", ref] = source.split(" ");
  return anInvocation({
    provider: "conductorone",
    status: "WEBHOOK_STATE_FATAL_ERROR",
    statusCode: undefined,
    source: { kind, ...(ref ? { ref } : {}) },
  });
}

function told(sources: readonly string[], coverage: readonly Coverage[] = []): string {
  return consequencesInWords(consequencesOf(sources.map(failedBy), coverage));
}

const WINDOW = windowOf(0, 3_600_000);

function covered(provider: string, state: Coverage["state"]): Coverage {
  const missing = state === "complete" ? [] : [WINDOW];
  return { provider, webhookId: "w1", ...WINDOW, state, missing };
}

describe("what failed invocations meant", () => {
  it.each([
    [["provisionStep t1"], "1 access request fell back to manual provisioning"],
    [["provisionStep t1", "provisionStep t2"], "2 access requests fell back to manual provisioning"],
    [["approvalStep t1"], "1 access request went on without its webhook approval step"],
    [["approvalStep t1", "approvalStep t2"], "2 access requests went on without their webhook approval step"],
    [["policyPostAction t1"], "1 access request ended without its webhook post action"],
    [["policyPostAction t1", "policyPostAction t2"], "2 access requests ended without their webhook post action"],
    [["workflowStep 7"], "1 automation run failed"],
    [["workflowStep 7", "workflowStep 8"], "2 automation runs failed"],
    [["findingDispatch f1"], "1 of another kind was affected"],
    [["findingDispatch f1", "somethingNew f1"], "2 of another kind were affected"],
    [["constructor x"], "1 of another kind was affected"],
    [["test", "test w1"], ""],
    [[], ""],
  ])("says it of %j", (sources, words) => {
    expect(told(sources)).toBe(words);
  });

  it("says several, the heaviest first", () => {
    expect(told(["workflowStep 7", "test", "approvalStep t3", "provisionStep t1", "provisionStep t2"])).toBe(
      "2 access requests fell back to manual provisioning; 1 access request went on without its webhook approval step; 1 automation run failed",
    );
  });

  it("counts an access request once, however many of its invocations failed", () => {
    expect(consequencesOf(["provisionStep t1", "provisionStep t1", "provisionStep t2"].map(failedBy))).toEqual([
      { kind: "provisionStep", count: 2, isAtLeast: false, refs: ["t1", "t2"] },
    ]);
  });

  it("says at least where a row does not tell to what it belonged", () => {
    expect(told(["provisionStep t1", "provisionStep"])).toBe(
      "at least 1 access request fell back to manual provisioning",
    );
    expect(told(["workflowStep", "workflowStep"])).toBe("at least 1 automation run failed");
    expect(told(["approvalStep"])).toBe("at least 1 access request went on without its webhook approval step");
  });

  it.each(["partial", "unknown"] as const)("says at least where the provider's part is %s", (state) => {
    const coverage = [
      covered("zendesk", "complete"),
      covered("conductorone", "complete"),
      covered("conductorone", state),
    ];
    expect(told(["provisionStep t1"], coverage)).toBe("at least 1 access request fell back to manual provisioning");
  });

  it("is sure where only another provider's part is unknown", () => {
    const coverage = [covered("zendesk", "unknown"), covered("conductorone", "complete")];
    expect(told(["provisionStep t1"], coverage)).toBe("1 access request fell back to manual provisioning");
  });

  it("begins each part with its number, so that at least always stands at the same place", () => {
    const kinds = ["provisionStep", "approvalStep", "policyPostAction", "workflowStep", "new"];
    for (const part of told(kinds).split("; ")) expect(part).toMatch(/^at least 1 /);
    expect(meaningSentence(consequencesOf(kinds.map(failedBy)))).toMatch(/^At least 1 access request .+\.$/);
    expect(meaningSentence([])).toBeUndefined();
  });

  it("writes large numbers as people do", () => {
    const sources = Array.from({ length: 1_234 }, (_, index) => `provisionStep t${index}`);
    expect(told(sources)).toBe("1,234 access requests fell back to manual provisioning");
  });

  it("says nothing of a provider that does not tell why it sent", () => {
    expect(consequencesOf([anInvocation()])).toEqual([]);
  });

  it("never counts more than there are, never a test, and the same whatever the order", () => {
    const kinds = ["provisionStep", "approvalStep", "policyPostAction", "workflowStep", "test", "new"];
    const sources = fc.array(
      fc.tuple(fc.constantFrom(...kinds), fc.constantFrom("", " t1", " t2", " t3")).map((parts) => parts.join("")),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(sources, (all) => {
        const found = consequencesOf(all.map(failedBy));
        const counted = found.reduce((sum, { count }) => sum + count, 0);
        expect(counted).toBeLessThanOrEqual(all.filter((source) => !source.startsWith("test")).length);
        for (const { count, refs, isAtLeast } of found) {
          expect(count).toBeGreaterThan(0);
          expect(new Set(refs).size === count || (refs.length === 0 && isAtLeast)).toBe(true);
        }
        const counts = (list: typeof found) => list.map(({ kind, count, isAtLeast }) => [kind, count, isAtLeast]);
        expect(counts(consequencesOf(all.toReversed().map(failedBy)))).toEqual(counts(found));
      }),
    );
  });
});

describe("what made a provider send", () => {
  it.each([
    [{ kind: "provisionStep", ref: "t1" }, "provisioning step of access request t1"],
    [{ kind: "approvalStep", ref: "t1" }, "approval step of access request t1"],
    [{ kind: "policyPostAction", ref: "t1" }, "post action of access request t1"],
    [{ kind: "workflowStep", ref: "42" }, "automation run 42"],
    [{ kind: "workflowStep" }, "automation run"],
    [{ kind: "test" }, "a test"],
    [{ kind: "findingDispatch", ref: "f1" }, "findingDispatch f1"],
    [{ kind: "__proto__" }, "__proto__"],
  ])("reads %j as %s", (source, words) => {
    expect(sourceInWords(source)).toBe(words);
  });
});
