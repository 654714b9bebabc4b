import { AsyncLocalStorage } from "node:async_hooks";
import { randomBytes } from "node:crypto";

const requests = new AsyncLocalStorage<string>();

/** Forty bits: short enough to be read out, and two of one month are hardly ever the same. */
const LENGTH_BYTES = 5;

/** A new name for what somebody, or a schedule, wants of us: a command, a press, a form, a job. */
export function newRequestId(): string {
  return randomBytes(LENGTH_BYTES).toString("hex");
}

/**
 * Runs `work`; every line that is logged meanwhile, in whichever room, carries the id as `requestId`. It goes nowhere but to
 * the log and to the person who asked. What several ask for at once is done once, under the id of the first.
 */
export function inRequest<Result>(id: string, work: () => Result): Result {
  return requests.run(id, work);
}

/** The id of what is being done at this moment; `undefined` for what the process does of its own. */
export function requestIdNow(): string | undefined {
  return requests.getStore();
}
