/** One request that came in. */
export interface JournalEntry {
  at: Date;
  method: string;
  /** Path and query, as they were sent. */
  path: string;
  /** The name by which the asker called this server. */
  host: string;
  /** Which kind of credentials came along. */
  authorization: "bearer" | "basic" | "other" | "none";
  /** Absent while there is no answer, and where none was given. */
  status?: number;
}

/** How many requests are remembered; older ones are forgotten. */
export const JOURNAL_LENGTH = 20_000;

export interface Journal {
  readonly entries: readonly JournalEntry[];
  /** Returns the entry, for its status to be filled in. */
  add(entry: JournalEntry): JournalEntry;
}

export function createJournal(): Journal {
  const entries: JournalEntry[] = [];
  return {
    entries,
    add(entry) {
      entries.push(entry);
      if (entries.length > JOURNAL_LENGTH) entries.splice(0, JOURNAL_LENGTH / 10);
      return entry;
    },
  };
}

export function kindOfAuthorization(header: string | undefined): JournalEntry["authorization"] {
  if (header === undefined) return "none";
  const scheme = header.split(" ")[0]?.toLowerCase();
  return scheme === "bearer" || scheme === "basic" ? scheme : "other";
}
