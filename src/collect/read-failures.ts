import type { ProviderError } from "../providers/errors.ts";
import { isOfTheAccount } from "./reading/reading.ts";

/** One unreadable invocation says nothing of the others; so many in a row say that their provider fails. */
const IN_A_ROW = 3;

/** What went wrong while the attempts of one question were read. */
export interface ReadFailures {
  /** In the order they came. */
  readonly errors: readonly ProviderError[];
  /** Of each provider that failed as a whole, the last error. */
  readonly ofProviders: readonly ProviderError[];
  succeeded(provider: string): void;
  failed(error: ProviderError): void;
  /** Whether it failed as a whole: asking it for more is no use now. */
  isOver(provider: string): boolean;
}

/** `earlier`: errors that are to be told with these, and of which nothing follows. */
export function countReadFailures(earlier: readonly ProviderError[] = []): ReadFailures {
  const errors = [...earlier];
  const inARow = new Map<string, number>();
  const over = new Map<string, ProviderError>();
  return {
    errors,
    get ofProviders() {
      return [...over.values()];
    },
    succeeded(provider) {
      inARow.delete(provider);
    },
    failed(error) {
      const { provider } = error;
      errors.push(error);
      inARow.set(provider, (inARow.get(provider) ?? 0) + 1);
      if (isOfAll(error) || (inARow.get(provider) ?? 0) >= IN_A_ROW) over.set(provider, error);
    },
    isOver: (provider) => over.has(provider),
  };
}

/** Whether any other request would have failed as well. */
export function isOfAll(error: ProviderError): boolean {
  return error.givenUp || isOfTheAccount(error);
}
