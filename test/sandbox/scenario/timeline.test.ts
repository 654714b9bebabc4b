import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fillerOf } from "../../../sandbox/provider/template.ts";
import { attemptsOf } from "../../../sandbox/scenario/attempts.ts";
import { CAUSES, causeNamed } from "../../../sandbox/scenario/causes/index.ts";
import { indexIn, timeOfUlid, ulidOf } from "../../../sandbox/scenario/ids.ts";
import { makeScenario } from "../../../sandbox/scenario/make-scenario.ts";
import type { Scenario } from "../../../sandbox/scenario/scenario.ts";
import { createTimeline, type Timeline } from "../../../sandbox/scenario/timeline.ts";

const now = new Date("2026-11-20T12:00:00Z");
const DAY_MS = 86_400_000;

describe("ids", () => {
  it("are ULIDs that carry their time and give their index back", () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), fc.nat(0xffffffff), fc.nat(4_000_000_000_000), (seed, index, atMs) => {
        const id = ulidOf(seed, index, atMs);
        expect(id).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
        expect(timeOfUlid(id)).toBe(atMs);
        expect(indexIn(seed, id)).toBe(index);
      }),
    );
  });

  it.each(["", "not an id", "01HANA2B5D5W9XSJS3NE5SQA1", "zzzzzzzzzzzzzzzzzzzzzzzzzz"])("%j is none", (text) => {
    expect(indexIn(1, text)).toBeUndefined();
  });
});

describe("a timeline", () => {
  it("finds every delivery again by its id alone", () => {
    for (const size of ["demo", "triage"] as const) {
      const timeline = createTimeline(makeScenario({ seed: 3, now, size }));
      for (const { id } of timeline.webhooks) {
        for (const delivery of weekOf(timeline, id)) expect(timeline.find(id, delivery.id)).toEqual(delivery);
      }
    }
  });

  it("never gives two deliveries one id", () => {
    const timeline = createTimeline(makeScenario({ seed: 3, now, size: "storm" }));
    const ids = timeline.webhooks.flatMap(({ id }) => [...weekOf(timeline, id)].map((delivery) => delivery.id));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("tells a week in one piece and hour by hour alike", () => {
    const timeline = createTimeline(makeScenario({ seed: 9, now }));
    const webhookId = timeline.webhooks[0]?.id ?? "";
    const fromMs = now.getTime() - 2 * DAY_MS;
    const whole = [...timeline.happenings(webhookId, fromMs, now.getTime())].map(named).sort();
    const hourly = Array.from({ length: 48 }, (_, hour) => [
      ...timeline.happenings(webhookId, fromMs + hour * 3_600_000, fromMs + (hour + 1) * 3_600_000),
    ]);
    expect(hourly.flat().map(named).sort()).toEqual(whole);
  });

  it("goes on after the instant it was made for", () => {
    const timeline = createTimeline(makeScenario({ seed: 9, now }));
    const later = timeline.webhooks.flatMap(({ id }) => [
      ...timeline.deliveries(id, now.getTime() + 1, now.getTime() + DAY_MS),
    ]);
    expect(later.some(({ cause }) => cause.name === "success")).toBe(true);
    expect(later.some(({ cause }) => cause.name === "field-422-due-date")).toBe(true);
  });

  it("refuses an incident that would never end and a cause that nobody knows", () => {
    const timeline = createTimeline(makeScenario({ seed: 9, now }));
    const webhookId = timeline.webhooks[0]?.id ?? "";
    expect(() => timeline.addIncident(webhookId, { key: "x", start: now, everyMs: 0, share: 0 })).toThrow(/never end/);
    expect(() => causeNamed("gremlins")).toThrow(/no cause is named gremlins; there are: .*nginx-502/);
  });
});

describe("attempts", () => {
  it("are the same however often they are asked for", () => {
    const scenario = makeScenario({ seed: 4, now, size: "triage" });
    expect(JSON.stringify(allAttempts(scenario))).toBe(JSON.stringify(allAttempts(scenario)));
  });

  it("carry no request where nothing was sent, no response and no code where nothing answered", () => {
    for (const attempt of allAttempts(makeScenario({ seed: 4, now, size: "triage" }))) {
      expect(attempt.request !== undefined).toBe(attempt.outcome.sent);
      expect(attempt.response !== undefined).toBe(attempt.outcome.answered);
      if (attempt.outcome.answered) expect(attempt.outcome.statusCode).toBeTypeOf("number");
    }
  });

  it("hold things that must not be shown: addresses, tokens, credentials", () => {
    const told = JSON.stringify(allAttempts(makeScenario({ seed: 4, now, size: "demo" })));
    const kinds = [/@customer-\d\d\.example/, /Bearer fake_/, /Basic \w{20}/, /X-Api-Key/, /eyJhbGciOi/];
    expect(kinds.filter((kind) => !kind.test(told))).toEqual([]);
  });

  it("say nothing of the true cause", () => {
    const told = JSON.stringify(
      allAttempts(makeScenario({ seed: 4, now, size: "triage" })).map(({ request, response }) => ({
        request,
        response,
      })),
    );
    expect(CAUSES.filter(({ name }) => told.includes(name))).toEqual([]);
  });
});

describe("causes", () => {
  it("are many, with names of their own", () => {
    expect(CAUSES.length).toBeGreaterThanOrEqual(40);
    expect(new Set(CAUSES.map(({ name }) => name)).size).toBe(CAUSES.length);
  });

  it.each(CAUSES.map((cause) => [cause.name, cause] as const))(
    "%s can be filled in and is told as the wire tells it",
    (_, cause) => {
      const fill = fillerOf({ seed: 1, at: now, endpoint: "https://hooks.example.com/in?x=1" });
      const texts = [cause.errorMessage ?? "", cause.response?.body ?? "", ...(cause.response?.headers.flat() ?? [])];
      for (const text of texts) expect(fill(text)).not.toMatch(/\{\{|\bNaN\b/);
      for (const step of cause.course) {
        expect(step.answered && !step.sent).toBe(false);
        if (step.answered) expect(step.statusCode).toBeTypeOf("number");
      }
      if (cause.course.some(({ answered }) => answered)) expect(cause.response).toBeDefined();
    },
  );

  it("fill volatile parts anew for each attempt and alike within one", () => {
    const template = "{{uuid}} {{uuid}} {{uuid@other}}";
    const [first, second, other] = fillerOf({ seed: 1, at: now, endpoint: "https://a.example/" })(template).split(" ");
    expect(first).toBe(second);
    expect(first).not.toBe(other);
    expect(fillerOf({ seed: 2, at: now, endpoint: "https://a.example/" })("{{uuid}}")).not.toBe(first);
  });
});

function weekOf(timeline: Timeline, webhookId: string) {
  return timeline.deliveries(webhookId, now.getTime() - 7 * DAY_MS, now.getTime());
}

function named({ delivery, step }: { delivery: { id: string }; step: number }): string {
  return `${delivery.id} ${step}`;
}

function allAttempts(scenario: Scenario) {
  const timeline = createTimeline(scenario);
  return timeline.webhooks.flatMap((webhook) =>
    [...weekOf(timeline, webhook.id)].flatMap((delivery) => attemptsOf(scenario, webhook, delivery, now.getTime())),
  );
}
