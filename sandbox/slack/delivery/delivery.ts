/** What Slack hands to the app. */
export interface Delivery {
  type: "slash_commands" | "interactive" | "events_api";
  payload: Record<string, unknown>;
}

/** What became of it. */
export interface Receipt {
  /** From sending to acknowledgement, or to giving up. */
  ackMs: number;
  /** What the app said in its acknowledgement. */
  ackPayload?: unknown;
  /** What the person is told when nothing came of it. */
  error?: "operation_timeout" | "dispatch_failed";
}

/** The way to the app: a WebSocket or its request URL. */
export interface Receiver {
  deliver(delivery: Delivery): Promise<Receipt>;
}

/** https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response: 3 s of real time. */
export const ACK_WITHIN_MS = 3000;
