import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isId, ksuidOf, timeOfKsuid } from "../../../sandbox/conductorone/ksuid.ts";
import { STORY_CAUSES, type StoryCause, storyCause } from "../../../sandbox/conductorone/story/cause.ts";
import { runOf } from "../../../sandbox/conductorone/story/run.ts";
import { stateAt } from "../../../sandbox/conductorone/story/state.ts";
import { createStory } from "../../../sandbox/conductorone/story/story.ts";
import { NOON } from "./ask.ts";

const story = createStory(7, NOON.getTime());
const webhook = (name: string) => {
  const found = story.webhooks.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`no webhook ${name}`);
  return found;
};

/** The states that a run goes through, in their order. */
function statesOf(name: string, cause: string | undefined, seed = 3): string[] {
  const start = {
    webhook: webhook(name),
    seed,
    source: { kind: "approvalStep", id: "t" } as const,
    createdAtMs: NOON.getTime(),
  };
  const run = runOf(cause === undefined ? start : { ...start, cause: storyCause(cause) });
  const instants = [run.createdAtMs, ...run.attempts.flatMap(({ startMs, endMs }) => [startMs, endMs]), run.end.atMs];
  const states = instants.map((atMs) => stateAt(run, atMs).replace("WEBHOOK_STATE_", ""));
  return states.filter((state, i) => state !== states[i - 1]);
}

/** The first attempt comes within a second, the others 15 s apart at most, and the end soon after the last. */
function longestCourseMs({ receiver, attempts, attemptMs }: StoryCause, callbackTimeoutMs: number): number {
  return receiver === "accepted" ? callbackTimeoutMs : 1_000 + attempts * (attemptMs[1] + 15_000);
}

describe("an instance", () => {
  it("goes through all documented states", () => {
    expect(statesOf("Payroll entitlements", undefined)).toEqual(["PENDING", "RUNNING", "PROCESS_RESPONSE", "SUCCESS"]);
    expect(statesOf("Payroll entitlements", "bad-response")).toEqual([
      "PENDING",
      "RUNNING",
      "PROCESS_RESPONSE",
      "FATAL_ERROR",
    ]);
    expect(statesOf("Payroll entitlements", "gone")).toEqual(["PENDING", "RUNNING", "ERROR", "FATAL_ERROR"]);
    expect(statesOf("Badge office", undefined)).toEqual(["PENDING", "RUNNING", "WAITING_CALLBACK", "SUCCESS"]);
    const exhausted = statesOf("Payroll entitlements", "unavailable");
    expect(exhausted.filter((state) => state === "RUNNING")).toHaveLength(50);
    expect(exhausted.slice(-2)).toEqual(["ERROR", "FATAL_ERROR"]);
  });

  it.each(STORY_CAUSES.map(({ name }) => name))("that fails for %s ends within the longest course", (name) => {
    const cause = storyCause(name);
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const start = {
          webhook: webhook("Badge office"),
          seed,
          source: { kind: "test" } as const,
          createdAtMs: NOON.getTime(),
          cause,
        };
        const run = runOf(start);
        expect(run.end.atMs - run.createdAtMs).toBeLessThanOrEqual(
          longestCourseMs(cause, run.webhook.callbackTimeoutMs),
        );
        expect(run.end.failure?.error).not.toContain("{{");
        expect(run.attempts).toHaveLength(cause.attempts);
        for (const [i, { startMs }] of run.attempts.entries()) {
          const before = run.attempts[i - 1]?.endMs ?? startMs - 3_000;
          expect(startMs - before).toBeGreaterThanOrEqual(3_000);
          expect(startMs - before).toBeLessThanOrEqual(15_000);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe("the story", () => {
  it("has some hundreds of tasks in fourteen days, of every kind of webhook", () => {
    expect(story.tasks(NOON.getTime()).length).toBeGreaterThan(300);
    expect(story.executions(NOON.getTime()).length).toBeGreaterThan(50);
    const used = new Set(story.runs(NOON.getTime()).map((run) => run.webhook.name));
    expect(story.webhooks.map(({ name }) => name).filter((name) => !used.has(name))).toEqual(["Decommission notices"]);
  });

  it("tells nothing of what lies ahead, and the same of what is past whenever it is asked", () => {
    const later = createStory(7, NOON.getTime());
    later.runs(NOON.getTime() + 3 * 86_400_000);
    const ids = (one: typeof story) => one.runs(NOON.getTime()).map(({ id }) => id);
    expect(ids(later)).toEqual(ids(story));
    expect(story.runs(NOON.getTime()).every(({ createdAtMs }) => createdAtMs <= NOON.getTime())).toBe(true);
  });

  it("has ids that are unique", () => {
    const ids = [...story.runs(NOON.getTime()), ...story.tasks(NOON.getTime())].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const numeric = story.tasks(NOON.getTime()).map(({ numericId }) => numericId);
    expect(new Set(numeric).size).toBe(numeric.length);
  });

  it("leaves a task its number when more are made", () => {
    const fromMs = NOON.getTime();
    const busier = createStory(7, fromMs);
    const numbers = (atMs: number) => busier.tasks(atMs).map(({ id, numericId }) => [id, numericId]);
    const before = numbers(fromMs - 1);
    const { id } = webhook("Decommission notices");
    busier.addTraffic(id, { fromMs, everyMs: 1, count: 20, cause: "gone", instants: "made" });
    expect(numbers(fromMs + 60_000).length).toBeGreaterThanOrEqual(before.length + 20);
    expect(numbers(fromMs - 1)).toEqual(before);
  });
});

it("a KSUID has 27 characters, tells its second, and sorts by it", () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), fc.integer({ min: 0, max: 2_000_000_000 }), (one, other, seconds) => {
      const atMs = 1_400_000_000_000 + seconds * 1_000;
      const id = ksuidOf(one, atMs);
      expect(isId(id)).toBe(true);
      expect(timeOfKsuid(id)).toBe(atMs);
      expect(ksuidOf(other, atMs + 1_000) > id).toBe(true);
    }),
    { numRuns: 200 },
  );
});
