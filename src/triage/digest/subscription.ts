/** A day of the week; 0 is Sunday, as in cron and in `Date`. */
export type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6;

/** When a digest is due: one slot on each of its days, in the zone's own time. */
export interface DigestSchedule {
  days: "every_day" | "weekdays" | Weekday;
  /** 0 to 1439. */
  minuteOfDay: number;
  /** IANA name. */
  timeZone: string;
}

/** A channel's wish for a digest. */
export interface DigestSubscription {
  /** A ULID: a list of subscriptions is in the order in which they were made. */
  id: string;
  channel: string;
  schedule: DigestSchedule;
  /** Words and terms as `parseTerms` reads them; empty for everything. */
  terms: string;
  /** What is posted when nothing failed and all is known: a line, or nothing. */
  allClear: "line" | "silent";
  /** Slack user id. */
  createdBy: string;
  createdAt: Date;
}

/** Names one digest: subscriptions have one slot at an instant. */
export interface SlotRef {
  subscriptionId: string;
  dueAt: Date;
}
