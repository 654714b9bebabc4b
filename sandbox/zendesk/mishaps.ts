import { SUCCESS } from "../scenario/causes/cause.ts";
import { causeNamed } from "../scenario/causes/index.ts";
import type { Incident } from "../scenario/scenario.ts";
import type { Timeline } from "../scenario/timeline.ts";

/** Things that go wrong, or right again, with a webhook's receiver while the sandbox runs. All throw RangeError for unknown names. */
export interface Mishaps {
  /** Three failures now, and more until `healEndpoint`. */
  breakEndpoint(webhookId: string, cause: string): void;
  /** Ends everything that goes on, the scenario's own incidents too, and delivers one event well. */
  healEndpoint(webhookId: string): void;
  /** `count` failures at once, now. */
  startStorm(webhookId: string, cause: string, count: number): void;
  /** Zendesk stops sending: "circuit broken" rows until `healEndpoint`. */
  tripCircuit(webhookId: string): void;
}

const AT_ONCE_WHEN_BROKEN = 3;
const AT_ONCE_WHEN_TRIPPED = 20;
const SLOWEST_EVERY_MS = 20_000;
const SLOWEST_SUCCESS_MS = Math.max(...SUCCESS.course.map(({ afterMs }) => afterMs[1]));

export function createMishaps(timeline: Timeline, now: () => Date): Mishaps {
  let happened = 0;

  function addIncident(webhookId: string, incident: Omit<Incident, "key">): void {
    happened += 1;
    timeline.addIncident(webhookId, { key: `live ${happened}`, ...incident });
  }

  /** Starts early enough for the first outcome of each delivery to be there now. */
  function failNow(webhookId: string, cause: string, count: number): void {
    const firstOutcomeMs = causeNamed(cause).course[0]?.afterMs[1] ?? 0;
    const start = new Date(now().getTime() - firstOutcomeMs);
    addIncident(webhookId, { cause, start, everyMs: 0, count, share: 0 });
  }

  function failFromNow(webhookId: string, cause: string): void {
    const everyMs = Math.min(SLOWEST_EVERY_MS, timeline.busiestEveryMs(webhookId));
    addIncident(webhookId, { cause, start: now(), everyMs, share: 1 });
  }

  return {
    breakEndpoint(webhookId, cause) {
      failNow(webhookId, cause, AT_ONCE_WHEN_BROKEN);
      failFromNow(webhookId, cause);
    },
    healEndpoint(webhookId) {
      timeline.endIncidents(webhookId, now());
      const start = new Date(now().getTime() - SLOWEST_SUCCESS_MS);
      addIncident(webhookId, { start, everyMs: 0, count: 1, share: 0 });
    },
    startStorm(webhookId, cause, count) {
      failNow(webhookId, cause, count);
    },
    tripCircuit(webhookId) {
      failNow(webhookId, "circuit-broken", AT_ONCE_WHEN_TRIPPED);
      failFromNow(webhookId, "circuit-broken");
    },
  };
}
