import { closest } from "fastest-levenshtein";
import { matchesWebhook } from "./match.ts";
import type { Webhook } from "./model.ts";
import type { QueryFault } from "./parse-query.ts";
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
  const asked = named.join(" ").slice(0, 60);
  const near = closest(asked, names);
  return {
    what: `No webhook matches "${asked}".`,
    suggestion: `The closest name is "${near}"; there are ${names.length} in all.`,
    example: "webhooks",
  };
}
