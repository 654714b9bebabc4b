import { evidenceOf } from "../../../src/triage/cause/evidence.ts";
import { readGeneral } from "../../../src/triage/cause/general.ts";
import type { Reading } from "../../../src/triage/cause/reading.ts";

/** An answer in short: its code, body, headers and what the sender logged. */
export interface Answer {
  code?: number;
  body?: string | object;
  headers?: Record<string, string>;
  error?: string;
}

/** Reads an answer by the general path alone. */
export function readAnswer({ code, body, headers = {}, error }: Answer): Reading {
  return readGeneral(
    evidenceOf({
      ...(code === undefined ? {} : { statusCode: code }),
      ...(error === undefined ? {} : { errorMessage: error }),
      response: {
        headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
        truncated: false,
      },
    }),
  );
}
