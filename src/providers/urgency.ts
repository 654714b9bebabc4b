import { AsyncLocalStorage } from "node:async_hooks";

/** `waiting`: a person waits for the answer. `background`: nobody does. */
export type Urgency = "waiting" | "background";

/** How urgent some work is, which may change while it goes on. */
export interface UrgencyOfWork {
  readonly current: Urgency;
  /** Calls back with each change, until the returned function is called. */
  onChange(changed: () => void): () => void;
}

const urgencies = new AsyncLocalStorage<UrgencyOfWork>();

/** Runs work that nobody waits for: all that it reads from providers gives way to what people wait for. */
export function inBackground<Result>(work: () => Promise<Result>): Promise<Result> {
  return urgencies.run(BACKGROUND, work);
}

/** How urgent the work is from which this is called, as of now. */
export function currentUrgency(): Urgency {
  return urgencyOfWork().current;
}

/** How urgent the work is from which this is called, for whoever has to follow its changes. */
export function urgencyOfWork(): UrgencyOfWork {
  return urgencies.getStore() ?? WAITING;
}

/** Work that is done once for several who ask: as urgent as the most urgent of those who wait for it; background while nobody does. */
export class SharedUrgency implements UrgencyOfWork {
  /** One entry for each that waits. */
  readonly #askers = new Set<{ work: UrgencyOfWork }>();
  readonly #listeners = new Set<() => void>();

  get current(): Urgency {
    return [...this.#askers].some(({ work }) => work.current === "waiting") ? "waiting" : "background";
  }

  onChange(changed: () => void): () => void {
    this.#listeners.add(changed);
    return () => this.#listeners.delete(changed);
  }

  /** Runs the work, whoever has begun it. */
  run<Result>(work: () => Result): Result {
    return urgencies.run(this, work);
  }

  /** The caller waits for the work until the returned function is called. */
  join(): () => void {
    const asker = { work: urgencyOfWork() };
    const tell = () => {
      for (const changed of this.#listeners) changed();
    };
    const unfollow = asker.work.onChange(tell);
    this.#askers.add(asker);
    tell();
    return () => {
      unfollow();
      this.#askers.delete(asker);
      tell();
    };
  }
}

const WAITING: UrgencyOfWork = { current: "waiting", onChange: () => () => undefined };
const BACKGROUND: UrgencyOfWork = { current: "background", onChange: () => () => undefined };
