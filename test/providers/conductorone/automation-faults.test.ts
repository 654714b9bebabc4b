import { afterEach, describe, expect, it } from "vitest";
import { windowOf } from "../../../src/triage/window.ts";
import { all, neverAborted } from "../clients.ts";
import { answerJson, type Handler, type Loopback } from "../loopback.ts";
import {
  closeTenants,
  failedRun,
  HOUR,
  LAST_DAY,
  NOW,
  onlyStep,
  readUntilError,
  tenant,
  tenantAnswering,
  time,
} from "./failed.ts";

const DAY = 24 * HOUR;
const lastDay = { webhookId: "hook", window: LAST_DAY };
const LATER = { code: 2, message: "user_id is required" };

interface Answers {
  /** Of the list of runs, page by page; a number is the status of an error. */
  runs: (page: number) => unknown;
  /** By id; the empty one is the list of all. */
  automations: (id: string) => unknown;
}

function answering({ runs, automations }: Answers): Handler {
  return ({ url, body }, response) => {
    if (url.includes("search/automation_executions"))
      return give(response, runs(Number(JSON.parse(body).pageToken ?? 0)));
    const [, id] = /\/api\/v1\/automations(?:\/(\w+))?(?:\?|$)/.exec(url) ?? [];
    if (url.includes("/api/v1/automations")) return give(response, automations(id ?? ""));
    answerJson(response, {});
  };
}

function give(response: Parameters<Handler>[1], answer: unknown): void {
  if (typeof answer === "number") answerJson(response, LATER, answer);
  else answerJson(response, answer);
}

function searches(server: Loopback): number {
  return server.requests.filter(({ url }) => url.includes("search/automation_executions")).length;
}

/** A page of runs, each a minute older than the one before. */
function page(newestMs: number, next: string) {
  const list = Array.from({ length: 100 }, (_, index) => {
    const endedMs = newestMs - index * 2 * 60_000;
    return failedRun(String(newestMs - index), "one", { createdAt: time(endedMs - 1_000), completedAt: time(endedMs) });
  });
  return { list, nextPageToken: next };
}

describe("automations that cannot be read", () => {
  afterEach(closeTenants);

  it("leave only the times of their own runs unknown, for a fault that never ends", async () => {
    const { provider } = await tenantAnswering(
      answering({
        runs: () => ({
          list: [failedRun("1", "broken"), failedRun("2", "one", { completedAt: time(NOW - 3 * HOUR) })],
        }),
        automations: (id) => (id === "one" ? { automation: onlyStep("hook") } : 500),
      }),
    );
    const { pages, error } = await readUntilError(provider.listInvocations(lastDay, neverAborted()));
    expect(pages.flatMap(({ invocations }) => invocations)).toMatchObject([{ id: "2" }]);
    expect(
      pages.flatMap(({ covered }) => covered ?? []).toSorted((a, b) => a.from.getTime() - b.from.getTime()),
    ).toEqual([windowOf(NOW - DAY, NOW - HOUR), windowOf(NOW - HOUR + 1, NOW)]);
    expect(String(error)).toContain("user_id is required");
  });

  it("are no trouble to a question about another time", async () => {
    const { provider } = await tenantAnswering(
      answering({ runs: () => ({ list: [failedRun("1", "broken")] }), automations: () => 500 }),
    );
    const window = windowOf(NOW - DAY, NOW - 2 * HOUR);
    expect(await all(provider.listInvocations({ webhookId: "hook", window }, neverAborted()))).toMatchObject([
      { covered: window },
    ]);
  });

  it.each([
    ["are refused", () => 500],
    ["come in circles", () => ({ list: [failedRun("1", "one")], nextPageToken: "1" })],
  ])("hide nothing of webhooks that no automation names, where runs %s", async (_name, runs) => {
    const automations = (id: string) => {
      const list = [{ id: "one", ...onlyStep("hook") }, { id: "bare" }];
      return id === ""
        ? { list }
        : { automation: id === "one" ? onlyStep("hook") : { automationSteps: [{ wait: {} }] } };
    };
    const { provider } = await tenantAnswering(answering({ runs, automations }));
    const other = await readUntilError(provider.listInvocations({ ...lastDay, webhookId: "other" }, neverAborted()));
    expect(other).toEqual({ pages: [{ invocations: [], covered: LAST_DAY }], error: undefined });
    const { pages, error } = await readUntilError(provider.listInvocations(lastDay, neverAborted()));
    expect(pages.flatMap(({ covered }) => covered ?? [])).toEqual([]);
    expect(String(error)).toContain("search/automation_executions");
    expect(await provider.notesOn?.(LAST_DAY, neverAborted())).toEqual([
      expect.stringMatching(/^Not all failed automation runs could be listed: ConductorOne /),
    ]);
  });

  it("keep the runs that were read before a token was repeated, and what is newer than those is known", async () => {
    const { provider } = await tenantAnswering(
      answering({
        runs: (at) => page(NOW - 60_000 - at * 40 * DAY, "1"),
        automations: (id) =>
          id === "" ? { list: [{ id: "one", ...onlyStep("hook") }] } : { automation: onlyStep("hook") },
      }),
    );
    const window = windowOf(NOW - 2 * HOUR, NOW);
    const pages = await all(provider.listInvocations({ webhookId: "hook", window }, neverAborted()));
    expect(pages.flatMap(({ invocations }) => invocations).length).toBeGreaterThan(50);
    expect(pages.at(-1)?.covered).toEqual(window);
  });
});

