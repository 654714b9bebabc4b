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
  /** From the request to the end of its answer; absent like `status`. */
  durationMs?: number;
}

/** How many requests are remembered; older ones are forgotten. */
export const JOURNAL_LENGTH = 20_000;

export interface Journal {
  readonly entries: readonly JournalEntry[];
  /** Returns the entry, for its status to be filled in. */
  add(entry: JournalEntry): JournalEntry;
  /** The exchange is over: those who listen hear of it, and only then its bodies are read. */
  end(entry: JournalEntry, readBodies?: () => Promise<Bodies>): Promise<void>;
  /** Calls it with every exchange that ends from now on. Returns what ends that. */
  listen(listener: Listener): () => void;
}

/** What was sent and answered. */
export interface Bodies {
  request: string;
  response: string;
}

export type Listener = (entry: JournalEntry, bodies: Bodies | undefined) => void;

export function createJournal(): Journal {
  const entries: JournalEntry[] = [];
  const listeners = new Set<Listener>();
  return {
    entries,
    add(entry) {
      entries.push(entry);
      if (entries.length > JOURNAL_LENGTH) entries.splice(0, JOURNAL_LENGTH / 10);
      return entry;
    },
    async end(entry, readBodies) {
      if (listeners.size === 0) return;
      const bodies = await readBodies?.();
      for (const listener of listeners) listener(entry, bodies);
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function kindOfAuthorization(header: string | undefined): JournalEntry["authorization"] {
  if (header === undefined) return "none";
  const scheme = header.split(" ")[0]?.toLowerCase();
  return scheme === "bearer" || scheme === "basic" ? scheme : "other";
}
