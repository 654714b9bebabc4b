import { z } from "zod";
import type { Meaning } from "../faults.ts";

/** `{"code":5,"message":"…"}`: https://github.com/googleapis/googleapis/blob/master/google/rpc/status.proto, code as a number. */
const status = z.looseObject({ code: z.int(), message: z.string().optional().catch(undefined) });

/** https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto */
const UNKNOWN = 2;
const SAME_EACH_TIME = new Set([
  3, // INVALID_ARGUMENT
  5, // NOT_FOUND
  6, // ALREADY_EXISTS
  7, // PERMISSION_DENIED
  9, // FAILED_PRECONDITION
  11, // OUT_OF_RANGE
  12, // UNIMPLEMENTED
  16, // UNAUTHENTICATED
]);
/** The request was ended early: no fault of it, nor of ConductorOne. */
const ENDED_EARLY = new Set([408, 499]);

/**
 * What an error answer of ConductorOne means where its status misleads. A 500 may stand for a request that is wrong and stays
 * so, as `{"code":2,"message":"user_id is required"}` does: code 2 says nothing of its cause, so it gets one more try.
 */
export function meaningOf(httpStatus: number, text: string): Meaning | undefined {
  if (ENDED_EARLY.has(httpStatus)) return { kind: "unavailable", mostTries: 3 };
  if (httpStatus < 500) return undefined;
  const code = codeIn(text);
  if (code === undefined) return undefined;
  if (SAME_EACH_TIME.has(code)) return { kind: "unexpected_answer" };
  return code === UNKNOWN ? { kind: "unavailable", mostTries: 2 } : undefined;
}

function codeIn(text: string): number | undefined {
  try {
    return status.safeParse(JSON.parse(text)).data?.code;
  } catch {
    return undefined;
  }
}
