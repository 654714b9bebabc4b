import { SharedUrgency } from "../providers/urgency.ts";

/** Work that people may wait for, and that goes on when they do no more. */
export interface AwaitedWork {
  /** While nobody waits for it, all that it reads from providers gives way to what people wait for, what is queued already included. */
  run<Result>(work: () => Result): Result;
  /** The caller waits for it until the returned function is called. */
  join(): () => void;
}

export function awaitedWork(): AwaitedWork {
  return new SharedUrgency();
}
