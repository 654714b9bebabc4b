import type { InvocationRef } from "./model.ts";

/** `attempts zendesk 01WEB 01INV`: the command of the command line, unless an id holds what a shell would obey. */
export function attemptsCommand({ provider, webhookId, id }: InvocationRef): string | undefined {
  const words = [provider, webhookId, id];
  return words.every((word) => TYPEABLE.test(word)) ? `attempts ${words.join(" ")}` : undefined;
}

const TYPEABLE = /^\w[\w.:-]{0,79}$/;
