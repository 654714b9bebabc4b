import type { CauseCategory } from "../../../src/triage/cause.ts";

/** Why deliveries fail, as the scenario knows it: the ground truth. Its name is never served to the bot. */
export interface ScenarioCause {
  name: string;
  category: CauseCategory;
  /** What Zendesk records, in time order: one step an attempt. The last one decides. */
  course: readonly CourseStep[];
  /** What the receiver answers in the steps that are answered. */
  response?: ResponseTemplate;
  /** What went wrong where nothing answered. */
  errorMessage?: string;
}

export interface CourseStep {
  /** Zendesk's own word. */
  status: string;
  /** Absent when no HTTP answer existed. */
  statusCode?: number;
  /** Time since the step before (or since the creation), least and most. */
  afterMs: readonly [number, number];
  /** Whether a request went out. */
  sent: boolean;
  /** Whether a receiver answered it. */
  answered: boolean;
}

export interface ResponseTemplate {
  headers: readonly (readonly [name: string, template: string])[];
  body: string;
}

/** What a receiver answers when all is well. */
export const SUCCESS: ScenarioCause = {
  name: "success",
  category: "unknown",
  course: [answered("success", 200)],
  response: json(`{"ok":true,"id":"{{uuid}}"}`, [["X-Request-Id", "{{uuid}}"]]),
};

/** All is well, after Zendesk itself had held the delivery back. */
export const SUCCESS_AFTER_THROTTLING: ScenarioCause = {
  ...SUCCESS,
  name: "success-after-throttling",
  course: [throttled(), later(answered("success", 200))],
};

/** One try, answered and final. */
export function answered(status: string, statusCode: number): CourseStep {
  return { status, statusCode, afterMs: [150, 2_600], sent: true, answered: true };
}

/** Zendesk held it back; nothing was sent. */
export function throttled(): CourseStep {
  return { status: "throttled", afterMs: [120, 190], sent: false, answered: false };
}

/** The breaker was open; nothing was sent. */
export function broken(): CourseStep {
  return { status: "circuit broken", afterMs: [120, 400], sent: false, answered: false };
}

/** Sent, but nothing answered in Zendesk's 12 seconds. */
export function timedOut(statusCode?: number): CourseStep {
  const step: CourseStep = { status: "timeout", afterMs: [12_000, 12_300], sent: true, answered: false };
  return statusCode === undefined ? step : { ...step, statusCode };
}

/** Sent in vain: no connection came about. */
export function unconnected(): CourseStep {
  return { status: "failed", afterMs: [20, 900], sent: true, answered: false };
}

/** The same step, as much later as recorded deliveries were tried again after being throttled: 1 to 490 seconds. */
export function later(step: CourseStep): CourseStep {
  return { ...step, afterMs: [1_000, 490_000] };
}

/** The same step after a pause between tries. */
export function paused(step: CourseStep, seconds: number): CourseStep {
  return { ...step, afterMs: [seconds * 1000 + step.afterMs[0], seconds * 1000 + step.afterMs[1]] };
}

export function json(
  body: string,
  headers: ResponseTemplate["headers"] = [],
  type = "application/json",
): ResponseTemplate {
  return { headers: [["Date", "{{httpDate}}"], ["Content-Type", type], ...headers], body };
}

export function html(
  body: string,
  headers: ResponseTemplate["headers"] = [],
  type = "text/html; charset=utf-8",
): ResponseTemplate {
  return json(body, headers, type);
}

export function text(body: string, headers: ResponseTemplate["headers"] = []): ResponseTemplate {
  return json(body, headers, "text/plain; charset=utf-8");
}
