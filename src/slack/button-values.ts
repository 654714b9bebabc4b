import { z } from "zod";
import type { InvocationRef } from "../triage/model.ts";
import { LIMITS } from "./blocks/limits.ts";

/** The action ids of our buttons. */
export const ATTEMPTS_ACTION = "attempts";
export const MORE_ACTION = "more";

/** What a More button asks for: the next page of an answer, as it was asked. */
export interface MoreValue {
  view: "failures" | "invocations";
  /** The canonical query. */
  query: string;
  /** As of when the answer was true; its pages are of the same instant. */
  asOf: Date;
  /** How many items the pages before showed. */
  offset: number;
}

/** `undefined` when it is too long for a button. */
export function encodeAttempts(ref: InvocationRef): string | undefined {
  return encode({ provider: ref.provider, webhookId: ref.webhookId, id: ref.id });
}

/** `undefined` for what no Attempts button of ours carries. */
export function decodeAttempts(value: string | undefined): InvocationRef | undefined {
  return decode(attemptsSchema, value);
}

/** `undefined` when it is too long for a button, as a long query makes it. */
export function encodeMore(more: MoreValue): string | undefined {
  return encode({ view: more.view, query: more.query, asOf: more.asOf.toISOString(), offset: more.offset });
}

/** `undefined` for what no More button of ours carries. */
export function decodeMore(value: string | undefined): MoreValue | undefined {
  return decode(moreSchema, value);
}

const attemptsSchema = z.object({
  provider: z.string().min(1),
  webhookId: z.string().min(1),
  id: z.string().min(1),
});

const moreSchema = z.object({
  view: z.enum(["failures", "invocations"]),
  query: z.string(),
  asOf: z.iso.datetime().transform((asOf) => new Date(asOf)),
  offset: z.int().min(0),
});

/** `<`, `>` and `&` are escaped as JSON allows, so that nothing on the way takes them for mrkdwn. */
function encode(value: object): string | undefined {
  const json = JSON.stringify(value).replaceAll("<", "\\u003c").replaceAll(">", "\\u003e").replaceAll("&", "\\u0026");
  return json.length <= LIMITS.buttonValue ? json : undefined;
}

function decode<T>(schema: z.ZodType<T>, value: string | undefined): T | undefined {
  if (value === undefined || value.length > LIMITS.buttonValue) return undefined;
  try {
    return schema.safeParse(JSON.parse(value)).data;
  } catch {
    return undefined;
  }
}
