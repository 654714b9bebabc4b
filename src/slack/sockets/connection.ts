import { readMessage, type SocketMessage } from "./message.ts";
import type { Timers } from "./timers.ts";
import { openWire } from "./wire.ts";

/** Something that Slack hands to the app: a command, a press, an event. */
export interface Envelope {
  type: string;
  payload: Record<string, unknown>;
  retryNum?: number;
  retryReason?: string;
  /** Says to Slack, through the connection that the envelope came by, that we have it. Whether that could be sent. */
  acknowledge(payload: object): boolean;
}

export interface ConnectionEvents {
  onEnvelope(envelope: Envelope): void;
  /** Slack is going to close the connection; until then envelopes may come. */
  onDismissed(reason: string): void;
  onClosed(reason: unknown): void;
}

/** A connection over which Slack has said hello. */
export interface Connection {
  /** How long Slack means to keep it, in milliseconds, where it says so. */
  readonly lifeMs: number | undefined;
  /** Says goodbye and resolves when it is closed, within a second. */
  close(): Promise<void>;
}

/** Slack closed the door instead of saying hello; `reason` is its own word, such as `too_many_websockets`. */
export class DismissedError extends Error {
  override name = "DismissedError";
  readonly reason: string;

  constructor(reason: string) {
    super(`Slack sent the connection away: ${reason}.`);
    this.reason = reason;
  }
}

const HELLO_WITHIN_MS = 10_000;
const GOODBYE_WITHIN_MS = 1_000;
const PING_EVERY_MS = 2_000;
/** Slack goes on sending into a connection that is broken on the way, so a broken one must be found soon. */
const UNANSWERED_PINGS = 2;

/** Resolves when Slack has said hello. Throws `DismissedError`, and what broke the connection before that. */
export async function openConnection(url: string, events: ConnectionEvents, timers: Timers): Promise<Connection> {
  const opening = Promise.withResolvers<Connection>();
  const closed = Promise.withResolvers<void>();
  let state: "opening" | "open" | "closed" = "opening";
  let unansweredPings = 0;
  const wire = openWire(url, { onText: hear, onPong: heardFrom, onClosed: end });
  let cancelTimer = timers.after(HELLO_WITHIN_MS, () => fail(new Error("Slack did not say hello in time.")));

  function hear(text: string): void {
    heardFrom();
    const message = readMessage(text);
    if (message?.type === "hello") greet(message);
    else if (message?.type === "disconnect") dismiss(message.reason ?? "unknown");
    else if (message?.envelope_id !== undefined) receive(message.envelope_id, message);
  }

  function greet({ debug_info: info }: SocketMessage): void {
    if (state !== "opening") return;
    state = "open";
    cancelTimer();
    beat();
    const seconds = info?.approximate_connection_time;
    opening.resolve({ lifeMs: seconds === undefined ? undefined : seconds * 1000, close });
  }

  function dismiss(reason: string): void {
    if (state === "opening") fail(new DismissedError(reason));
    else events.onDismissed(reason);
  }

  function receive(id: string, { type, payload = {}, retry_attempt, retry_reason }: SocketMessage): void {
    events.onEnvelope({
      type,
      payload,
      retryNum: retry_attempt,
      retryReason: retry_reason,
      acknowledge: (answer) => wire.send(JSON.stringify({ envelope_id: id, payload: answer })),
    });
  }

  function heardFrom(): void {
    unansweredPings = 0;
  }

  /** A ping at a time. Counted, not timed: a process that stood still for a while must not take its connections for dead. */
  function beat(): void {
    if (unansweredPings >= UNANSWERED_PINGS || !wire.ping()) {
      wire.destroy();
      return;
    }
    unansweredPings += 1;
    cancelTimer = timers.after(PING_EVERY_MS, beat);
  }

  function fail(error: Error): void {
    opening.reject(error);
    wire.destroy();
  }

  function end(reason: unknown): void {
    cancelTimer();
    const wasOpen = state === "open";
    state = "closed";
    opening.reject(reason);
    closed.resolve();
    if (wasOpen) events.onClosed(reason);
  }

  async function close(): Promise<void> {
    if (state === "closed") return;
    cancelTimer();
    cancelTimer = timers.after(GOODBYE_WITHIN_MS, () => wire.destroy());
    wire.close();
    await closed.promise;
  }

  return opening.promise;
}
