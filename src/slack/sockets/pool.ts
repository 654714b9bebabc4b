import { WebAPIRateLimitedError } from "@slack/web-api";
import type { Log } from "../../ops/log.ts";
import { isUncertain, slackErrorOf } from "../call.ts";
import { createBackOff } from "./back-off.ts";
import { type Connection, DismissedError, type Envelope, openConnection } from "./connection.ts";
import type { Timers } from "./timers.ts";

export interface PoolParts {
  /** A URL that a connection may be opened with once. Throws what Slack answers. */
  nextUrl(): Promise<string>;
  onEnvelope(envelope: Envelope): void;
  log: Log;
  now: () => Date;
  timers: Timers;
  random?: () => number;
}

/** Whether Slack can reach us. */
export interface SlackConnection {
  /** Connections that stand at this moment. */
  live: number;
  /** As many as there should be. 0: Slack calls us, there are none. */
  wanted: number;
  /** Since when Slack reaches us without a break, or, with none live, since when it does not. */
  since?: Date;
}

export interface Pool {
  /** Resolves when the first connection stands; others follow. Throws what Slack answers, or `NoConnectionError`. */
  start(): Promise<void>;
  stop(): Promise<void>;
  connection(): SlackConnection;
}

interface Member {
  connection: Connection;
  bornMs: number;
  /** Slack is going to close it. */
  isDismissed: boolean;
  cancelClose(): void;
}

/** One that breaks leaves the other. Slack allows ten, and three replicas want their share. */
const WANTED = 2;
/** Slack closes what it dismissed within seconds; what it forgot is not kept. */
const DISMISSED_FOR_MS = 60_000;
/** Where the app is refused, only a person can mend it. */
const NO_HOPE_MS = 60_000;

/** Milliseconds. */
const FAREWELL_MS = 1_000;

const MENDS = new Map([
  ["link_disabled", "Socket Mode was turned off. Turn it on again on the app's page Socket Mode at api.slack.com/apps"],
  ["too_many_websockets", "Slack allows ten Socket Mode connections to an app: end other processes that use this app"],
]);

/** Slack answers, but no connection to it can be had. */
export class NoConnectionError extends Error {
  override readonly name = "NoConnectionError";

  constructor(cause: unknown) {
    const dismissal = cause instanceof DismissedError ? MENDS.get(cause.reason) : undefined;
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(
      dismissal === undefined
        ? `Slack answers, but no WebSocket to it can be opened: ${reason.replace(/\.?$/, ".")} See that nothing on the way, such as a proxy, keeps out wss: addresses of slack.com; then start again.`
        : `${dismissal}; then start again.`,
      { cause },
    );
  }
}

/**
 * Keeps connections to Slack, and makes before it breaks: on word that one will be closed another is opened first, and the old
 * one is heard until Slack closes it. Commands and clicks are sent once, and lost where nobody listens.
 * https://docs.slack.dev/apis/events-api/using-socket-mode
 */
