import { expect, it } from "vitest";
import type { ScenarioSize } from "../../../sandbox/scenario/scenario.ts";
import type { Shape } from "../../../sandbox/zendesk/shapes.ts";
import { type Asking, everyPage, listIn, NOON, startAsking } from "./ask.ts";

const DAY_MS = 86_400_000;
const PENDING = new Set(["throttled", "accepted", "unknown"]);

interface Found {
  failed: string[];
  pending: string[];
  succeeded: string[];
}

/** A reader written from the API's description alone: every page, the latest row of each id, then the window. */
async function readAll(asking: Asking, webhookId: string, window: { from: Date; to: Date }): Promise<Found> {
  const pages = await everyPage(asking, `/api/v2/webhooks/${webhookId}/invocations`);
  const latest = new Map<string, { status: string; atMs: number }>();
  for (const row of pages.flatMap((page) => listIn(page, "invocations"))) {
    const atMs = Date.parse(String(row.latest_completed_at));
    const known = latest.get(String(row.id));
    // Newest first: of two rows with one second the first one is the later.
    if (!known || atMs > known.atMs) latest.set(String(row.id), { status: String(row.status), atMs });
  }
  const found: Found = { failed: [], pending: [], succeeded: [] };
  for (const [id, { status, atMs }] of latest) {
    if (atMs < window.from.getTime() || atMs >= window.to.getTime()) continue;
    if (status === "success") found.succeeded.push(id);
    else if (PENDING.has(status) && NOON.getTime() - atMs < 15 * 60_000) found.pending.push(id);
    else found.failed.push(id);
  }
  return { failed: found.failed.sort(), pending: found.pending.sort(), succeeded: found.succeeded.sort() };
}

it.each<[ScenarioSize, Shape, number]>([
  ["demo", "wire", 7],
  ["demo", "documented", 7],
  ["demo", "mixed", 1],
  ["triage", "wire", 7],
  ["triage", "wire", 2],
  ["flood", "mixed", 3],
])("whoever reads all pages of %s in shape %s finds the truth of %i days", async (size, shape, days) => {
  const asking = await startAsking({ size, shape, invocations: 4_000 });
  const window = { from: new Date(NOON.getTime() - days * DAY_MS), to: NOON };
  const truth = asking.zendesk.truth(window);
  for (const { id } of asking.zendesk.webhooks) {
    const { failed, pending, succeeded } = truth.webhooks.get(id) ?? { failed: [], pending: [], succeeded: [] };
    expect(await readAll(asking, id, window)).toEqual({ failed, pending, succeeded });
  }
  await asking.zendesk.close();
});

it("20,000 failures of a storm are read whole within seconds", async () => {
  const asking = await startAsking({ size: "storm" });
  const webhook = asking.zendesk.webhooks.find(({ incidents }) => incidents.length > 0);
  const window = { from: new Date(NOON.getTime() - 7 * DAY_MS), to: NOON };
  const found = await readAll(asking, webhook?.id ?? "", window);
  expect(found.failed).toHaveLength(20_000);
  await asking.zendesk.close();
});

it("the documented shape has the documented keys", async () => {
  const asking = await startAsking({ shape: "documented" });
  const list = `/api/v2/webhooks/${asking.webhookId("HR onboarding")}/invocations`;
  const row = (await everyPage(asking, list))
    .flatMap((page) => listIn(page, "invocations"))
    .find(({ status }) => status === "terminated");
  expect(Object.keys(row ?? {})).toEqual([
    "id",
    "webhook_id",
    "status",
    "created_at",
    "latest_completed_at",
    "event_type",
    "attempts_count",
  ]);
  const [attempt] = listIn(await asking.get(`${list}/${row?.id}/attempts`), "attempts");
  expect(attempt).toMatchObject({
    invocation_id: row?.id,
    response_code: 401,
    response_body: expect.stringContaining("expired"),
    response_headers: { "Content-Type": "application/json" },
    duration_ms: expect.any(Number),
  });
  await asking.zendesk.close();
});

it("the mixed shape has rows of both kinds, the same on every run", async () => {
  const [one, other] = [await startAsking({ shape: "mixed" }), await startAsking({ shape: "mixed" })];
  const list = `/api/v2/webhooks/${one.webhookId("Jira sync")}/invocations`;
  const answer = await one.get(list);
  const rows = listIn(answer, "invocations");
  expect(rows.some((row) => "webhook_id" in row && !("status_code" in row))).toBe(true);
  expect(rows.some((row) => !("webhook_id" in row))).toBe(true);
  expect((await other.get(list)).text).toBe(answer.text);
  await Promise.all([one.zendesk.close(), other.zendesk.close()]);
});
