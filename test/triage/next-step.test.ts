import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evidenceOf } from "../../src/triage/cause/evidence.ts";
import { readCause } from "../../src/triage/cause/read-cause.ts";
import { causeOf } from "../../src/triage/cause-of.ts";
import { fillStep, outsideInStep } from "../../src/triage/next-step.ts";
import { anInvocation, aWebhook } from "./samples.ts";

const WEBHOOK = aWebhook({ name: "{receiver}", endpoint: "https://hooks.acme.example/in" });

describe("a next step", () => {
  it("is filled in with the receiver's host, who sends, and the webhook's name, whatever that is", () => {
    expect(fillStep("Ask {receiver} of {webhook} at {provider}, not {nobody}.", WEBHOOK)).toBe(
      "Ask hooks.acme.example of {receiver} at Zendesk, not {nobody}.",
    );
    expect(fillStep("Look at {times}.", WEBHOOK)).toBe("Look at the times below.");
    expect(fillStep("Look at {times}.", WEBHOOK, "the time above")).toBe("Look at the time above.");
    expect(fillStep("Ask {receiver}.", aWebhook({ endpoint: "nowhere" }))).toBe("Ask the receiver.");
  });

  it("is not filled in where a receiver's answer says so", () => {
    const error = { code: "no_{receiver}_for_{{webhook}}", message: "No" };
    const body = JSON.stringify({ type: "error.list", request_id: "b2", errors: [error] });
    const attempt = { statusCode: 422, response: { headers: [], body, truncated: false } };
    const reading = readCause(evidenceOf(attempt));
    const invocation = anInvocation({ statusCode: 422 });
    const { title, nextStep } = causeOf(invocation, WEBHOOK, { reading, rules: 1, attemptIndex: 0 });
    expect(title).toContain("no_{receiver}_for_{{webhook}}");
    expect(nextStep).toContain("no_{receiver}_for_{{webhook}}");
  });

  it("shows text from outside as it came, and fills in nothing there", () => {
    const outside = fc
      .array(fc.constantFrom("{", "}", "{receiver}", "{{webhook}}", "{times}", "provider", " "))
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(outside, (text) => {
        expect(fillStep(`${outsideInStep(text)} of {receiver}`, WEBHOOK)).toBe(`${text} of hooks.acme.example`);
      }),
    );
  });
});
