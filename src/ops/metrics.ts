import { Counter, collectDefaultMetrics, Histogram, Registry } from "prom-client";

export interface Metrics {
  registry: Registry;
  /** HTTP requests to providers, retries included. `outcome`: `ok`, or the kind of the error. */
  providerRequests: Counter<"provider" | "outcome">;
  providerRequestSeconds: Histogram<"provider">;
  /** Calls of Slack's Web API. `outcome`: `ok`, or Slack's error. */
  slackCalls: Counter<"method" | "outcome">;
  questions: Counter<"subcommand" | "outcome">;
  /** From a command or a press to its acknowledgement. `kind`: `command`, `action`. */
  ackSeconds: Histogram<"kind">;
  /** From a command to its answer. */
  answerSeconds: Histogram<"subcommand">;
}

/** Slack gives up on an acknowledgement after 3 s. https://docs.slack.dev/interactivity/handling-user-interaction */
const ACK_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3];
const ANSWER_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 1.5, 3, 5, 10, 25, 60];
const REQUEST_BUCKETS = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** The process's figures, in a registry of their own. https://prometheus.io/docs/practices/naming/ */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    providerRequests: new Counter({
      name: "hooktriage_provider_requests_total",
      help: "HTTP requests to providers, retries included.",
      labelNames: ["provider", "outcome"],
      registers,
    }),
    providerRequestSeconds: new Histogram({
      name: "hooktriage_provider_request_seconds",
      help: "How long providers take to answer a request.",
      labelNames: ["provider"],
      buckets: REQUEST_BUCKETS,
      registers,
    }),
    slackCalls: new Counter({
      name: "hooktriage_slack_calls_total",
      help: "Calls of Slack's Web API.",
      labelNames: ["method", "outcome"],
      registers,
    }),
    questions: new Counter({
      name: "hooktriage_questions_total",
      help: "Questions asked in Slack.",
      labelNames: ["subcommand", "outcome"],
      registers,
    }),
    ackSeconds: new Histogram({
      name: "hooktriage_ack_seconds",
      help: "From a command or a press to its acknowledgement.",
      labelNames: ["kind"],
      buckets: ACK_BUCKETS,
      registers,
    }),
    answerSeconds: new Histogram({
      name: "hooktriage_answer_seconds",
      help: "From a command to its answer.",
      labelNames: ["subcommand"],
      buckets: ANSWER_BUCKETS,
      registers,
    }),
  };
}
