import type { Cause } from "./cause.ts";
import type { IssueState } from "./issue.ts";
import type { Invocation, Webhook } from "./model.ts";
import type { Query, TermKey } from "./query.ts";

/** Whether the query's provider terms keep this provider. */
export function matchesProvider(query: Query, providerId: string): boolean {
  return keeps(query, "provider", (value) => fold(value) === fold(providerId));
}

/** Whether the query's words and its provider and webhook terms keep this webhook. */
export function matchesWebhook(query: Query, webhook: Webhook): boolean {
  const name = fold(webhook.name);
  if (query.words.some((word) => name.includes(fold(word.value)) === word.negated)) return false;
  return (
    matchesProvider(query, webhook.provider) &&
    keeps(query, "webhook", (value) => value === webhook.id || name.includes(fold(value)))
  );
}

/** Whether the query's status, code and event terms keep this invocation. What it does not tell matches no term. */
export function matchesInvocation(query: Query, invocation: Invocation): boolean {
  const { status, statusCode, eventType } = invocation;
  return (
    keeps(query, "status", (value) => sameWords(value) === sameWords(status)) &&
    keeps(query, "code", (value) => statusCode !== undefined && matchesCode(value, statusCode)) &&
    keeps(query, "event", (value) => eventType !== undefined && matchesEvent(value, eventType))
  );
}

/** Whether the query's cause terms keep this cause: by category, by the start of its id, or by a part of its title. */
export function matchesCause(query: Query, cause: Cause): boolean {
  return keeps(query, "cause", (value) => {
    const wanted = fold(value);
    return wanted === cause.category || fold(cause.id).startsWith(wanted) || fold(cause.title).includes(wanted);
  });
}

/** Whether the query's state terms keep an issue in this state. */
export function matchesState(query: Query, state: IssueState): boolean {
  return keeps(query, "state", (value) => value === state);
}

/** Terms of one key are alternatives; a negated one that applies excludes. */
function keeps(query: Query, key: TermKey, applies: (value: string) => boolean): boolean {
  const terms = query.terms.filter((term) => term.key === key);
  if (terms.some((term) => term.negated && applies(term.value))) return false;
  const wanted = terms.filter((term) => !term.negated);
  return wanted.length === 0 || wanted.some((term) => applies(term.value));
}

/** Alike whatever its case and however its accents are encoded. */
function fold(text: string): string {
  return text.normalize("NFC").toLowerCase();
}

/** Providers write `circuit_broken` and `WEBHOOK_STATE_FATAL_ERROR`, people `circuit broken` and `fatal error`. */
function sameWords(status: string): string {
  return fold(status)
    .replace(/[\s_-]+/g, "_")
    .replace(/^(?:webhook|automation_execution)_state_(?=.)/, "");
}

function matchesCode(value: string, statusCode: number): boolean {
  const code = String(statusCode);
  return value.endsWith("xx") ? code.length === 3 && code[0] === value[0] : code === value;
}

/**
 * Zendesk's event types carry a prefix (`zen:event-type:ticket.created`), so the part behind the last colon counts as well.
 * https://developer.zendesk.com/api-reference/webhooks/event-types/webhook-event-types/
 */
function matchesEvent(pattern: string, eventType: string): boolean {
  const whole = fold(eventType);
  const wanted = fold(pattern);
  return matchesGlob(wanted, whole) || matchesGlob(wanted, whole.slice(whole.lastIndexOf(":") + 1));
}

/** `*` stands for anything. Takes the parts between the stars from left to right, which never needs to go back. */
function matchesGlob(pattern: string, text: string): boolean {
  const parts = pattern.split("*");
  const first = parts.shift() ?? "";
  const last = parts.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of parts) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
