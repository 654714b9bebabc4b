import { AsyncLocalStorage } from "node:async_hooks";

/** `waiting`: a person waits for the answer. `background`: nobody does. */
export type Urgency = "waiting" | "background";

const urgencies = new AsyncLocalStorage<Urgency>();

/** Runs work that nobody waits for: all that it reads from providers gives way to what people wait for. */
export function inBackground<Result>(work: () => Promise<Result>): Promise<Result> {
  return urgencies.run("background", work);
}

/** How urgent the work is from which this is called. */
export function currentUrgency(): Urgency {
  return urgencies.getStore() ?? "waiting";
}
