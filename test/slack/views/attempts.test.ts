import { describe, expect, it } from "vitest";
import { invocationLine } from "../../../src/slack/views/phrases.ts";
import { message, OF_CONDUCTORONE, REF, read, THREE, timeline } from "./attempts-sample.ts";
import { readBlocks } from "./read.ts";
import { attempt, invocation, listed } from "./sample.ts";

describe("attempts, as a person reads them", () => {
  it("gives a row an attempt, and the answers of the telling ones", () => {
    expect(read({ attempts: THREE })).toBe(
      [
        "Attempts: Jira sync",
        "3 attempts · terminated · code 503 · ended 2026-11-21 05:31:00 UTC",
        "Cause: The receiver answered 503 Service Unavailable",
        "Next: Ask the owner of jira.example.com whether it is down.",
        "Invocation 01INV · Zendesk · read 2026-11-21 06:00:00 UTC",
        "# | When | Code | Outcome | Gap | Took",
        "1 | 2026-11-21 05:30:00 UTC | 500 | terminated | – | 1.2 s",
        "2 | 2026-11-21 05:31:00 UTC | 503 | terminated | 1 min | 1.2 s",
        "3 | 2026-11-21 05:33:00 UTC | 503 | terminated | 2 min | 1.2 s",
        "Attempt 3 · code 503",
        "Error: connection reset",
        "Response headers",
        "retry-after: 120",
        "Response body",
        "upstream is down",
        "Attempt 1 · code 500",
        "Response body",
        "stack",
        "2 values were masked as secrets or addresses in parts that are not shown here.",
      ].join("\n"),
    );
  });

  it("says the same in classic blocks, line by line", () => {
    const classic = readBlocks(message({ attempts: THREE }).classic ?? []);
    expect(classic).toContain("2026-11-21 05:30:00 UTC · code 500 · took 1.2 s · terminated\n");
    expect(classic).toContain("2026-11-21 05:33:00 UTC · after 2 min · code 503 · took 1.2 s · terminated\n");
    expect(classic).toContain("Attempt 3 · code 503\nError: connection reset");
  });

  it("shows an answer once when all attempts were answered alike", () => {
    const text = read({ attempts: [attempt(), attempt({ index: 1 })] });
    expect(text).toContain("Attempt 2 · code 503");
    expect(text).not.toContain("Attempt 1 · code 503");
  });

  it.each([
    ["Authorization: [redacted]", "1 value was masked as secrets or addresses."],
    ["nothing", "1 value was masked as secrets or addresses in parts that are not shown here."],
  ])("says where the masks are when it shows %s", (body, told) => {
    const response = { headers: [], body, truncated: false };
    expect(read({ attempts: [attempt({ response, maskedCount: 1 })] })).toContain(told);
  });

  it("cuts a body of a megabyte and says so", () => {
    const body = "0123456789".repeat(100_000);
    const text = read({ attempts: [attempt({ response: { headers: [], body, truncated: true } })] });
    expect(text).toContain("Response body, cut before it was kept, the first 2,500 of 1,000,000 characters");
    expect(text.length).toBeLessThan(9_000);
  });

  it("shows headers without a value, and bodies as they came", () => {
    const response = { headers: [{ name: "x-empty", value: "" }], body: "<b>*no*</b>\n:fire:", truncated: false };
    const text = read({ attempts: [attempt({ response })] });
    expect(text).toContain("x-empty:\n");
    expect(text).toContain("<b>*no*</b>\n:fire:");
  });

  it("puts the attempts that have no row of their own into a line, with the command for each", () => {
    const text = read({ attempts: Array.from({ length: 20 }, (_, index) => attempt({ index })) });
    expect(text).toContain("\n5 earlier attempts\n1 to 5 · terminated · code 503 · ");
    expect(text).toContain("Each of them, in a terminal: npm run --silent cli -- attempts zendesk 01WEB 01INV");
    expect(text).toContain("\n20 | ");
  });

  it.each([
    [
      "throttled",
      'Nothing was sent: Zendesk held it back ("throttled"). It tries again by itself, mostly within minutes.',
    ],
    [
      "circuit broken",
      'Nothing was sent: Zendesk stopped sending after too many errors of the receiver ("circuit broken"). Zendesk does not send it again. Mend the receiver, then repeat the change in Zendesk or correct the other system by hand.',
    ],
  ])("explains why nothing was sent when it was %s", (status, told) => {
    const unsent = attempt({ status, statusCode: undefined, response: undefined, durationMs: undefined });
    const text = read({ attempts: [unsent], listed: listed({ status, statusCode: undefined }) });
    expect(text).toContain(told);
    expect(text).toContain(`1 | 2026-11-21 05:30:00 UTC | none | ${status} | – | –`);
  });

  it.each([
    ["failed", "terminated", "Zendesk lists no attempts of this invocation"],
    ["failed", "circuit broken", "Nothing was sent: Zendesk stopped sending"],
    ["pending", "accepted", "Zendesk has not tried yet, or has not told of it."],
  ] as const)("explains no attempts of an invocation that is %s (%s)", (outcome, status, told) => {
    const { blocks, classic } = message({ attempts: [], listed: listed({ outcome, status, statusCode: undefined }) });
    expect(readBlocks(blocks)).toContain("No attempts listed");
    expect(readBlocks(blocks)).toContain(told);
    expect(classic).toBeUndefined();
  });

  it("explains a provider that tells only when it tried", () => {
    const bare = attempt({ response: undefined });
    const text = read({ ref: { ...REF, provider: "conductorone" }, attempts: [bare], detail: "timeline" });
    expect(text).toContain("ConductorOne tells when it tried and how that ended, but neither requests nor responses.");
  });

  it("says that what it shows is not fresh", () => {
    const text = read({ staleReason: "Zendesk did not answer in time" });
    expect(text).toContain("Not fresh: Zendesk did not answer in time. This is what was kept.");
  });

  it("does without an invocation that nobody knows any more", () => {
    expect(read({ listed: undefined })).toContain("Attempts: webhook 01WEB\n1 attempt\nInvocation 01INV");
  });

  it("does not tell of a cause when the invocation succeeded", () => {
    const fine = attempt({ outcome: "succeeded", status: "success", statusCode: 200 });
    const succeeded = {
      ...listed(),
      invocation: invocation({ outcome: "succeeded", status: "success", statusCode: 200 }),
    };
    const text = read({ attempts: [fine], listed: succeeded });
    expect(text).toContain("1 attempt · success · code 200 · ended 2026-11-21 05:31:00 UTC\nInvocation");
    expect(text).not.toContain("Next:");
  });
});

