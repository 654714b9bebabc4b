import { type Check, runChecks } from "../ops/run-checks.ts";
import type { Provider, ProviderHealth } from "../providers/provider.ts";
import { type Poll, readPolls } from "../store/polls.ts";
import {
  type ProviderState,
  readProviderStates,
  recordProviderFailure,
  recordProviderSuccess,
} from "../store/provider-states.ts";
import { listWebhooks } from "../store/webhooks.ts";
import type { Coverage } from "../triage/coverage.ts";
import { notInOrder } from "../triage/finding.ts";
import type { Query } from "../triage/query.ts";
import { readUntil, withBackgroundRead, withoutFreshEnds, withoutReasonForEnds } from "../triage/read-until.ts";
import type { BudgetStatus, ProviderStatus, StatusReport } from "../triage/status.ts";
import type { Window } from "../triage/window.ts";
import { readBudgetStatus } from "./budget/budget-status.ts";
import { accessCheck, healthFindings } from "./checkup.ts";
import type { Collector } from "./collector.ts";
import { readDigestStatus } from "./digest-status.ts";
import { whyEnded } from "./ended-early.ts";

/** The coverage that a status speaks of: the last 24 hours. */
const WINDOW_MS = 24 * 60 * 60_000;
/** Whoever asks for the status wants it now. */
const CHECK_LIMIT_MS = 1_500;
/** Nobody expects the last minutes to be read before somebody asks, save of a provider that does not answer. */
const FRESH_END_MS = 10 * 60_000;

/** While there is something to read in the background it notes a try more often than this, even at a request a minute. */
const AT_WORK_MS = 10 * 60_000;

export interface StatusRequest {
  now: Date;
  /** Where was asked. */
  channel: string;
  /** Further looks, such as at Slack. */
  checks: readonly Check[];
}

/**
 * Asks each provider whether it lets us in (one request each) and says what the store knows of it, with all that is not as it
 * should be. A provider whose budget has no request left is not asked: nobody waits a minute to learn that. The further looks get a
 * moment only.
 */
export async function readStatus(
  collector: Collector,
  { now, channel, checks }: StatusRequest,
  signal: AbortSignal,
): Promise<StatusReport> {
  const { db, kind } = collector.store;
  const query: Query = { words: [], terms: [], window: { from: new Date(now.getTime() - WINDOW_MS), to: now } };
  const [looks, found] = await Promise.all([
    Promise.all(collector.providers.map((provider) => lookAt(collector, provider, signal))),
    runChecks(checks, { limitMs: CHECK_LIMIT_MS }),
  ]);
  const states = await readProviderStates(db);
  const webhooks = await listWebhooks(db, { providers: collector.providers.map(({ id }) => id) });
  const { coverage } = await collector.review({ query, now, maxAgeMs: 0 });
  const polls = new Map(await Promise.all(looks.map(async ({ id }) => [id, await readPolls(db, id)] as const)));
  const providers = looks.map(({ id, health, budget }): ProviderStatus => {
    const kept = states.find((candidate) => candidate.provider === id);
    const live = webhooks.filter((webhook) => webhook.provider === id && !webhook.deletedAt);
    const read = coverage.filter((entry) => entry.provider === id);
    const state = health ? stateOf(health) : lastState(kept);
    const since = kept?.failingSince;
    return {
      id,
      state,
      since,
      detail: health?.detail ?? (state === "untried" ? NEVER_ASKED : NOT_ASKED),
      budget,
      webhookCount: kept?.webhooksListedAt ? live.length : undefined,
      readUntil: readUntil(read, query.window),
      coverage:
        state === "failing"
          ? withoutReasonForEnds(read, query.window)
          : withBackground(withoutFreshEnds(read, FRESH_END_MS), query.window, polls.get(id)),
    };
  });
  const { digests, findings: ofDigests } = await readDigestStatus(db, channel);
  const ofProviders = looks.flatMap(({ id, health }) =>
    // Whether it lets us in is told with the provider itself.
    health ? healthFindings(id, health).filter(({ check }) => check !== accessCheck(id)) : [],
  );
  return {
    readAt: now,
    window: query.window,
    providers,
    database: kind === "server" ? "server" : "embedded",
    digests,
    findings: notInOrder([...found, ...ofDigests, ...ofProviders]),
  };
}

/** Says what the background is at, where it was at work a moment ago. What it fails to read keeps its reason. */
function withBackground(
  coverage: Coverage[],
  window: Window,
  polls: ReadonlyMap<string, Poll> = new Map(),
): Coverage[] {
  const latestMs = Math.max(...[...polls.values()].map(({ polledAt }) => polledAt.getTime()));
  if (window.to.getTime() - latestMs > AT_WORK_MS) return coverage;
  return withBackgroundRead(coverage, window, ({ webhookId }) => !((polls.get(webhookId ?? "")?.failures ?? 0) > 0));
}

const NEVER_ASKED = "Not asked yet: its budget allows no request at this moment.";
const NOT_ASKED = "Not asked now, as its budget allows no request at this moment: this is how it answered last.";

interface Look {
  id: string;
  budget: BudgetStatus;
  /** Absent where it was not asked. */
  health?: ProviderHealth;
}

async function lookAt(collector: Collector, provider: Provider, signal: AbortSignal): Promise<Look> {
  const { id } = provider;
  const before = await readBudgetStatus(collector.store.db, id, collector.now());
  if (before.spare < 1) return { id, budget: before };
  const health = await check(collector, provider, signal);
  return { id, budget: await readBudgetStatus(collector.store.db, id, collector.now()), health };
}

function stateOf({ ok }: ProviderHealth): ProviderStatus["state"] {
  return ok ? "reachable" : "failing";
}

function lastState(state: ProviderState | undefined): ProviderStatus["state"] {
  if (state?.failingSince) return "failing";
  return state?.lastSuccessAt ? "reachable" : "untried";
}

async function check(collector: Collector, provider: Provider, signal: AbortSignal): Promise<ProviderHealth> {
  const { db } = collector.store;
  const health = await checkInTime(provider, signal);
  if (health.ok) await recordProviderSuccess(db, provider.id, collector.now(), health.rateLimit);
  else if (!whyEnded(signal)) await recordProviderFailure(db, provider.id, collector.now(), health.detail);
  return health;
}

async function checkInTime(provider: Provider, signal: AbortSignal): Promise<ProviderHealth> {
  try {
    return await provider.check(signal);
  } catch (error) {
    if (!signal.aborted) throw error;
    return { ok: false, detail: whyEnded(signal) ?? `${provider.account} did not answer in time.` };
  }
}
