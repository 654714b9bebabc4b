import { makeScenario } from "../../../sandbox/scenario/make-scenario.ts";
import { createTimeline, type Timeline } from "../../../sandbox/scenario/timeline.ts";
import { SANDBOX_CREDENTIALS } from "../../../sandbox/zendesk/access.ts";
import type { Shape } from "../../../sandbox/zendesk/shapes.ts";
import { startZendesk } from "../../../sandbox/zendesk/start.ts";
import { createZendeskProvider } from "../../../src/providers/zendesk/provider.ts";
import { type Window, windowOf } from "../../../src/triage/window.ts";
import { describeProvider, type ProviderAccount } from "../contract.ts";
import { virtualClock } from "../virtual-clock.ts";
import { withAccessToken } from "./settings.ts";
import { HOOK, idAt, type SmallRow, type SmallZendesk, startSmallZendesk, zendeskTime } from "./small-zendesk.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const FAILED = ["terminated", "client error", "circuit broken", "a word of next year"];
const SECRETS = [
  "hunter2secret",
  "planted-endpoint-key",
  "planted-signature",
  "planted-bearer",
  "eve@customer.example",
];

async function openAccount(options: Omit<SmallZendesk, "rows">): Promise<ProviderAccount> {
  const clock = virtualClock();
  const nowMs = clock.now().getTime();
  const window = windowOf(nowMs - 10 * HOUR, nowMs);
  const rows = rowsUpTo(nowMs);
  const failed = rows.filter(({ status, atMs }) => FAILED.includes(status) && atMs >= window.from.getTime());
  const retriedId = idAt(nowMs - HOUR, 7777);
  const attempts = { [retriedId]: options.shape === "documented" ? documentedAttempts(nowMs) : wireAttempts(nowMs) };
  const server = await startSmallZendesk({ ...options, rows, attempts });
  return {
    provider: createZendeskProvider(withAccessToken(server.url), { clock }),
    clock,
    window,
    webhookId: HOOK,
    failedIds: [...new Set(failed.map(({ id }) => id))],
    retriedId,
    secrets: SECRETS,
    close: () => server.close(),
  };
}

/** A row every two minutes for 20 hours. Every fifth failure was held back first, so its id occurs twice. */
function rowsUpTo(nowMs: number): SmallRow[] {
  return Array.from({ length: 600 }, (_, index): SmallRow[] => {
    const atMs = nowMs - (index + 1) * 2 * MINUTE;
    const id = idAt(atMs - 200, index);
    const status = index % 3 === 0 ? (FAILED[(index / 3) % FAILED.length] ?? "") : "success";
    const held = index % 15 === 0 ? [{ id, status: "throttled", atMs: atMs - 1000 }] : [];
    return [{ id, status, statusCode: status === "success" ? 200 : 403, atMs }, ...held];
  }).flat();
}

function wireAttempts(nowMs: number): unknown[] {
  const request = {
    headers: [{ key: "X-Zendesk-Webhook-Signature", value: "planted-signature" }],
    payload: '{"requester":"eve@customer.example"}',
  };
  const response = { headers: [{ key: "WWW-Authenticate", value: "Bearer planted-bearer" }], payload: "no" };
  return [
    { id: HOOK, status: "terminated", status_code: 403, request, response, completed_at: zendeskTime(nowMs - HOUR) },
    { id: HOOK, status: "throttled", completed_at: zendeskTime(nowMs - HOUR - MINUTE) },
  ];
}

function documentedAttempts(nowMs: number): unknown[] {
  const answered = {
    response_code: 403,
    response_body: "mail eve@customer.example",
    response_headers: { "Set-Cookie": "a=planted-bearer" },
  };
  return [
    { id: "1", status: "client error", ...answered, created_at: zendeskTime(nowMs - HOUR), duration_ms: 120 },
    {
      id: "2",
      status: "timeout",
      error_message: "Authorization: Bearer planted-signature",
      created_at: zendeskTime(nowMs - 2 * HOUR),
    },
  ];
}

/** The sandbox: 40 webhooks and 1,500 failures, looked at by way of its busiest webhook that has retries. */
async function openSandbox(shape: Shape): Promise<ProviderAccount> {
  const clock = virtualClock();
  const { now } = clock;
  const window = windowOf(now().getTime() - 6 * 24 * HOUR, now().getTime());
  const scenario = makeScenario({ seed: 7, now: now(), size: "triage" });
  const { webhookId, retriedId } = busiestWithRetries(createTimeline(scenario), window);
  const sandbox = await startZendesk({ scenario, now, shape, rateLimitPerMinute: Number.POSITIVE_INFINITY });
  const { accessToken } = SANDBOX_CREDENTIALS;
  const credentials = { kind: "access_token", token: accessToken } as const;
  return {
    provider: createZendeskProvider({ baseUrl: sandbox.url, credentials }, { clock }),
    clock,
    window,
    webhookId,
    failedIds: sandbox.truth(window).webhooks.get(webhookId)?.failed ?? [],
    retriedId,
    secrets: [accessToken],
    close: () => sandbox.close(),
  };
}

function busiestWithRetries(timeline: Timeline, { from, to }: Window): { webhookId: string; retriedId: string } {
  const candidates = timeline.webhooks.flatMap(({ id: webhookId }) => {
    const deliveries = [...timeline.deliveries(webhookId, from.getTime(), to.getTime())];
    const retried = deliveries.find(
      ({ outcomes }) => outcomes.filter(({ completedAtMs }) => completedAtMs < to.getTime()).length > 1,
    );
    return retried ? [{ webhookId, retriedId: retried.id, count: deliveries.length }] : [];
  });
  const [busiest] = candidates.sort((a, b) => b.count - a.count);
  if (!busiest) throw new Error("the scenario has no retried delivery");
  return busiest;
}

describeProvider("Zendesk as recorded", () => openAccount({ shape: "wire" }));
describeProvider("Zendesk as documented", () => openAccount({ shape: "documented" }));
describeProvider("a Zendesk that ignores filters and cuts small pages", () =>
  openAccount({ ignoresFilters: true, pageSize: 30 }),
);
describeProvider("the sandbox's Zendesk, as recorded", () => openSandbox("wire"));
describeProvider("the sandbox's Zendesk, in all shapes", () => openSandbox("mixed"));
