import { matchesWebhook } from "./match.ts";
import type { Webhook } from "./model.ts";
import type { QueryFault } from "./parse-query.ts";
import { suggest } from "./query/suggest.ts";
import type { Query } from "./query.ts";

/** The fault of a query that names webhooks of which there is none; `undefined` when it names none or finds one. */
export function noSuchWebhook(query: Query, webhooks: readonly Webhook[]): QueryFault | undefined {
  const named = [
    ...query.terms.filter((term) => term.key === "webhook" && !term.negated).map((term) => term.value),
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

const LONGEST_ECHO = 60;
