/** A reason of coverage taken apart at the time in it. */
export interface FailingSince {
  /** Up to and with `failing since`. */
  before: string;
  since: Date;
  /** From the punctuation on; empty where the time ends it. */
  after: string;
}

/**
 * Reasons are kept as sentences in which `failing since …` stands in UTC. Taken apart, an answer can say that time in the zone of
 * all its others. `undefined` for a reason without one.
 */
export function readFailingSince(reason: string): FailingSince | undefined {
  const [, before = "", minute = "", after = ""] = SINCE.exec(reason) ?? [];
  const since = new Date(`${minute.replace(" ", "T")}Z`);
  return Number.isNaN(since.getTime()) ? undefined : { before, since, after };
}

const SINCE = /^(.*?failing since) (\d{4}-\d\d-\d\d \d\d:\d\d) UTC(.*)$/s;
