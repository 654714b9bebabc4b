import { afterEach, describe, expect, it } from "vitest";
import type { InvocationPage } from "../../../src/providers/provider.ts";
import { windowOf } from "../../../src/triage/window.ts";
import { neverAborted } from "../clients.ts";
import { answerJson } from "../loopback.ts";
import { closeTenants, failedTask, HOUR, LAST_DAY, NOW, readUntilError, tenantAnswering, time } from "./failed.ts";

const DAY = 24 * HOUR;
const lastDay = { webhookId: "hook", window: LAST_DAY };

/** A row without an id among the tasks, made at `madeMs`. */
interface BadRow {
  madeMs: number;
  isOpen: boolean;
}

/** A tenant whose lists of tasks hold such rows for as long as they stand in `bad`. */
async function tenantWith(bad: BadRow[]) {
  return tenantAnswering(({ url, body }, response) => {
    if (!url.includes("search/tasks")) return answerJson(response, {});
    const { createdAfter, createdBefore, taskStates } = JSON.parse(body);
    const list = bad.filter(
      ({ madeMs, isOpen }) =>
        !(createdAfter && madeMs < Date.parse(createdAfter)) &&
        !(createdBefore && madeMs >= Date.parse(createdBefore)) &&
        (isOpen || !taskStates),
    );
    return answerJson(response, { list: list.map(() => 7) });
  });
}

function coveredBy(pages: readonly InvocationPage[]) {
  return pages.flatMap(({ covered }) => covered ?? []);
}

describe("a task that cannot be read", () => {
  afterEach(closeTenants);

  it("shows what it can where its trail always ends in an error, covers the time before it was made, and says why", async () => {
    const tasks = [failedTask("good", NOW - HOUR), failedTask("broken", NOW - 2 * HOUR)];
    const list = tasks.map(({ audits, ...task }) => ({ task }));
    const { server, provider } = await tenantAnswering(({ url, body }, response) => {
      if (url.includes("search/tasks")) return answerJson(response, { list });
      if (!url.includes("audits")) return answerJson(response, {});
      if (body.includes("broken")) return answerJson(response, { code: 2, message: "user_id is required" }, 500);
      return answerJson(response, { list: tasks[0]?.audits });
    });
    const { pages, error } = await readUntilError(provider.listInvocations(lastDay, neverAborted()));
    expect(pages).toMatchObject([{ invocations: [{ id: "instance of good" }] }]);
    expect(coveredBy(pages)).toEqual([windowOf(NOW - DAY, NOW - 3 * HOUR)]);
    expect(String(error)).toContain("user_id is required");
    const broken = server.requests.filter(({ body }) => body.includes("broken"));
    expect(broken).toHaveLength(2);
  });

  it.each(["search/tasks", "audits"])("covers nothing where nothing tells when it was made: %s", async (part) => {
    const task = { id: "a", state: "TASK_STATE_CLOSED", updatedAt: time(NOW - HOUR) };
    const { provider } = await tenantAnswering(({ url }, response) => {
      if (url.includes(part)) return answerJson(response, { list: [7] });
      answerJson(response, url.includes("search/tasks") ? { list: [{ task }] } : {});
    });
    const { pages, error } = await readUntilError(provider.listInvocations(lastDay, neverAborted()));
    expect(pages.map(({ invocations }) => invocations)).toEqual([[]]);
    expect(coveredBy(pages)).toEqual([]);
    expect(String(error)).toContain("cannot be read");
  });

  it("leaves all that was before it known, and says when it was made", async () => {
    const { provider } = await tenantWith([{ madeMs: NOW - 5 * HOUR, isOpen: false }]);
    const { pages, error } = await readUntilError(provider.listInvocations(lastDay, neverAborted()));
    const [covered, ...others] = coveredBy(pages);
    expect(others).toEqual([]);
    expect(covered?.from).toEqual(LAST_DAY.from);
    expect(covered?.to.getTime()).toBeGreaterThan(NOW - 6 * HOUR);
    expect(covered?.to.getTime()).toBeLessThanOrEqual(NOW - 5 * HOUR);
    expect(String(error)).toMatch(/listed 1 task that cannot be read, made from 2026-11-21T06:/);
  });

  it("is no trouble to those who ask about the time before", async () => {
    const { provider } = await tenantWith([{ madeMs: NOW - 5 * HOUR, isOpen: false }]);
    const window = windowOf(NOW - DAY, NOW - 8 * HOUR);
    const { pages, error } = await readUntilError(
      provider.listInvocations({ webhookId: "hook", window }, neverAborted()),
    );
    expect(coveredBy(pages)).toEqual([window]);
    expect(error).toBeUndefined();
  });

  it("is forgotten as soon as it can be read, without a restart", async () => {
    const bad = [{ madeMs: NOW - 5 * HOUR, isOpen: false }];
    const { clock, provider } = await tenantWith(bad);
    await readUntilError(provider.listInvocations(lastDay, neverAborted()));
    bad.pop();
    clock.advance(20 * 60_000);
    const { pages, error } = await readUntilError(provider.listInvocations(lastDay, neverAborted()));
    expect(coveredBy(pages)).toEqual([LAST_DAY]);
    expect(error).toBeUndefined();
  });

  it("blocks nothing that comes two hours after it was closed, and stays unknown before", async () => {
    const { clock, provider } = await tenantWith([{ madeMs: NOW - 5 * HOUR, isOpen: false }]);
    await readUntilError(provider.listInvocations(lastDay, neverAborted()));
    clock.advance(2 * 60_000);
    await readUntilError(provider.listInvocations(lastDay, neverAborted()));
    clock.advance(6 * HOUR);
    const later = windowOf(NOW + 3 * HOUR, NOW + 6 * HOUR);
    const fine = await readUntilError(provider.listInvocations({ webhookId: "hook", window: later }, neverAborted()));
    expect(coveredBy(fine.pages)).toEqual([later]);
    expect(fine.error).toBeUndefined();
    const whole = { webhookId: "hook", window: windowOf(NOW - DAY, NOW + 6 * HOUR) };
    const { pages, error } = await readUntilError(provider.listInvocations(whole, neverAborted()));
    expect(coveredBy(pages)).toHaveLength(2);
    expect(String(error)).toContain("1 task that cannot be read");
  });

  it("that is open and very old blocks for a day, and is told of after that", async () => {
    const { clock, provider } = await tenantWith([{ madeMs: NOW - 300 * DAY, isOpen: true }]);
    const first = await readUntilError(provider.listInvocations(lastDay, neverAborted()));
    expect(coveredBy(first.pages)).toEqual([]);
    expect(String(first.error)).toContain("1 task that cannot be read, open and made long ago");
    clock.advance(26 * HOUR);
    const window = windowOf(NOW + 25 * HOUR, NOW + 26 * HOUR);
    const later = await readUntilError(provider.listInvocations({ webhookId: "hook", window }, neverAborted()));
    expect(coveredBy(later.pages)).toEqual([window]);
    expect(later.error).toBeUndefined();
    expect(await provider.notesOn?.(window, neverAborted())).toEqual([
      "1 open task of ConductorOne cannot be read: what its webhooks did is not known.",
    ]);
  });
});
