import { describe, expect, it } from "vitest";
import { createLog } from "../../src/ops/log.ts";
import type { Check } from "../../src/ops/run-checks.ts";
import { lookAfterStart } from "../../src/ops/start-checks.ts";

function open() {
  const lines: string[] = [];
  const log = createLog({ level: "trace", secrets: [], destination: { write: (line) => lines.push(line) } });
  return { log, entries: () => lines.map((line) => JSON.parse(line)) };
}

const scopes: Check = {
  name: "slack scopes",
  run: async () => [
    { check: "slack scopes", state: "warning", told: "users:read is missing.", mend: "Add users:read." },
  ],
};
const zendesk: Check = {
  name: "zendesk access",
  run: async () => [{ check: "zendesk access", state: "fault", told: "Zendesk answered 401.", mend: "Set it anew." }],
};
const node: Check = { name: "node", run: async () => [{ check: "node", state: "ok", told: "Runs." }] };
const hanging: Check = { name: "slack scopes", run: () => new Promise(() => {}) };

describe("the look at what is not in order after a start", () => {
  it("logs a line with the mend for each finding, worst first, and none for what is in order", async () => {
    const { log, entries } = open();
    await lookAfterStart([scopes, node, zendesk], log).ended;
    expect(entries()).toMatchObject([
      { level: "warn", check: "zendesk access", state: "fault", msg: "Zendesk answered 401.", mend: "Set it anew." },
      { level: "warn", check: "slack scopes", msg: "users:read is missing.", mend: "Add users:read." },
    ]);
    expect(entries()).toHaveLength(2);
  });

  it("waits for nothing that does not answer, and says so", async () => {
    const { log, entries } = open();
    await lookAfterStart([hanging, zendesk], log, 20).ended;
    expect(entries().map(({ msg }) => msg)).toEqual([
      "Zendesk answered 401.",
      expect.stringContaining("No answer within"),
    ]);
  });

  it("ends at once and without a word when the bot is stopped", async () => {
    const { log, entries } = open();
    const lookout = lookAfterStart([hanging], log);
    lookout.stop();
    await lookout.ended;
    expect(entries()).toEqual([]);
  });
});
