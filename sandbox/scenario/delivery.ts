import { fractionOf, mix, randomFrom, seedOf } from "../provider/random.ts";
import { type CourseStep, type ScenarioCause, SUCCESS, SUCCESS_AFTER_THROTTLING } from "./causes/cause.ts";
import { causeNamed } from "./causes/index.ts";
import { indexIn, timeOfUlid, ulidOf } from "./ids.ts";
import type { Incident, Scenario, ScenarioWebhook, Traffic } from "./scenario.ts";

const DAY_MS = 86_400_000;
/** Zendesk keeps seven days; traffic starts a day before that, so that the oldest day is whole. */
const TRAFFIC_DAYS = 8;

/** The delivery of one event, with everything that Zendesk will ever record of it. */
export interface Delivery {
  /** A ULID whose time is the creation. */
  id: string;
  webhookId: string;
  createdAtMs: number;
  eventType: string;
  /** In time order. */
  outcomes: DeliveryOutcome[];
  /** Its name is the ground truth. */
  cause: ScenarioCause;
  seed: number;
}

export interface DeliveryOutcome extends CourseStep {
  completedAtMs: number;
}

/** A series of deliveries where each one can be had by its index, without those before it. */
export interface Stream {
  seed: number;
  startMs: number;
  /** Exclusive. */
  endMs: number;
  everyMs: number;
  count: number;
  /** The longest time from a delivery's creation to its last outcome. */
  spanMs: number;
  causeOf(seed: number): ScenarioCause;
  /** Whether the delivery happens at all. */
  happens(atMs: number, seed: number): boolean;
}

/** What one webhook sends: its everyday traffic and each of its incidents. */
export function streamsOf(scenario: Scenario, webhook: ScenarioWebhook): Stream[] {
  const incidents = webhook.incidents.map((incident) => incidentStream(scenario, webhook, incident));
  if (webhook.traffic.perDay <= 0) return incidents;
  return [trafficStream(scenario, webhook), ...incidents];
}

/** The deliveries created from `fromMs` (inclusive) to `toMs` (exclusive), oldest first. */
export function* deliveriesOf(
  webhook: ScenarioWebhook,
  stream: Stream,
  fromMs: number,
  toMs: number,
): Generator<Delivery> {
  const [first, last] = indexRange(stream, fromMs, toMs);
  for (let index = first; index <= last; index++) {
    const createdAtMs = arrivalOf(stream, index);
    if (createdAtMs < fromMs || createdAtMs >= Math.min(toMs, stream.endMs)) continue;
    const delivery = deliveryAt(webhook, stream, index);
    if (delivery) yield delivery;
  }
}

/** The delivery with this id, if it comes from this stream. */
export function findDelivery(webhook: ScenarioWebhook, stream: Stream, id: string): Delivery | undefined {
  const index = indexIn(stream.seed, id);
  if (index === undefined || index >= stream.count) return undefined;
  if (arrivalOf(stream, index) !== timeOfUlid(id)) return undefined;
  const delivery = deliveryAt(webhook, stream, index);
  return delivery?.id === id ? delivery : undefined;
}

function trafficStream(scenario: Scenario, webhook: ScenarioWebhook): Stream {
  const { traffic, incidents } = webhook;
  return {
    seed: seedOf(scenario.seed, webhook.id, "traffic"),
    startMs: scenario.madeAt.getTime() - TRAFFIC_DAYS * DAY_MS,
    endMs: traffic.until?.getTime() ?? Number.POSITIVE_INFINITY,
    everyMs: DAY_MS / traffic.perDay,
    count: Number.POSITIVE_INFINITY,
    spanMs: traffic.throttledShare > 0 ? spanOf(SUCCESS_AFTER_THROTTLING) : spanOf(SUCCESS),
    causeOf: (seed) => (fractionOf(mix(seed, 2)) < traffic.throttledShare ? SUCCESS_AFTER_THROTTLING : SUCCESS),
    happens: (atMs, seed) =>
      fractionOf(mix(seed, 3)) < strengthAt(traffic, atMs) && fractionOf(mix(seed, 4)) >= takenAwayAt(incidents, atMs),
  };
}

