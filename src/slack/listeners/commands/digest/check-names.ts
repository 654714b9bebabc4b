import type { Collector } from "../../../../collect/collector.ts";
import type { QueryFault } from "../../../../triage/parse-query.ts";
import { parseTerms } from "../../../../triage/parse-query.ts";
import { providerName } from "../../../../triage/provider-name.ts";
import type { Query } from "../../../../triage/query.ts";
import { unmatchedTerm } from "../../../../triage/unmatched.ts";
import { windowOf } from "../../../../triage/window.ts";
import { MAX_AGE_MS } from "../../../context.ts";
import { asCommand } from "../answering.ts";

/** What a look at the providers says of a digest's terms. */
export interface CheckedNames {
  /** There is no such webhook. */
  fault?: QueryFault;
  /** What could not be checked, and what looks mistyped but may be there one day. */
  notes: string[];
}

/**
 * Looks whether there is a webhook that the terms mean. Reads the lists of webhooks alone. A status or a cause that nobody has seen
 * yet is noted: it may still come. `terms` are as `parseTerms` reads them.
 */
export async function checkNames(
  collector: Collector,
  terms: string,
  now: Date,
  signal: AbortSignal,
): Promise<CheckedNames> {
  const parsed = parseTerms(terms, { providers: collector.providers.map(({ id }) => id), now, timeZone: "UTC" });
  if (!parsed.ok) return { fault: asCommand(parsed.fault), notes: [] };
  const query: Query = { words: parsed.words, terms: parsed.terms, window: windowOf(now.getTime(), now.getTime()) };
  const notes = unseenNotes(collector, query);
  if (!namesWebhooks(query)) return { notes };
  const { webhooks, faults } = await collector.freshen({ query, now, maxAgeMs: MAX_AGE_MS }, signal);
  const live = webhooks.filter((webhook) => !webhook.deletedAt);
  const fault = unmatchedTerm(onlyNames(query), { webhooks: live, invocations: [], causes: () => [], statuses: [] });
  const unread = faults.filter(({ webhookId }) => webhookId === null).map(({ provider }) => providerName(provider));
  if (unread.length > 0 && (fault || live.length === 0)) {
    const which = [...new Set(unread)].join(" and ");
    return {
      notes: [...notes, `${which} could not be read just now, so nobody checked whether such a webhook exists.`],
    };
  }
  if (!fault) return { notes };
  return { fault: asCommand({ ...fault, example: exampleFor(fault) }), notes: [] };
}

function namesWebhooks({ words, terms }: Query): boolean {
  return words.some(({ negated }) => !negated) || terms.some(({ key, negated }) => key === "webhook" && !negated);
}

function onlyNames(query: Query): Query {
  return { ...query, terms: query.terms.filter(({ key }) => key === "webhook" || key === "provider") };
}

function unseenNotes(collector: Collector, query: Query): string[] {
  const statuses = collector.providers.flatMap((provider) => provider.capabilities.statuses);
  const others = { ...query, words: [], terms: query.terms.filter(({ key }) => key === "status" || key === "cause") };
  const unseen = unmatchedTerm(others, { webhooks: [], invocations: [], causes: () => [], statuses });
  return unseen ? [[unseen.what, unseen.suggestion ?? ""].join(" ").trim()] : [];
}

/** The fault is of a question; the same for a digest. */
function exampleFor({ example }: QueryFault): string {
  return example.startsWith("failures ") ? example.replace("failures", "digest daily at 09:00") : example;
}
