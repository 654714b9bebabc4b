import { askFailures } from "../../collect/questions.ts";
import { listWebhooks, type StoredWebhook } from "../../store/webhooks.ts";
import { formatQuery } from "../../triage/format-query.ts";
import type { FailuresAnswer } from "../../triage/issue.ts";
import { matchesProvider, matchesWebhook } from "../../triage/match.ts";
import { parseTerms, type QueryFault } from "../../triage/parse-query.ts";
import { writeTerm } from "../../triage/query/terms.ts";
import { writeValue } from "../../triage/query/tokens.ts";
import type { Query } from "../../triage/query.ts";
import type { Window } from "../../triage/window.ts";
import { MAX_AGE_MS, type SlackContext } from "../context.ts";
import type { DigestTrouble } from "../views/digest.ts";

export interface DigestQuestion {
  /** As `parseTerms` reads them, empty for everything. */
  terms: string;
  window: Window;
  /** The moment of the question. */
  now: Date;
  /** How old what the store holds may be, in milliseconds. */
  maxAgeMs?: number;
}

/** What there is to say. */
export interface DigestFindings {
  answer: FailuresAnswer;
  /** The canonical query, window included. */
  queryText: string;
  /** Why the terms say less than they should. */
  trouble?: DigestTrouble;
}

/**
 * Asks what a digest tells. Providers that fail and a signal that is aborted make their part unknown. Terms that nobody understands any
 * more, or that name what is not there, are told as trouble. Throws what the store throws.
 */
export async function askDigest(
  { collector }: Pick<SlackContext, "collector">,
  { terms, window, now, maxAgeMs = MAX_AGE_MS }: DigestQuestion,
  signal: AbortSignal,
): Promise<DigestFindings> {
  const providers = collector.providers.map(({ id }) => id);
  const parsed = parseTerms(terms, { providers, now, timeZone: "UTC" });
  if (!parsed.ok) {
    const everything = formatQuery({ words: [], terms: [], window });
    return { answer: nothingRead(window, now), queryText: everything, trouble: unreadable(terms, parsed.fault) };
  }
  const query: Query = { words: parsed.words, terms: parsed.terms, window };
  const { answer, unmatched } = await askFailures(collector, { query, now, maxAgeMs, evidence: "sample" }, signal);
  const webhooks = await listWebhooks(collector.store.db, { providers });
  const trouble = troubleOf(query, answer, webhooks, unmatched);
  return { answer, queryText: formatQuery(query), ...(trouble && { trouble }) };
}

/** Nothing was asked, so nothing is known: no coverage at all. */
function nothingRead(window: Window, now: Date): FailuresAnswer {
  return { window, asOf: now, coverage: [], notes: [], totals: { failed: 0, pending: 0 }, issues: [] };
}

function unreadable(terms: string, { what }: QueryFault): DigestTrouble {
  return {
    kind: "unreadable",
    what: `The terms of this digest, ${terms}, are not understood any more`,
    suggestion: what,
  };
}

function troubleOf(
  query: Query,
  { coverage }: FailuresAnswer,
  all: readonly StoredWebhook[],
  unmatched: QueryFault | undefined,
): DigestTrouble | undefined {
  const webhooks = all.filter((webhook) => matchesProvider(query, webhook.provider));
  const isListUnknown = webhooks.length === 0 || coverage.some(({ webhookId }) => webhookId === null);
  if (!isListUnknown) {
    const gone = noneMatches(query, webhooks) ?? someMatchNothing(query, webhooks);
    if (gone?.kind === "unmatched" && !gone.suggestion && unmatched?.suggestion) {
      return { ...gone, suggestion: unmatched.suggestion };
    }
    if (gone) return gone;
  }
  if (!unmatched) return undefined;
  const { what, suggestion } = unmatched;
  return { kind: "unmatched", what, ...(suggestion && { suggestion }) };
}

/** Those that were deleted match, and have nothing more to tell. */
function noneMatches(query: Query, webhooks: readonly StoredWebhook[]): DigestTrouble | undefined {
  const named = [
    ...webhookTerms(query).map(writeTerm),
    ...query.words.filter(({ negated }) => !negated).map(({ value }) => writeValue(value)),
  ];
  const matching = webhooks.filter((webhook) => matchesWebhook(query, webhook));
  if (named.length === 0 || matching.some(isLive)) return undefined;
  const what = `No webhook matches ${named.join(" ")} any more`;
  if (matching.length === 0) return { kind: "unmatched", what };
  const names = matching.slice(0, NAMES_TOLD).map(({ name }) => `“${name}”`);
  const others = matching.length > names.length ? " and others" : "";
  const verb = matching.length > 1 ? "were" : "was";
  return { kind: "unmatched", what, suggestion: `${names.join(", ")}${others} ${verb} deleted` };
}

const NAMES_TOLD = 3;

/** Terms of one key are alternatives: those that match nothing would go unnoticed beside those that do. */
function someMatchNothing(query: Query, webhooks: readonly StoredWebhook[]): DigestTrouble | undefined {
  const dead = webhookTerms(query).filter((term) => {
    const alone: Query = { ...query, words: [], terms: [term] };
    return !webhooks.some((webhook) => isLive(webhook) && matchesWebhook(alone, webhook));
  });
  if (dead.length === 0) return undefined;
  const what = `No webhook matches ${dead.map(writeTerm).join(" or ")} any more, so this digest tells nothing of it`;
  return { kind: "partly", what };
}

function webhookTerms({ terms }: Query) {
  return terms.filter(({ key, negated }) => key === "webhook" && !negated);
}

function isLive({ deletedAt }: StoredWebhook): boolean {
  return deletedAt === undefined;
}