describe("a long history of failed runs", () => {
  afterEach(closeTenants);

  /** Newest first, or the other way round: 30 pages of runs, of which the first is of the last hours. */
  const history = (isNewestFirst: boolean) => (at: number) => {
    const turn = isNewestFirst ? at : 29 - at;
    return page(turn === 0 ? NOW - HOUR : NOW - (400 + turn) * DAY, at < 29 ? String(at + 1) : "");
  };
  const automations = () => ({ automation: onlyStep("hook") });

  it("is listed only as far back as is asked for where it is seen to be newest first", async () => {
    const { server, provider } = await tenantAnswering(answering({ runs: history(true), automations }));
    const pages = await all(provider.listInvocations(lastDay, neverAborted()));
    expect(pages.flatMap(({ invocations }) => invocations)).toHaveLength(100);
    expect(pages.at(-1)?.covered?.from).toEqual(LAST_DAY.from);
    expect(searches(server)).toBeLessThanOrEqual(4);
  });

  it("is listed once more, and further back, for who asks about an earlier time", async () => {
    const { server, provider } = await tenantAnswering(answering({ runs: history(true), automations }));
    for (const days of [1, 3, 8, 29]) {
      const window = windowOf(NOW - days * DAY, NOW);
      await all(provider.listInvocations({ webhookId: "hook", window }, neverAborted()));
    }
    expect(searches(server)).toBeLessThanOrEqual(8);
  });

  it("is listed whole, and rarely, in any other order", async () => {
    const { server, clock, provider } = await tenantAnswering(answering({ runs: history(false), automations }));
    for (const minutes of [0, 2, 2]) {
      clock.advance(minutes * 60_000);
      const pages = await all(provider.listInvocations(lastDay, neverAborted()));
      expect(pages.flatMap(({ invocations }) => invocations)).toHaveLength(100);
    }
    expect(searches(server)).toBe(30);
    clock.advance(2 * 60_000);
    await all(provider.listInvocations(lastDay, neverAborted()));
    expect(searches(server)).toBe(60);
  });

  it("hides no late end of a run that was made long before, in a list by when they were made", async () => {
    const madeDaysAgo = (days: number, id: number, more = {}) =>
      failedRun(String(id), "one", {
        createdAt: time(NOW - days * DAY),
        completedAt: time(NOW - days * DAY + HOUR),
        ...more,
      });
    const days = Array.from({ length: 40 }, (_, index) => index + 2);
    const executions = days.map((ago) => madeDaysAgo(ago, ago, ago === 12 ? { completedAt: time(NOW - HOUR) } : {}));
    const { provider } = await tenant({ automations: { one: onlyStep("hook") }, executions, pageSize: 2 });
    const [found] = await all(provider.listInvocations(lastDay, neverAborted()));
    expect(found?.invocations).toMatchObject([{ id: "12" }]);
  });
});
