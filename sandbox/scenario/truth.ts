import type { Truth, WebhookTruth } from "../provider/truth.ts";
import { RETENTION_MS } from "./retention.ts";
import type { Timeline } from "./timeline.ts";

const PENDING_STATUSES = new Set(["throttled", "accepted", "unknown"]);
const PENDING_FOR_MS = 15 * 60_000;

/**
 * Read from the scenario itself, not from what is served: the latest outcome of each delivery as of `now` decides, and it belongs
 * to the window (`from` inclusive, `to` exclusive) by the second in which it completed. What Zendesk no longer keeps is not counted.
 */
export function truthOf(timeline: Timeline, window: { from: Date; to: Date }, now: Date): Truth {
  const truth: Truth = { webhooks: new Map(), totals: { failed: 0, pending: 0, succeeded: 0 } };
  for (const { id } of timeline.webhooks) {
    const found = truthOfWebhook(timeline, id, window, now.getTime());
    truth.webhooks.set(id, found);
    truth.totals.failed += found.failed.length;
    truth.totals.pending += found.pending.length;
    truth.totals.succeeded += found.succeeded.length;
  }
  return truth;
}

function truthOfWebhook(
  timeline: Timeline,
  webhookId: string,
  window: { from: Date; to: Date },
  nowMs: number,
): WebhookTruth {
  const truth: WebhookTruth = { failed: [], pending: [], succeeded: [], failedByCause: new Map() };
  const oldestMs = nowMs - RETENTION_MS;
  for (const delivery of timeline.deliveries(webhookId, oldestMs, nowMs + 1)) {
    const latest = delivery.outcomes.findLast(
      ({ completedAtMs }) => completedAtMs >= oldestMs && completedAtMs <= nowMs,
    );
    if (!latest) continue;
    const shownMs = Math.floor(latest.completedAtMs / 1000) * 1000;
    if (shownMs < window.from.getTime() || shownMs >= window.to.getTime()) continue;
    if (latest.status === "success") {
      truth.succeeded.push(delivery.id);
    } else if (PENDING_STATUSES.has(latest.status) && nowMs - shownMs < PENDING_FOR_MS) {
      truth.pending.push(delivery.id);
    } else {
      truth.failed.push(delivery.id);
      const alike = truth.failedByCause.get(delivery.cause.name) ?? [];
      alike.push(delivery.id);
      truth.failedByCause.set(delivery.cause.name, alike);
    }
  }
  truth.failed.sort();
  truth.pending.sort();
  truth.succeeded.sort();
  return truth;
}
