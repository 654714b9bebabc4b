import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CAUSE_CATEGORIES } from "../../src/triage/cause.ts";
import { diagnose } from "../../src/triage/diagnosis.ts";
import type { Attempt } from "../../src/triage/model.ts";
import { anAttempt } from "./samples.ts";

const REFUSED = "connect ECONNREFUSED 203.0.113.7:443";
const CIRCUIT = "circuit breaker is open";

function attempts(...told: Partial<Attempt>[]): Attempt[] {
  return told.map((fields, index) => anAttempt({ statusCode: undefined, index, ...fields }));
}

function answered(statusCode: number, body: string): Partial<Attempt> {
  return { statusCode, response: { headers: [], body, truncated: false } };
}

describe("the attempt that tells why an invocation failed", () => {
  it.each<[string, Attempt[], number | undefined]>([
    ["is the last one", attempts({ errorMessage: REFUSED }, answered(500, "disk full")), 1],
    ["is an earlier one where the last one says nothing", attempts(answered(500, "disk full"), {}), 0],
    ["is an earlier one where the last one was not sent", attempts(answered(500, "no"), { errorMessage: CIRCUIT }), 0],
    ["is one that was not sent where no other says why", attempts({}, { errorMessage: CIRCUIT }), 1],
    ["is not one that ended well", attempts({ errorMessage: REFUSED }, { outcome: "succeeded", statusCode: 200 }), 0],
    ["is one with a bare code", attempts({ statusCode: 502 }), 0],
    ["is none where none says anything", attempts({}, { errorMessage: " – " }), undefined],
    ["is none where a 200 is all there is", attempts(answered(200, '{"ok":true}')), undefined],
    ["is none where there are no attempts", [], undefined],
  ])("%s", (_, tried, index) => {
    expect(diagnose(tried)?.attemptIndex).toBe(index);
  });

  it("tells its code and its line", () => {
    const told = diagnose(attempts(answered(500, "disk full on node 7")));
    expect(told).toMatchObject({
      statusCode: 500,
      reading: { telling: { place: "body", text: "disk full on node 7" } },
    });
  });

  it("is asked for what the sender says where a 200 is no reason to fail", () => {
    const told = diagnose(attempts({ statusCode: 200, errorMessage: 'invalid response document: missing "version"' }));
    expect(told?.reading.id).toBe("answer-not-usable");
    expect(told).not.toHaveProperty("statusCode");
  });

  it("is read to a category of the closed set, whatever is in it", () => {
    const text = fc.string({ unit: "binary" });
    const anything = fc.record({
      statusCode: fc.option(fc.integer({ min: 0, max: 999 }), { nil: undefined }),
      errorMessage: fc.option(text, { nil: undefined }),
      body: fc.option(text, { nil: undefined }),
      headers: fc.array(fc.record({ name: text, value: text }), { maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 3 }), (tried) => {
        const told = diagnose(
          tried.map(({ statusCode, errorMessage, body, headers }, index) =>
            anAttempt({
              index,
              statusCode,
              ...(errorMessage === undefined ? {} : { errorMessage }),
              ...(body === undefined ? {} : { response: { headers, body, truncated: false } }),
            }),
          ),
        );
        if (told === undefined) return;
        expect(CAUSE_CATEGORIES).toContain(told.reading.category);
        expect(told.reading.id).toMatch(/^[a-z0-9-]{1,64}$/);
        expect(told.reading.telling?.text.length ?? 0).toBeLessThanOrEqual(500);
      }),
    );
  });
});
