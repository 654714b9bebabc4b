import type { Log } from "../../ops/log.ts";
import { createBackOff, type Opening } from "./back-off.ts";
import { type Connection, type Envelope, openConnection } from "./connection.ts";
import { dismissalMend, hopelessMs, mendOf, NO_HOPE_MS, startErrorOf } from "./no-connection.ts";
import { youngerOneAtMs } from "./stagger.ts";
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
  /** Resolves when the first connection stands; others follow. Throws `NoAddressError` or `NoConnectionError`. */
  start(): Promise<void>;
  stop(): Promise<void>;
  connection(): SlackConnection;
}

interface Member {
  connection: Connection;
  opening: Opening;
  bornMs: number;
  /** Slack is going to close it. */
  isDismissed: boolean;
  cancelClose(): void;
}

/** One that breaks leaves the other. Slack allows ten, and three replicas want their share. */
const WANTED = 2;
/** Those that are dismissed included: three replicas with more than this would come near Slack's ten. */
const MOST_STANDING = 4;
/** What Slack dismisses or what breaks sooner did not come to much, and another would hardly fare better. Milliseconds. */
const LASTS_AFTER_MS = 10_000;
/** A longer wait for the next connection is told in the log. Milliseconds. */
const LONG_WAIT_MS = 3_000;
/** Slack closes what it dismissed within seconds; what it forgot is not kept. */
const DISMISSED_FOR_MS = 60_000;
/** A stop waits no longer for a connection that is being opened. Milliseconds. */
const FAREWELL_MS = 1_000;

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
  /** Until then the log knows that no connection is opened. */
  let toldUntilMs = 0;

  function lasting(): Member[] {
    return [...members].filter(({ isDismissed }) => !isDismissed);
  }

  /** Throws what keeps it from being opened; that it came to nothing is noted by then. */
  async function open(): Promise<void> {
    const opening = backOff.opening();
    try {
      await join(opening);
    } catch (error) {
      opening.failed();
      throw error;
    }
  }

  async function join(opening: Opening): Promise<void> {
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
    member = { connection, opening, bornMs: timers.nowMs(), isDismissed: false, cancelClose: () => {} };
    if (members.size === 0) since = now();
    members.add(member);
    log.info({ live: members.size }, "a connection to Slack stands");
    if (dismissal !== undefined) dismiss(member, dismissal);
    stagger();
  }

  function dismiss(member: Member, reason: string): void {
    if (member.isDismissed) return;
    member.isDismissed = true;
    const mend = dismissalMend(reason);
    if (mend === undefined) log.info({ reason }, "Slack renews a connection");
    else log.error({ reason }, mend);
    judge(member);
    if (mend !== undefined) backOff.despair(NO_HOPE_MS);
    member.cancelClose = timers.after(DISMISSED_FOR_MS, () => void member.connection.close());
    fill();
  }

  function remove(member: Member, reason: unknown): void {
    if (!members.delete(member)) return;
    member.cancelClose();
    if (isStopped) return;
    if (members.size === 0) since = now();
    if (!member.isDismissed) {
      judge(member);
      log.warn({ err: reason, live: members.size }, "a connection to Slack broke");
    }
    fill();
  }

  /** Slack's hello alone says little: what broke on the way may break again right after it. */
  function judge({ bornMs, opening }: Member): void {
    if (timers.nowMs() - bornMs >= LASTS_AFTER_MS) opening.lasted();
    else opening.failed();
    wake();
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
        tellWait(waitMs);
        await pause(waitMs);
        continue;
      }
      await makeRoom();
      if (isMissing()) await open().catch(despair);
      if (lasting().length >= goal) goal = WANTED;
    }
    filling = undefined;
  }

  /** Slack may dismiss faster than it closes, and what is dismissed counts among its ten. */
  async function makeRoom(): Promise<void> {
    while (members.size >= MOST_STANDING) {
      const oldest = [...members].find(({ isDismissed }) => isDismissed);
      if (oldest === undefined) return;
      await oldest.connection.close();
      remove(oldest, undefined);
    }
  }

  function tellWait(waitMs: number): void {
    const untilMs = timers.nowMs() + waitMs;
    if (waitMs <= LONG_WAIT_MS || untilMs <= toldUntilMs) return;
    toldUntilMs = untilMs;
    const retryInMs = Math.round(waitMs);
    log.warn({ live: members.size, retryInMs }, "waiting before another connection to Slack is opened");
  }

  function despair(error: unknown): void {
    goal = WANTED;
    backOff.despair(hopelessMs(error));
    const mend = mendOf(error);
    const retryInMs = Math.round(backOff.waitMs());
    toldUntilMs = timers.nowMs() + retryInMs + 1;
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

  function farewell(): Promise<void> {
    return new Promise((resolve) => {
      const cancel = timers.after(FAREWELL_MS, resolve);
      void filling?.then(cancel);
    });
  }

  function stagger(): void {
    cancelStagger();
    const standing = lasting().map(({ bornMs, connection }) => ({ bornMs, lifeMs: connection.lifeMs }));
    const atMs = youngerOneAtMs(standing, WANTED);
    if (atMs === undefined) return;
    cancelStagger = timers.after(Math.max(0, atMs - timers.nowMs()), () => {
      goal = WANTED + 1;
      fill();
    });
  }

  return {
    async start() {
      try {
        await open();
      } catch (error) {
        throw startErrorOf(error);
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
