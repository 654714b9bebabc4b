import type { ContentfulStatusCode } from "hono/utils/http-status";
import { ID_PATTERN, isId } from "./ksuid.ts";

/** Numbers of https://grpc.github.io/grpc/core/md_doc_statuscodes.html */
export type GrpcCode = 2 | 3 | 5 | 7 | 8 | 12 | 14 | 16;

const HTTP_STATUS: Readonly<Record<GrpcCode, ContentfulStatusCode>> = {
  2: 500,
  3: 400,
  5: 404,
  7: 403,
  8: 429,
  12: 501,
  14: 503,
  16: 401,
};

/** An answer that says no, as `google.rpc.Status` with a numeric code: https://github.com/ConductorOne/c1i */
export class Refusal extends Error {
  readonly code: GrpcCode;
  readonly status: ContentfulStatusCode;

  constructor(code: GrpcCode, message: string) {
    super(message);
    this.code = code;
    this.status = HTTP_STATUS[code];
  }

  body(requestId: string): Record<string, unknown> {
    return { code: this.code, message: `${this.message} (request-id: ${requestId})` };
  }
}

/** An answer of the token endpoint that says no: https://www.rfc-editor.org/rfc/rfc6749#section-5.2 */
export class OAuthRefusal extends Error {
  readonly status: ContentfulStatusCode;
  readonly error: string;

  constructor(status: ContentfulStatusCode, error: string, description: string) {
    super(description);
    this.status = status;
    this.error = error;
  }

  body(): Record<string, unknown> {
    return { error: this.error, error_description: this.message };
  }
}

/** @throws Refusal 400 that names the pattern when it is no id. */
export function checkId(field: string, id: string): string {
  if (isId(id)) return id;
  throw new Refusal(3, `invalid ${field}: value does not match regex pattern "${ID_PATTERN}"`);
}
