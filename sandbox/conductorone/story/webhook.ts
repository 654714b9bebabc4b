/** What a webhook is fired by. */
export type WebhookUse = "provisionStep" | "approvalStep" | "policyPostAction" | "workflowStep";

export interface StoryWebhook {
  id: string;
  name: string;
  description: string;
  url: string;
  use: WebhookUse;
  /** Its receiver answers 202 and calls back later. */
  callsBack: boolean;
  callbackTimeoutMs: number;
  createdAtMs: number;
  traffic: Traffic[];
  incidents: Incident[];
}

/** A series of requests. */
export interface Traffic {
  /** Unique within the webhook. */
  key: string;
  fromMs: number;
  /** Exclusive. Absent when it goes on for ever. */
  toMs?: number;
  /** On average; 0 when all come at `fromMs`. */
  everyMs: number;
  /** At most so many. */
  count?: number;
  /** Which instants these are. What is `made` then is approved at once, and fires its webhook within a minute. */
  instants: "made" | "fired";
  /** The name of what they all fail for; absent when the webhook's incidents decide. */
  cause?: string;
}

/** While it lasts, the share of the webhook's requests that fail, and why. */
export interface Incident {
  cause: string;
  fromMs: number;
  /** Exclusive. Absent while it goes on. */
  toMs?: number;
  share: number;
}
