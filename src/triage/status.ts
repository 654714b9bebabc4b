import type { Coverage } from "./coverage.ts";
import type { Finding } from "./finding.ts";
import type { ReadUntil } from "./read-until.ts";
import type { Window } from "./window.ts";

/** One provider, as it fares at this moment. */
export interface ProviderStatus {
  id: string;
  /** `untried`: nothing was asked of it yet. */
  state: "reachable" | "failing" | "untried";
  /** Since when it has been failing. */
  since?: Date | undefined;
  /** Who we are there, or why it fails and how to mend it. */
  detail?: string | undefined;
  budget: BudgetStatus;
  /** Absent where their list was never read. */
  webhookCount?: number | undefined;
  /** Of the report's window: how far was read, whatever the provider says now. */
  readUntil: ReadUntil;
  /** Of the report's window. While the provider answers, an end that was not read for some minutes is no gap. */
  coverage: Coverage[];
}

/** What one provider may be asked, by all of the bot's processes together. */
export interface BudgetStatus {
  limitPerMinute: number;
  /** By the provider; otherwise the limit is being found out. */
  isTold: boolean;
  /** In the last minute, what others used with the same account included. */
  used: number;
  usedByOthers: number;
  /** Requests that wait for their turn. */
  queued: number;
  /** Requests that a person's question could send at once. */
  spare: number;
  /** The provider wants to be left alone. */
  pausedUntil?: Date;
}

/** Whether the bot itself sees what it should. */
export interface StatusReport {
  readAt: Date;
  /** The time that `coverage` speaks of, such as the last 24 hours. */
  window: Window;
  providers: ProviderStatus[];
  /** `embedded`: files of our own. `server`: the one that `DATABASE_URL` names. */
  database: "embedded" | "server";
  digests: DigestStatus;
  /** What should be looked at, worst first. */
  findings: readonly Finding[];
}

/** The digests of the channel in which was asked, and of all others. */
export interface DigestStatus {
  here: number;
  elsewhere: number;
  /** The latest that is done: of this channel where it has had one, else of any. */
  last?: { dueAt: Date; state: "posted" | "silent" | "undeliverable"; isHere: boolean };
}
