import { CAUSE_CATEGORIES, type Cause } from "./cause.ts";
import { matchesCause, matchesInvocation, matchesWebhook } from "./match.ts";
import type { Invocation, Webhook } from "./model.ts";
import type { QueryFault } from "./parse-query.ts";
import { providerName } from "./provider-name.ts";
import { suggest } from "./query/suggest.ts";
import type { Query, Term, TermKey } from "./query.ts";

/** What there is to match, whatever the terms say. */
export interface Matchable {
  webhooks: readonly Webhook[];
  /** Those of the window that did not succeed. */
  invocations: readonly Invocation[];
  /** Worked out only where a term cannot be told without: they are those of every failed invocation. */
  causes: () => readonly Cause[];
  /** Words that a provider is known to use, seen or not. */
  statuses: readonly string[];
}

/**
 * The fault of a query that names something of which there is nothing, such as a mistyped webhook, status or cause: an answer of
 * none would read as an all-clear. `undefined` when everything named exists.
 */
export function unmatchedTerm(query: Query, there: Matchable): QueryFault | undefined {
  return noSuchWebhook(query, there.webhooks) ?? noSuchStatus(query, there) ?? noSuchCause(query, there.causes);
}

/** The fault of terms that say nothing about a webhook as a whole. */
export function notForWebhooks({ terms }: Query): QueryFault | undefined {
  const other = terms.find(({ key }) => key !== "webhook" && key !== "provider");
  if (other === undefined) return undefined;
  return {
    what: `webhooks is narrowed by names alone, not by ${other.key}:.`,
    suggestion: `failures ${other.key}:… shows where that fails.`,
    example: "webhooks",
  };
}

/** Why there is nothing to send a test to, where none of these providers, by their ids, has a webhook. */
export function nothingToTest(providers: readonly string[]): string {
  const names = providers.map(providerName);
  const last = names.pop() ?? "The provider";
  const have = names.length === 0 ? `${last} has` : `${names.join(", ")} and ${last} have`;
  return `${have} no webhooks, so there is nothing to test.`;
}

function noSuchWebhook(query: Query, webhooks: readonly Webhook[]): QueryFault | undefined {
  const named = [
    ...positive(query, "webhook").map((term) => term.value),
    ...query.words.filter((word) => !word.negated).map((word) => word.value),
  ];
  if (named.length === 0 || webhooks.length === 0) return undefined;
  if (webhooks.some((webhook) => matchesWebhook(query, webhook))) return undefined;
  const names = [...new Set(webhooks.map((webhook) => webhook.name))];
  const asked = named.join(" ").slice(0, LONGEST_ECHO);
  const near = suggest(asked, names);
  return {
    what: `No webhook matches "${asked}".`,
    suggestion: near === undefined ? `There are ${names.length} webhooks.` : `Did you mean "${near}"?`,
    example: near === undefined ? "webhooks" : `failures webhook:"${near.replaceAll('"', "")}"`,
  };
}

function noSuchStatus(query: Query, { invocations, statuses }: Matchable): QueryFault | undefined {
  const seen = [...new Set(invocations.map((invocation) => invocation.status))];
  const known = [...new Set([...seen, ...statuses])];
  if (known.length === 0) return undefined;
  for (const term of positive(query, "status")) {
    const asked: Query = { ...query, words: [], terms: [term] };
    const isKnown =
      statuses.some((status) => isStatus(asked, status)) || seen.some((status) => isStatus(asked, status));
    if (isKnown) continue;
    const near = suggest(term.value, known);
    return {
      what: `No invocation has the status "${term.value.slice(0, LONGEST_ECHO)}".`,
      suggestion: near ? `Did you mean "${near}"?` : `Statuses: ${known.join(", ")}.`,
      example: `failures status:"${near ?? known[0] ?? "timeout"}"`,
    };
  }
  return undefined;
}

function noSuchCause(query: Query, findCauses: Matchable["causes"]): QueryFault | undefined {
  let causes: readonly Cause[] | undefined;
  for (const term of positive(query, "cause")) {
    const asked: Query = { ...query, words: [], terms: [term] };
    const category = term.value.toLowerCase();
    if (CAUSE_CATEGORIES.some((known) => known === category)) continue;
    causes ??= findCauses();
    if (causes.some((cause) => matchesCause(asked, cause))) continue;
    const near = suggest(category, CAUSE_CATEGORIES);
    return {
      what: `No failed invocation has a cause like "${term.value.slice(0, LONGEST_ECHO)}".`,
      suggestion: near ? `Did you mean ${near}?` : `Categories: ${CAUSE_CATEGORIES.join(", ")}.`,
      example: `failures cause:${near ?? "timeout"}`,
    };
  }
  return undefined;
}

function isStatus(asked: Query, status: string): boolean {
  const row = { provider: "", webhookId: "", id: "", status, outcome: "failed", createdAt: new Date(0) } as const;
  return matchesInvocation(asked, row);
}

function positive({ terms }: Query, key: TermKey): Term[] {
  return terms.filter((term) => term.key === key && !term.negated);
}

const LONGEST_ECHO = 60;
