import { type Evidence, evidenceOf } from "../../../../src/triage/cause/evidence.ts";

/** One way in which an answer may reach us. A body that is an object is sent as JSON. */
export interface Form {
  code?: number;
  body?: string | object;
  headers?: Readonly<Record<string, string>>;
  /** What the sender logged in place of the answer. */
  logged?: string;
}

/** A cause and the forms of its answer. */
export type Kind = readonly [id: string, forms: readonly Form[]];

export function evidenceOfForm({ code, body, headers = {}, logged }: Form): Evidence {
  return evidenceOf({
    ...(code === undefined ? {} : { statusCode: code }),
    ...(logged === undefined ? {} : { errorMessage: logged }),
    response: {
      headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      truncated: false,
    },
  });
}

/** The answer as a client's exception quotes it. */
export function quoted(code: number, body: string | object): Form {
  const told = typeof body === "string" ? body : JSON.stringify(body);
  return { code, logged: `Request failed with status code ${code}: ${told}` };
}
