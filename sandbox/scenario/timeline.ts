import { type Delivery, type DeliveryOutcome, deliveriesOf, findDelivery, type Stream, streamsOf } from "./delivery.ts";
import type { Incident, Scenario, ScenarioWebhook } from "./scenario.ts";

/** What happens in a scenario, made on demand: nothing of it is kept. */
export interface Timeline {
  readonly scenario: Scenario;
  /** Grows whenever an incident is added or ended. */
  readonly version: number;
  readonly webhooks: readonly Readonly<ScenarioWebhook>[];
  webhook(id: string): Readonly<ScenarioWebhook> | undefined;
  /** Deliveries with an outcome that completes from `fromMs` (inclusive) to `toMs` (exclusive). Times may lie ahead. */
  deliveries(webhookId: string, fromMs: number, toMs: number): Generator<Delivery>;
  /** The outcomes that complete in the range, in no order. */
  happenings(webhookId: string, fromMs: number, toMs: number): Generator<Happening>;
  find(webhookId: string, invocationId: string): Delivery | undefined;
  /** The shortest average time between two deliveries of the webhook. */
  busiestEveryMs(webhookId: string): number;
  addIncident(webhookId: string, incident: Incident): void;
  /** Ends what goes on at `at`; returns how many incidents that were. */
  endIncidents(webhookId: string, at: Date): number;
}

/** One outcome of one delivery: what a row of Zendesk's activity list tells. */
export interface Happening {
  delivery: Delivery;
  outcome: DeliveryOutcome;
  /** Position of the outcome in the delivery, 0 is the oldest. */
  step: number;
}

interface Part {
  webhook: ScenarioWebhook;
  streams: Stream[];
}

/** @param scenario is left as it is; incidents are added to the timeline's own copy. */
export function createTimeline(scenario: Scenario): Timeline {
  const parts = new Map<string, Part>();
  for (const given of scenario.webhooks) {
    const webhook = { ...given, incidents: given.incidents.map((incident) => ({ ...incident })) };
    parts.set(webhook.id, { webhook, streams: streamsOf(scenario, webhook) });
  }
  let version = 0;

  function partOf(webhookId: string): Part {
    const part = parts.get(webhookId);
    if (!part) throw new RangeError(`the scenario has no webhook ${webhookId}`);
    return part;
  }

  function changed(part: Part): void {
    part.streams = streamsOf(scenario, part.webhook);
    version += 1;
  }

  return {
    scenario,
    get version() {
      return version;
    },
    webhooks: [...parts.values()].map(({ webhook }) => webhook),
    webhook: (id) => parts.get(id)?.webhook,

    *deliveries(webhookId, fromMs, toMs) {
      const { webhook, streams } = partOf(webhookId);
      for (const stream of streams) {
        for (const delivery of deliveriesOf(webhook, stream, fromMs - stream.spanMs, toMs)) {
          if (delivery.outcomes.some((outcome) => isIn(outcome, fromMs, toMs))) yield delivery;
        }
      }
    },

    *happenings(webhookId, fromMs, toMs) {
      for (const delivery of this.deliveries(webhookId, fromMs, toMs)) {
        for (const [step, outcome] of delivery.outcomes.entries()) {
          if (isIn(outcome, fromMs, toMs)) yield { delivery, outcome, step };
        }
      }
    },

    find(webhookId, invocationId) {
      const part = parts.get(webhookId);
      for (const stream of part?.streams ?? []) {
        const delivery = part && findDelivery(part.webhook, stream, invocationId);
        if (delivery) return delivery;
      }
      return undefined;
    },

    busiestEveryMs(webhookId) {
      return Math.min(...partOf(webhookId).streams.map((stream) => stream.everyMs || Number.POSITIVE_INFINITY));
    },

    addIncident(webhookId, incident) {
      const part = partOf(webhookId);
      part.webhook.incidents.push({ ...incident });
      changed(part);
    },

    endIncidents(webhookId, at) {
      const part = partOf(webhookId);
      const going = part.webhook.incidents.filter(({ start, end }) => start <= at && (end === undefined || end > at));
      for (const incident of going) incident.end = at;
      if (going.length > 0) changed(part);
      return going.length;
    },
  };
}

function isIn(outcome: DeliveryOutcome, fromMs: number, toMs: number): boolean {
  return fromMs <= outcome.completedAtMs && outcome.completedAtMs < toMs;
}
