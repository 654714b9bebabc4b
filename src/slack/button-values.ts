import { z } from "zod";
import type { InvocationRef } from "../triage/model.ts";
import type { Window } from "../triage/window.ts";
import { LIMITS } from "./blocks/limits.ts";

/** The action ids of our buttons. */
export const ATTEMPTS_ACTION = "attempts";
export const WHY_GROUPED_ACTION = "why-grouped";
export const MORE_ACTION = "more";
export const SHOW_INVOCATIONS_ACTION = "show-invocations";
export const NEW_DIGEST_ACTION = "new_digest";
export const END_DIGEST_ACTION = "end_digest";
export const TEST_ACTION = "test";

/** An issue as an answer showed it, of which a Why grouped? button asks why it is one. */
export interface WhyGroupedValue {
  provider: string;
  webhookId: string;
  issueId: string;
  /** The answer's. */
  window: Window;
  /** Those of the question that leave out a part of an issue, as `partTermsIn` tells them. Absent where there is no room for them. */
  terms?: string | undefined;
}

/** What a More or a Show invocations button asks for: a page of an answer, as it was asked. */
export interface MoreValue {
  view: "failures" | "invocations";
  /** The canonical query. */
  query: string;
  /** As of when the answer was true; its pages are of the same instant. */
  asOf: Date;
  /** How many items the pages before showed. */
  offset: number;
}

/** Where a new digest is to come. */
export interface DigestPlace {
  channel: string;
}

/** Where, and for whom a form for a digest was opened. */
export interface FormPlace extends DigestPlace {
  /** The zone of a schedule that names none: the opener's. */
  timeZone: string;
}

/** Which digest is to end. */
export interface EndDigestValue {
  /** The subscription's id. */
  subscription: string;
}

/** The webhook to which a Send test delivery button sends, and the question it answers. */
export interface TestValue {
  provider: string;
  webhookId: string;
  /** Of this question alone: what answers it is sent once. */
  nonce: string;
  askedAt: Date;
}

/** `undefined` when it is too long for a button. */
export function encodeAttempts(ref: InvocationRef): string | undefined {
  return encode({ provider: ref.provider, webhookId: ref.webhookId, id: ref.id });
}

/** `undefined` for what no Attempts button of ours carries. */
export function decodeAttempts(value: string | undefined): InvocationRef | undefined {
  return decode(attemptsSchema, value);
}

/** `undefined` when it is too long for a button. */
export function encodeWhyGrouped({ provider, webhookId, issueId, window, terms }: WhyGroupedValue): string | undefined {
  const carried = terms !== undefined && terms.length <= MOST_TERMS ? terms : null;
  const of = [provider, webhookId, issueId, window.from.getTime(), window.to.getTime()];
  // Without names: five of them stand in a message that has no room to spare.
  return encode(carried === "" ? of : [...of, carried]);
}

const MOST_TERMS = 300;

/** `undefined` for what no Why grouped? button of ours carries. */
export function decodeWhyGrouped(value: string | undefined): WhyGroupedValue | undefined {
  return decode(whyGroupedSchema, value);
}

/** `undefined` when it is too long for a button, as a long query makes it. */
export function encodeMore(more: MoreValue): string | undefined {
  return encode({ view: more.view, query: more.query, asOf: more.asOf.toISOString(), offset: more.offset });
}

/** `undefined` for what no More button of ours carries. */
export function decodeMore(value: string | undefined): MoreValue | undefined {
  return decode(moreSchema, value);
}

/** `undefined` when it is too long, which no channel's id is. */
export function encodeDigestPlace(place: DigestPlace): string | undefined {
  return encode({ channel: place.channel });
}

/** `undefined` for what no New digest button of ours carries. */
export function decodeDigestPlace(value: string | undefined): DigestPlace | undefined {
  return decode(digestPlaceSchema, value);
}

/** What the form for a digest carries through to its submission. `undefined` when it is too long. */
export function encodeFormPlace(place: FormPlace): string | undefined {
  return encode({ channel: place.channel, timeZone: place.timeZone });
}

/** `undefined` for what no form of ours carries. */
export function decodeFormPlace(value: string | undefined): FormPlace | undefined {
  return decode(formPlaceSchema, value);
}

/** The digest that an End button ends. `undefined` when it is too long. */
export function encodeEndDigest(end: EndDigestValue): string | undefined {
  return encode({ subscription: end.subscription });
}

/** `undefined` for what no End button of ours carries. */
export function decodeEndDigest(value: string | undefined): EndDigestValue | undefined {
  return decode(endDigestSchema, value);
}

/** `undefined` when it is too long for a button. */
export function encodeTest({ provider, webhookId, nonce, askedAt }: TestValue): string | undefined {
  return encode({ provider, webhookId, nonce, askedAt: askedAt.getTime() });
}

/** `undefined` for what no Send test delivery button of ours carries. */
export function decodeTest(value: string | undefined): TestValue | undefined {
  return decode(testSchema, value);
}

const attemptsSchema = z.object({
  provider: z.string().min(1),
  webhookId: z.string().min(1),
  id: z.string().min(1),
});

/** Instants in milliseconds since 1970, of which no date can hold more. */
const instantSchema = z
  .int()
  .min(-8.64e15)
  .max(8.64e15)
  .transform((ms) => new Date(ms));

const idSchema = z.string().min(1);
const whyGroupedSchema = z
  .tuple([idSchema, idSchema, idSchema, instantSchema, instantSchema, z.string().nullable().default("")])
  .transform(([provider, webhookId, issueId, from, to, terms]) => {
    const issue = { provider, webhookId, issueId, window: { from, to } };
    return terms === null ? issue : { ...issue, terms };
  });

const testSchema = z.object({ provider: idSchema, webhookId: idSchema, nonce: idSchema, askedAt: instantSchema });

const moreSchema = z.object({
  view: z.enum(["failures", "invocations"]),
  query: z.string(),
  asOf: z.iso.datetime().transform((asOf) => new Date(asOf)),
  offset: z.int().min(0),
});

const digestPlaceSchema = z.object({ channel: z.string().min(1) });
const formPlaceSchema = digestPlaceSchema.extend({ timeZone: z.string().min(1) });
const endDigestSchema = z.object({ subscription: z.string().min(1) });

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
