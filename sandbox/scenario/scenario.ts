/** What happens at a provider's account, as plain data. The same arguments make the same scenario. */
export interface Scenario {
  seed: number;
  size: ScenarioSize;
  /** The instant the scenario was made for; it goes on after it. */
  madeAt: Date;
  account: { id: string; subdomain: string };
  webhooks: ScenarioWebhook[];
}

/**
 * `demo`: 12 webhooks, about 60 failures in 7 days, some of them now. `triage`: 40 webhooks, 1,500 failures of 30 causes.
 * `quiet`: 400 webhooks, few with traffic. `flood`: one webhook with many invocations. `storm`: 20,000 failures in ten minutes.
 */
export const SCENARIO_SIZES = ["demo", "triage", "quiet", "flood", "storm"] as const;
export type ScenarioSize = (typeof SCENARIO_SIZES)[number];

export interface ScenarioWebhook {
  /** A ULID whose time is the creation. */
  id: string;
  name: string;
  description?: string;
  active: boolean;
  endpoint: string;
  httpMethod: "POST" | "PUT" | "PATCH";
  subscriptions: string[];
  authentication?: "basic_auth" | "bearer_token" | "api_key";
  createdAt: Date;
  updatedAt: Date;
  traffic: Traffic;
  incidents: Incident[];
}

/** Deliveries that go well. */
export interface Traffic {
  /** At full strength of the rhythm. 0 for none. */
  perDay: number;
  rhythm: "steady" | "office-hours" | "nightly";
  /** The share that Zendesk holds back at first and delivers some minutes later. */
  throttledShare: number;
  /** No deliveries from here on; absent when it goes on. */
  until?: Date;
}

/** Deliveries of one webhook that go wrong for one cause. */
export interface Incident {
  /** Unique within the webhook. */
  key: string;
  /** A name out of `CAUSES`. Absent for deliveries that go well. */
  cause?: string;
  start: Date;
  /** Exclusive. Absent while it goes on. */
  end?: Date;
  /** Time between two deliveries, on average. 0 when all come at `start`. */
  everyMs: number;
  /** At most so many deliveries. Absent when only `end` limits them. */
  count?: number;
  /** The share of the webhook's other deliveries that it takes away while it lasts. */
  share: number;
}