describe("the end of an invocation", () => {
  it("is the same as in lists, also where it came long after the last attempt", () => {
    const latestCompletedAt = new Date("2026-11-29T05:30:00Z");
    const waited = { status: "WEBHOOK_STATE_WAITING_CALLBACK", statusCode: undefined, latestCompletedAt };
    const known = listed(waited);
    const text = read({ ...OF_CONDUCTORONE, listed: known, attempts: timeline(1) });
    expect(text).toContain("1 attempt · waiting callback · ended 2026-11-29 05:30:00 UTC, 8 d after the last attempt");
    expect(invocationLine(known.invocation)).toContain("2026-11-29 05:30 UTC");
  });

  it("is not told while it is pending", () => {
    expect(read({ listed: listed({ outcome: "pending" }) })).not.toContain("ended");
  });
});

describe("attempts that the provider does not list", () => {
  const noneBecause =
    "ConductorOne's public API does not list the attempts of an automation run; its execution log has them";
  const run = listed({ status: "AUTOMATION_EXECUTION_STATE_ERROR", statusCode: undefined });

  it.each([
    ["of an invocation that is known", run],
    ["of one that is not", undefined],
  ])("say where they are to be found, and never that there were none: %s", (_, known) => {
    const report = { ...OF_CONDUCTORONE, listed: known, attempts: [], noneBecause };
    const { blocks, text } = message(report);
    expect(readBlocks(blocks)).toContain(`${noneBecause}.`);
    expect(text).toContain(`${noneBecause}.`);
    for (const told of [readBlocks(blocks), text])
      expect(told).not.toMatch(/\b0 attempts|nothing was sent|lists no attempts/i);
    expect(readBlocks(blocks)).not.toContain("tells when it tried");
  });

  it("keep how and when the invocation ended", () => {
    const text = read({ ...OF_CONDUCTORONE, listed: run, attempts: [], noneBecause });
    expect(text).toContain("Attempts: Jira sync\nerror · ended 2026-11-21 05:31:00 UTC\n");
  });
});