export function createPool({ nextUrl, onEnvelope, log, now, timers, random }: PoolParts): Pool {
  const members = new Set<Member>();
  const backOff = createBackOff(timers, random);
  let goal = WANTED;
  let since: Date | undefined;
  let isStopped = false;
  let filling: Promise<void> | undefined;
  let wake = () => {};
  let cancelStagger = () => {};

  function lasting(): Member[] {
    return [...members].filter(({ isDismissed }) => !isDismissed);
  }

  async function open(): Promise<void> {
    backOff.opening();
    let member: Member | undefined;
    let dismissal: string | undefined;
    let isGone = false;
    const connection = await openConnection(
      await nextUrl(),
      {
        onEnvelope,
        onDismissed(reason) {
          dismissal = reason;
          if (member) dismiss(member, reason);
        },
        onClosed(reason) {
          isGone = true;
          if (member) remove(member, reason);
        },
      },
      timers,
    );
    if (isStopped) return connection.close();
    if (isGone) throw new Error("The connection was closed right after Slack's hello.");
    member = { connection, bornMs: timers.nowMs(), isDismissed: false, cancelClose: () => {} };
    if (members.size === 0) since = now();
    members.add(member);
    log.info({ live: members.size }, "a connection to Slack stands");
    backOff.succeeded();
    if (dismissal !== undefined) dismiss(member, dismissal);
    stagger();
  }

  function dismiss(member: Member, reason: string): void {
    if (member.isDismissed) return;
    member.isDismissed = true;
    const mend = MENDS.get(reason);
    if (mend === undefined) log.info({ reason }, "Slack renews a connection");
    else log.error({ reason }, mend);
    if (mend !== undefined) backOff.failed(NO_HOPE_MS);
    member.cancelClose = timers.after(DISMISSED_FOR_MS, () => void member.connection.close());
    fill();
  }

  function remove(member: Member, reason: unknown): void {
    if (!members.delete(member)) return;
    member.cancelClose();
    if (isStopped) return;
    if (members.size === 0) since = now();
    if (!member.isDismissed) log.warn({ err: reason, live: members.size }, "a connection to Slack broke");
    fill();
  }

  function isMissing(): boolean {
    return !isStopped && lasting().length < goal;
  }

  /** Opens what is missing, one after the other. */
  function fill(): void {
    if (isMissing()) filling ??= openMissing();
  }

  /** Never throws. */
  async function openMissing(): Promise<void> {
    while (isMissing()) {
      const waitMs = backOff.waitMs();
      if (waitMs > 0) {
        await pause(waitMs);
        continue;
      }
      await open().catch(despair);
      if (lasting().length >= goal) goal = WANTED;
    }
    filling = undefined;
  }

  function despair(error: unknown): void {
    goal = WANTED;
    backOff.failed(hopelessMs(error));
    const mend = error instanceof DismissedError ? MENDS.get(error.reason) : undefined;
    const retryInMs = Math.round(backOff.waitMs());
    const told = mend ?? "a connection to Slack could not be opened, trying again";
    log[mend === undefined ? "warn" : "error"]({ err: error, live: members.size, retryInMs }, told);
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = timers.after(ms, resolve);
      wake = () => {
        cancel();
        resolve();
      };
    });
  }

  /** The connection that is being opened is closed as soon as it stands: not a reason to stay for long. */
  function farewell(): Promise<void> {
    return new Promise((resolve) => {
      const cancel = timers.after(FAREWELL_MS, resolve);
      void filling?.then(cancel);
    });
  }

  /** Connections of one age are sent away at one moment. At half their life a younger one joins them, and outlives them. */
  function stagger(): void {
    cancelStagger();
    const [oldest, ...rest] = lasting();
    const youngest = rest.at(-1);
    const lifeMs = oldest?.connection.lifeMs;
    if (!oldest || !youngest || lifeMs === undefined || rest.length >= WANTED) return;
    if (youngest.bornMs - oldest.bornMs >= lifeMs / 4) return;
    cancelStagger = timers.after(Math.max(0, oldest.bornMs + lifeMs / 2 - timers.nowMs()), () => {
      goal = WANTED + 1;
      fill();
    });
  }

  return {
    async start() {
      try {
        await open();
      } catch (error) {
        throw isOfTheApi(error) ? error : new NoConnectionError(error);
      }
      fill();
    },
    async stop() {
      isStopped = true;
      since = undefined;
      wake();
      cancelStagger();
      await Promise.all([...members].map(({ connection }) => connection.close()));
      if (filling) await Promise.race([filling, farewell()]);
    },
    connection: () => ({ live: members.size, wanted: WANTED, since }),
  };
}

function isOfTheApi(error: unknown): boolean {
  return slackErrorOf(error) !== undefined || isUncertain(error) || error instanceof WebAPIRateLimitedError;
}

/** Slack's refusals of the app, or of one connection more, last until somebody does something about them. */
function hopelessMs(error: unknown): number {
  if (error instanceof WebAPIRateLimitedError) return error.retryAfter * 1000;
  const isRefused = slackErrorOf(error) !== undefined && !PASSING.has(slackErrorOf(error) ?? "");
  return isRefused || error instanceof DismissedError ? NO_HOPE_MS : 0;
}

const PASSING = new Set(["internal_error", "fatal_error", "service_unavailable", "request_timeout", "ratelimited"]);
