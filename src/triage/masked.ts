import type { Attempt } from "./model.ts";
import { EMAIL_MASK, MASK } from "./redact/names.ts";

/** Values that were masked in some attempts, and where a reader who sees only part of them finds the masks. */
export interface Masked {
  count: number;
  /** To be read after `masked`: empty where all of the masks are to be seen. */
  whereabouts: string;
}

/** `shown`: those attempts whose error and response are shown; requests never are. */
export function maskedIn(attempts: readonly Attempt[], shown: readonly Attempt[] = attempts): Masked {
  const count = attempts.reduce((sum, attempt) => sum + attempt.maskedCount, 0);
  const seen = shown.reduce((sum, attempt) => sum + masksIn(attempt), 0);
  if (seen >= count) return { count, whereabouts: "" };
  return { count, whereabouts: `${seen === 0 ? "" : ", some of them"} in parts that are not shown here` };
}

function masksIn({ errorMessage = "", response }: Attempt): number {
  const headers = response?.headers.map(({ value }) => value) ?? [];
  const text = [errorMessage, response?.body ?? "", ...headers].join("\n");
  return [MASK, EMAIL_MASK].reduce((sum, mask) => sum + text.split(mask).length - 1, 0);
}
