import type { Message, View } from "./model.ts";

/** Something a person could see happen, or that passed between Slack and the bot because of a person. */
export type Happening =
  | { kind: "posted" | "updated" | "deleted"; message: Message }
  | { kind: "view_opened" | "view_updated" | "view_closed" | "home_published"; view: View }
  /** A notice of Slack itself to one person: `operation_timeout`, `dispatch_failed`. `about` is what they typed or pressed. */
  | { kind: "notice"; user: string; channel?: string; threadTs?: string; error: string; about?: string };

export type HappeningKind = Happening["kind"];

export type Recorded = Happening & {
  /** Counts up from 1. */
  serial: number;
  at: Date;
};

interface Waiter {
  matches: (happening: Recorded) => boolean;
  resolve: (happening: Recorded) => void;
}

/** All that happened, in order, and the waiting for what is to come. */
export class Happenings {
  readonly all: Recorded[] = [];
  readonly #now: () => Date;
  readonly #waiters = new Set<Waiter>();
  readonly #listeners = new Set<(happening: Recorded) => void>();

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** The serial of the latest happening: a mark to look on from. */
  get mark(): number {
    return this.all.length;
  }

  /** What it shows is kept as it was at this moment. */
  add(happening: Happening): void {
    const recorded: Recorded = { ...structuredClone(happening), serial: this.all.length + 1, at: this.#now() };
    this.all.push(recorded);
    for (const waiter of [...this.#waiters]) {
      if (waiter.matches(recorded)) waiter.resolve(recorded);
    }
    for (const listener of this.#listeners) listener(recorded);
  }

  /** Calls it with all that happens from now on. Returns what ends that. */
  listen(listener: (happening: Recorded) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  since(mark: number): Recorded[] {
    return this.all.slice(mark);
  }

  /**
   * The first happening that matches, be it long past or still to come; `after` leaves out what came up to that mark.
   * Rejects when there is none within `timeoutMs` of real time.
   */
  waitFor(predicate: (happening: Recorded) => boolean, timeoutMs = 5000, after = 0): Promise<Recorded> {
    const past = this.since(after).find(predicate);
    if (past !== undefined) return Promise.resolve(past);
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        matches: predicate,
        resolve: (happening) => {
          clearTimeout(timer);
          this.#waiters.delete(waiter);
          resolve(happening);
        },
      };
      const timer = setTimeout(() => {
        this.#waiters.delete(waiter);
        reject(new Error(`Nothing of the kind happened within ${timeoutMs} ms. ${inWords(this.since(after))}`));
      }, timeoutMs);
      this.#waiters.add(waiter);
    });
  }
}

/** For who waited in vain. */
function inWords(happenings: readonly Recorded[]): string {
  const told = happenings.map((happening) => {
    if ("message" in happening) return `${happening.kind}: ${happening.message.text ?? ""}`;
    return happening.kind === "notice" ? `notice: ${happening.error}` : happening.kind;
  });
  return told.length === 0 ? "Nothing else did either." : `What did happen:\n${told.join("\n")}`;
}
