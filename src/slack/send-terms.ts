import { AsyncLocalStorage } from "node:async_hooks";

/** On what terms a message may be sent, where whoever sends it may lose the right to while it waits. */
export interface SendTerms {
  /** How long it waits for its turn in the channel, and as long again for rate limits. Milliseconds. */
  patienceMs: number;
  /** Called at the last moment before each send. Nothing is sent when it throws, and the post throws the same. */
  check(): void;
}

const current = new AsyncLocalStorage<SendTerms>();

/** What is posted inside `post` is sent on these terms. */
export function onTerms<Result>(terms: SendTerms, post: () => Promise<Result>): Promise<Result> {
  return current.run(terms, post);
}

/** The terms of the post that is being made, where it has any. */
export function sendTerms(): SendTerms | undefined {
  return current.getStore();
}
