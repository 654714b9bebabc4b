import { expect, it } from "vitest";
import { progressAt, type Terminal } from "../../src/cli/progress.ts";

/** What a terminal shows in the line that is written to. */
function terminal(columns = 80) {
  const written: string[] = [];
  const stream: Terminal = {
    isTTY: true,
    columns,
    write(text: string | Uint8Array) {
      written.push(String(text));
      return true;
    },
  };
  const line = () => written.join("").split("\r\u001b[K").at(-1);
  return { stream, written, line };
}

const HALF = { provider: "zendesk", read: 12, of: 40 };

it("says how far the reading is, in one line, and takes it away", () => {
  const { stream, line, written } = terminal();
  const progress = progressAt(stream, {});
  progress?.show({ ...HALF, read: 0 });
  progress?.show(HALF);
  expect(line()).toBe("Reading: 12 of 40 webhooks of Zendesk…");
  progress?.show({ provider: "conductorone", read: 0, of: 1 });
  expect(line()).toBe("Reading: 12 of 40 webhooks of Zendesk, 0 of 1 webhook of ConductorOne…");
  progress?.showAttempts({ ofProviders: [] });
  expect(line()).toBe("Reading why invocations failed…");
  progress?.showAttempts({ ofProviders: [{ provider: "zendesk", read: 3, of: 40 }] });
  expect(line()).toBe("Reading why invocations failed: 3 of 40…");
  const slowed = { provider: "zendesk", read: 14, of: 40, limit: { limitPerMinute: 10, isTold: true } };
  const found = { provider: "conductorone", read: 1, of: 2, limit: { limitPerMinute: 1_200, isTold: false } };
  progress?.showAttempts({ ofProviders: [found, slowed] });
  expect(line()).toBe("Reading why invocations failed: 15 of 42 (10 requests a minute)…");
  progress?.showAttempts({ ofProviders: [found] });
  expect(line()).toBe("Reading why invocations failed: 1 of 2 (about 1,200 requests a minute)…");
  progress?.clear();
  expect(line()).toBe("");
  expect(written.join("")).not.toContain("\n");
});

it("writes nothing where nothing has changed, or there was nothing to take away", () => {
  const { stream, written } = terminal();
  const progress = progressAt(stream, {});
  progress?.clear();
  expect(written).toEqual([]);
  progress?.show(HALF);
  progress?.show(HALF);
  expect(written).toHaveLength(1);
});

it("stays within the line", () => {
  const { stream, line } = terminal(20);
  progressAt(stream, {})?.show(HALF);
  expect(line()).toBe("Reading: 12 of 40 w");
});

it.each<[string, Partial<Terminal>, NodeJS.ProcessEnv]>([
  ["is no terminal", { isTTY: false }, {}],
  ["cannot go back in a line", {}, { TERM: "dumb" }],
])("is not there where stderr %s", (_why, parts, env) => {
  expect(progressAt({ ...terminal().stream, ...parts }, env)).toBeUndefined();
});
