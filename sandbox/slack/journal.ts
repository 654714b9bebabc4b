import type { Refusal } from "./refusal.ts";

/** One exchange between the bot and Slack. */
export interface JournalEntry {
  at: Date;
  direction: "bot to slack" | "slack to bot";
  /** `chat.postMessage`, `response_url`, `slash_commands`, `interactive`, `events_api`, … */
  method: string;
  request: unknown;
  response: unknown;
  /** Of HTTP; absent on a WebSocket. */
  status?: number;
  durationMs: number;
  /** There where Slack did not take what the bot sent. */
  refusal?: Refusal;
}

/** Notes the end of an exchange, with the HTTP status and the refusal where there is one. */
export type End = (response: unknown, status?: number, refusal?: Refusal) => void;

const MOST_ENTRIES = 5000;

/** The latest traffic, and how much of it is under way. */
export class Journal {
  readonly entries: JournalEntry[] = [];
  readonly #now: () => Date;
  #underWay = 0;
  #begun = 0;
  #onQuiet: (() => void)[] = [];
  readonly #listeners = new Set<(entry: JournalEntry) => void>();

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** Exchanges that have begun and not ended. */
  get underWay(): number {
    return this.#underWay;
  }

  /** How many exchanges have begun since the start: a mark to compare with. */
  get begun(): number {
    return this.#begun;
  }

  /** Notes that an exchange has begun; call what it returns when the exchange ends. */
  begin(direction: JournalEntry["direction"], method: string, request: unknown): End {
    const startedAtMs = performance.now();
    const at = this.#now();
    let isOver = false;
    this.#underWay += 1;
    this.#begun += 1;
    return (response, status, refusal) => {
      if (isOver) return;
      isOver = true;
      this.#underWay -= 1;
      const durationMs = performance.now() - startedAtMs;
      const told = { at, direction, method, request, response, durationMs };
      const entry = { ...told, ...(status !== undefined && { status }), ...(refusal !== undefined && { refusal }) };
      this.entries.push(entry);
      for (const listener of this.#listeners) listener(entry);
      if (this.entries.length > MOST_ENTRIES) this.entries.shift();
      if (this.#underWay === 0) this.#tellQuiet();
    };
  }

  /** Calls it with every exchange that ends from now on. Returns what ends that. */
  listen(listener: (entry: JournalEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The exchanges of one method, oldest first. */
  of(method: string): JournalEntry[] {
    return this.entries.filter((entry) => entry.method === method);
  }

  /** Resolves as soon as nothing is under way; at once when that is so already. */
  quiet(): Promise<void> {
    if (this.#underWay === 0) return Promise.resolve();
    return new Promise((resolve) => this.#onQuiet.push(resolve));
  }

  #tellQuiet(): void {
    const waiting = this.#onQuiet;
    this.#onQuiet = [];
    for (const resolve of waiting) resolve();
  }
}
