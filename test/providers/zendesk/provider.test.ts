import { afterEach, describe, expect, it } from "vitest";
import { createLog } from "../../../src/ops/log.ts";
import { createZendeskProvider } from "../../../src/providers/zendesk/provider.ts";
import { all, failureOf, neverAborted } from "../clients.ts";
import { answerJson, type Handler, type Loopback, startLoopback } from "../loopback.ts";
import { virtualClock } from "../virtual-clock.ts";
import { withAccessToken, withApiToken } from "./settings.ts";
import { HOOK, idAt, lastHours, NOW_MS, rowsAt, type SmallZendesk, startSmallZendesk } from "./small-zendesk.ts";

const servers: Loopback[] = [];

async function answering(handle: Handler) {
  const server = await startLoopback(handle);
  servers.push(server);
  return { server, provider: createZendeskProvider(withAccessToken(server.url), { clock: virtualClock() }) };
}

async function reading(account: SmallZendesk) {
  const server = await startSmallZendesk(account);
  servers.push(server);
  return { server, provider: createZendeskProvider(withAccessToken(server.url), { clock: virtualClock() }) };
}

describe("Zendesk's provider", () => {
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  it("builds the next page's address itself, wherever links point", async () => {
    const { server, provider } = await reading({ rows: rowsAt(1, 2, 3), pageSize: 1 });
    await all(provider.listInvocations({ webhookId: HOOK, window: lastHours(1) }, neverAborted()));
    expect(server.requests).toHaveLength(3);
    expect(server.requests.every(({ url }) => url.startsWith(`/api/v2/webhooks/${HOOK}/invocations?`))).toBe(true);
  });

  it.each<[string, (index: number) => unknown, number]>([
    [
      "repeats a cursor",
      (index) => ({
        meta: { has_more: true, after_cursor: `c${index % 3}` },
        invocations: [{ id: idAt(NOW_MS, index) }],
      }),
      4,
    ],
    [
      "gives empty pages for ever",
      (index) => ({ meta: { has_more: true, after_cursor: `c${index}` }, invocations: [] }),
      4,
    ],
    ["has more and no cursor", () => ({ meta: { has_more: true }, invocations: [] }), 1],
    ["has no list", () => ({ invocations: null }), 1],
    ["is a list itself", () => [1, 2], 1],
    ["is null", () => null, 1],
  ])("refuses a listing that %s, naming the webhook", async (_name, answer, requests) => {
    const { server, provider } = await answering((_request, response, index) => answerJson(response, answer(index)));
    const error = await failureOf(
      all(provider.listInvocations({ webhookId: HOOK, window: lastHours(1) }, neverAborted())),
    );
    expect(error).toMatchObject({ kind: "unexpected_answer", webhookId: HOOK });
    expect(error.message).toContain(HOOK);
    expect(server.requests).toHaveLength(requests);
  });

  it("leaves out rows that cannot be read, and tells the log how many", async () => {
    const good = { id: idAt(NOW_MS, 1), status: "success" };
    const rows = [
      good,
      null,
      "text",
      { status: "success" },
      { id: "" },
      { id: "not-a-ulid", status: "failed" },
      { ...good, status: 7 },
    ];
    const server = await startLoopback((_request, response) => answerJson(response, { invocations: rows }));
    servers.push(server);
    const lines: string[] = [];
    const log = createLog({ level: "warn", destination: { write: (line) => lines.push(line) }, secrets: [] });
    const provider = createZendeskProvider(withAccessToken(server.url), { clock: virtualClock(), log });
    const pages = await all(provider.listInvocations({ webhookId: HOOK, window: lastHours(1) }, neverAborted()));
    expect(pages[0]?.invocations.map(({ status }) => status)).toEqual(["success", "unknown"]);
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ webhookId: HOOK, skippedRows: 5 }),
    ]);
  });

  it("knows the event type of a webhook with one subscription, once that was listed", async () => {
    const { provider } = await reading({ rows: rowsAt(1) });
    await all(provider.listWebhooks(neverAborted()));
    const [page] = await all(provider.listInvocations({ webhookId: HOOK, window: lastHours(1) }, neverAborted()));
    expect(page?.invocations[0]?.eventType).toBe("zen:event-type:user.deleted");
  });

  it("sends a test delivery once and makes an attempt of what came back", async () => {
    const { server, provider } = await answering((_request, response) =>
      answerJson(response, {
        response: { status_code: 404, headers: [{ key: "Set-Cookie", value: "sid=planted" }], payload: "gone" },
      }),
    );
    const attempt = await provider.sendTest?.(HOOK, neverAborted());
    expect(attempt).toMatchObject({
      status: "client error",
      outcome: "failed",
      statusCode: 404,
      response: { body: "gone" },
    });
    expect(JSON.stringify(attempt)).not.toContain("planted");
    expect(server.requests[0]).toMatchObject({
      method: "POST",
      url: `/api/v2/webhooks/test?webhook_id=${HOOK}`,
      body: '{"request":{}}',
    });
  });

  it.each(["..", ".", "a/../../b", "%2e%2e", "a?b#c", "\ud800"])(
    "never leaves its path for an id like %j",
    async (id) => {
      const { server, provider } = await answering((_request, response) => answerJson(response, {}, 404));
      await failureOf(provider.listAttempts({ provider: "zendesk", webhookId: id, id }, neverAborted()));
      expect(server.requests[0]?.url).toMatch(/^\/api\/v2\/webhooks\/[^/?]+\/invocations\/[^/?]+\/attempts$/);
    },
  );

  describe("checks itself and", () => {
    it("tells how it is let in and what the limit is", async () => {
      const { provider, server } = await reading({ rows: [] });
      const { ok, detail, rateLimit } = await provider.check(neverAborted());
      expect({ ok, detail }).toEqual({
        ok: true,
        detail: `Reads the webhooks of ${server.url} with an access token.`,
      });
      expect(rateLimit?.limitPerMinute).toBe(100);
      expect(server.requests.map(({ url }) => decodeURIComponent(url))).toEqual(["/api/v2/webhooks?page[size]=1"]);
    });

    it("warns of the end of API tokens", async () => {
      const server = await startSmallZendesk({ rows: [] });
      servers.push(server);
      const provider = createZendeskProvider(withApiToken(server.url), { clock: virtualClock() });
      const { warnings } = await provider.check(neverAborted());
      expect(warnings).toMatchObject([{ told: expect.stringContaining("30 April 2027") }]);
    });

    it.each([
      [401, "ZENDESK_ACCESS_TOKEN"],
      [403, "webhooks:read"],
      [404, "ZENDESK_BASE_URL"],
    ])("says how to mend a %i", async (status, advice) => {
      const { provider } = await answering((_request, response) => answerJson(response, { error: "No" }, status));
      const { ok, detail } = await provider.check(neverAborted());
      expect(ok).toBe(false);
      expect(detail).toContain(String(status));
      expect(detail).toContain(advice);
    });
  });
});
