import type { ContentfulStatusCode } from "hono/utils/http-status";

/** An answer that says no, in Zendesk's own form. */
export class Refusal extends Error {
  readonly status: ContentfulStatusCode;
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: ContentfulStatusCode, body: Readonly<Record<string, unknown>>) {
    super(`${status} ${JSON.stringify(body)}`);
    this.status = status;
    this.body = body;
  }
}

export function notFound(): Refusal {
  return new Refusal(404, { error: "RecordNotFound", description: "Not found" });
}