function incidentStream(scenario: Scenario, webhook: ScenarioWebhook, incident: Incident): Stream {
  if (incident.everyMs === 0 && incident.count === undefined) {
    throw new RangeError(`incident ${incident.key} would never end: give it a count or a time between deliveries`);
  }
  const cause = incident.cause === undefined ? SUCCESS : causeNamed(incident.cause);
  return {
    seed: seedOf(scenario.seed, webhook.id, incident.key),
    startMs: incident.start.getTime(),
    endMs: incident.end?.getTime() ?? Number.POSITIVE_INFINITY,
    everyMs: incident.everyMs,
    count: incident.count ?? Number.POSITIVE_INFINITY,
    spanMs: spanOf(cause),
    causeOf: () => cause,
    happens: () => true,
  };
}

function deliveryAt(webhook: ScenarioWebhook, stream: Stream, index: number): Delivery | undefined {
  const createdAtMs = arrivalOf(stream, index);
  if (createdAtMs >= stream.endMs) return undefined;
  const seed = mix(stream.seed, index);
  if (!stream.happens(createdAtMs, seed)) return undefined;
  const cause = stream.causeOf(seed);
  const random = randomFrom(seed);
  let completedAtMs = createdAtMs;
  const outcomes = cause.course.map((step): DeliveryOutcome => {
    completedAtMs += random.int(step.afterMs[0], step.afterMs[1]);
    return { ...step, completedAtMs };
  });
  const eventType = random.pick(webhook.subscriptions);
  return {
    id: ulidOf(stream.seed, index, createdAtMs),
    webhookId: webhook.id,
    createdAtMs,
    eventType,
    outcomes,
    cause,
    seed,
  };
}

function arrivalOf(stream: Stream, index: number): number {
  const jitter = index === 0 ? 0 : fractionOf(mix(stream.seed ^ 0x5bd1e995, index));
  return Math.floor(stream.startMs + (index + jitter) * stream.everyMs);
}

/** The first and the last index that can arrive in the range; a few of them may lie just outside. */
function indexRange(stream: Stream, fromMs: number, toMs: number): [first: number, last: number] {
  if (toMs <= stream.startMs || fromMs >= stream.endMs) return [0, -1];
  if (stream.everyMs === 0) return [0, stream.count - 1];
  const first = Math.floor((fromMs - stream.startMs) / stream.everyMs) - 1;
  const last = Math.ceil((Math.min(toMs, stream.endMs) - stream.startMs) / stream.everyMs);
  return [Math.max(0, first), Math.min(stream.count - 1, last)];
}

function spanOf(cause: ScenarioCause): number {
  let spanMs = 0;
  for (const step of cause.course) spanMs += step.afterMs[1];
  return spanMs;
}

function strengthAt(traffic: Traffic, atMs: number): number {
  const hour = Math.floor(atMs / 3_600_000) % 24;
  const weekday = new Date(atMs).getUTCDay();
  switch (traffic.rhythm) {
    case "steady":
      return 1;
    case "office-hours":
      return weekday >= 1 && weekday <= 5 && hour >= 7 && hour < 18 ? 1 : 0.08;
    case "nightly":
      return hour >= 1 && hour < 4 ? 1 : 0.02;
    default:
      return traffic.rhythm satisfies never;
  }
}

function takenAwayAt(incidents: readonly Incident[], atMs: number): number {
  let share = 0;
  for (const incident of incidents) {
    const endMs = incident.end?.getTime() ?? Number.POSITIVE_INFINITY;
    if (incident.start.getTime() <= atMs && atMs < endMs) share = Math.max(share, incident.share);
  }
  return share;
}
