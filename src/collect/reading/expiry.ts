import { ProviderError } from "../../providers/errors.ts";

/** What an API says to a cursor that it does not know any more; no document of Zendesk's tells which. */
const EXPIRED_STATUSES = new Set([400, 404, 410, 422]);

/** Whether a listing that had pages before broke off because its cursor has expired, or its webhook is gone: a new one will tell. */
export function isExpiry(error: unknown): boolean {
  return error instanceof ProviderError && error.status !== undefined && EXPIRED_STATUSES.has(error.status);
}
