import { ProviderError } from "../providers/errors.ts";
import type { Provider } from "../providers/provider.ts";
import { saveInvocationPage } from "../store/invocations.ts";
import { listWebhooks, type StoredWebhook } from "../store/webhooks.ts";
import { matchesProvider, matchesWebhook } from "../triage/match.ts";
import type { Attempt, Invocation, Webhook } from "../triage/model.ts";
import { providerName } from "../triage/provider-name.ts";
import type { Query } from "../triage/query.ts";
import { answeredTest, startedTest, type TestDelivery } from "../triage/test-delivery.ts";
import { ToldError } from "../triage/told-error.ts";
import type { Collector } from "./collector.ts";
import { type NotReadInTimeError, notReadInTime } from "./held-back.ts";
import { readWebhookList } from "./reading/reading.ts";
import { claimStore, seeThatStoreIsOurs } from "./store-account.ts";

/** How old the list of webhooks may be by which a test is sent. Milliseconds. */
const LIST_MAX_AGE_MS = 30_000;
/** How long it is waited for where an older one is there. Milliseconds. */
const LIST_PATIENCE_MS = 3_000;

/** Which webhook is meant. */
export interface TestRef {
  provider: string;
  webhookId: string;
}

/**
 * `no_such_webhook`, `inactive`, `not_offered`: there is nothing to be sent to, or by. `not_sent`: the provider said no.
 * `maybe_sent`: nobody knows whether it was sent. `unkept`: it was sent, and could not be kept.
 */
export type TestFault = "no_such_webhook" | "inactive" | "not_offered" | "not_sent" | "maybe_sent" | "unkept";

/** Why there is no test delivery to tell of, or not for certain. */
export class TestDeliveryError extends ToldError {
  override readonly name = "TestDeliveryError";
  readonly fault: TestFault;
  override readonly nextStep: string;

  constructor(fault: TestFault, told: string, nextStep: string, cause?: unknown) {
    super(told, { cause });
    this.fault = fault;
    this.nextStep = nextStep;
  }
}

/** What a test could be sent to, by what was asked for. */
export interface TestTargets {
  /** Those that match, are in use, and whose provider sends tests. */
  active: Webhook[];
  /** Those that match and that their provider says are switched off. */
  inactive: Webhook[];
  /** Those that match, and whose provider sends no tests. */
  notOffered: Webhook[];
  /** Every webhook that is there, whether or not it matches. */
  all: Webhook[];
}

/** The providers that send tests. */
export function testingProviders({ providers }: Pick<Collector, "providers">): Provider[] {
  return providers.filter(offersTests);
}

/**
 * Finds the webhooks that are named. Where a provider's list cannot be read anew, or not in time, the one that was kept serves. Where
 * nothing is found then, throws what the provider threw, or `NotReadInTimeError`. Throws `StoreTakenOverError`, and the signal's reason
 * where that is for people.
 */
export async function findTestTargets(
  collector: Collector,
  named: Pick<Query, "words" | "terms">,
  signal: AbortSignal,
): Promise<TestTargets> {
  const now = collector.now();
  const query: Query = { ...named, window: { from: now, to: now } };
  const asked = collector.providers.filter(({ id }) => matchesProvider(query, id));
  const lists = await Promise.all(asked.map((provider) => listedOrKept(collector, provider, signal)));
  const all = lists.flatMap(({ webhooks }) => webhooks).filter(({ deletedAt }) => deletedAt === undefined);
  const matching = all.filter((webhook) => matchesWebhook(query, webhook));
  const [fault] = lists.flatMap((list) => list.fault ?? []);
  if (fault && matching.length === 0) throw fault;
  const testing = new Set(testingProviders(collector).map(({ id }) => id));
  const offered = matching.filter(({ provider }) => testing.has(provider));
  return {
    active: offered.filter(({ active }) => active),
    inactive: offered.filter(({ active }) => !active),
    notOffered: matching.filter(({ provider }) => !testing.has(provider)),
    all,
  };
}

/**
 * The webhook that a test would be sent to, by the list that was kept where the provider's is not read in time. Throws
 * `TestDeliveryError`, the provider's errors, `NotReadInTimeError`, `StoreTakenOverError`, and the signal's reason where that is for people.
 */
export async function findTestTarget(collector: Collector, ref: TestRef, signal: AbortSignal): Promise<Webhook> {
  const provider = providerOf(collector, ref);
  const { webhooks, fault } = await listedOrKept(collector, provider, signal);
  if (fault instanceof ProviderError) throw fault;
  const webhook = webhooks.find(({ id }) => id === ref.webhookId);
  if (fault && !webhook) throw fault;
  const name = providerName(provider.id);
  if (!webhook || webhook.deletedAt) {
    const told = webhook ? `The webhook was deleted in ${name}.` : `${name} has no webhook of this id.`;
    throw new TestDeliveryError(
      "no_such_webhook",
      told,
      "Take the id from the list of webhooks: it shows those there are.",
    );
  }
  if (!webhook.active) {
    throw new TestDeliveryError(
      "inactive",
      `The webhook is switched off in ${name}.`,
      `Switch it on there, then ask again.`,
    );
  }
  const { deletedAt: _, ...found } = webhook;
  return found;
}

/**
 * Sends one test delivery, by one request that is never repeated, and keeps the invocation that was made of it, where its provider
 * makes one, so that answers have it and its id can be opened. Whether the receiver took it is in the result. Throws
 * `TestDeliveryError`; before anything is sent what `findTestTarget` throws.
 */
export async function sendTestDelivery(collector: Collector, ref: TestRef, signal: AbortSignal): Promise<TestDelivery> {
  const provider = providerOf(collector, ref);
  const webhook = await findTestTarget(collector, ref, signal);
  signal.throwIfAborted();
  const result = await sendOnce(provider, webhook, signal);
  if (!("webhookId" in result)) return answeredTest(webhook, result, collector.now());
  const lookThere = provider.noAttemptsBecause?.(result.source ?? { kind: "test" });
  const delivery = startedTest(webhook, result, lookThere);
  await keep(collector, provider, webhook, delivery.invocation);
  return delivery;
}

async function sendOnce(
  provider: TestingProvider,
  webhook: Webhook,
  signal: AbortSignal,
): Promise<Attempt | Invocation> {
  try {
    return await provider.sendTest(webhook.id, signal);
  } catch (error) {
    if (error instanceof ProviderError && isRefusal(error)) {
      throw new TestDeliveryError("not_sent", error.told, error.nextStep, error);
    }
    if (!(error instanceof ProviderError) && !signal.aborted) throw error;
    const name = providerName(provider.id);
    const told =
      error instanceof ProviderError ? error.told : `${name} had not answered when the wait for it was ended.`;
    const nextStep = `Before you send another, look whether it arrived: at the receiver, or in ${name}'s own log of the webhook.`;
    throw new TestDeliveryError("maybe_sent", `${told} The test may have been sent all the same.`, nextStep, error);
  }
}

/** Whether the provider said no, so that nothing was sent. Who breaks off, or answers with nonsense, may have sent it before. */
function isRefusal({ kind, status }: ProviderError): boolean {
  if (kind === "unavailable") return false;
  return kind !== "unexpected_answer" || (status !== undefined && status >= 300 && status <= 499);
}

/** It stands in the store without a part of the window that would be covered by it: nothing else was read. */
async function keep(collector: Collector, provider: Provider, webhook: Webhook, invocation: Invocation): Promise<void> {
  try {
    await claimStore(collector.store, provider);
    await saveInvocationPage(collector.store.db, {
      provider: provider.id,
      webhookId: webhook.id,
      invocations: [invocation],
    });
  } catch (error) {
    const why = error instanceof ToldError ? error.told : "The database failed.";
    const nextStep =
      error instanceof ToldError ? error.nextStep : "Look at the database; nothing has to be sent again.";
    const told = `The test was sent, as invocation ${invocation.id}, and could not be kept: answers do not know it. ${why}`;
    throw new TestDeliveryError("unkept", told, nextStep, error);
  }
}

interface Listed {
  /** Deleted ones included. */
  webhooks: StoredWebhook[];
  /** Why they are those that were kept. */
  fault?: ProviderError | NotReadInTimeError;
}

/**
 * Sending alone needs a request. Where some were kept, the list is not waited for as long as people would wait. Throws
 * `StoreTakenOverError`, and the signal's reason where that is for people.
 */
async function listedOrKept(collector: Collector, provider: Provider, signal: AbortSignal): Promise<Listed> {
  const kept = await listWebhooks(collector.store.db, { providers: [provider.id] });
  const limited = kept.length > 0 ? AbortSignal.any([signal, AbortSignal.timeout(LIST_PATIENCE_MS)]) : signal;
  try {
    return { webhooks: await listed(collector, provider, limited) };
  } catch (error) {
    if (error instanceof ProviderError) return { webhooks: kept, fault: error };
    if (!limited.aborted) throw error;
    if (isMeant(signal)) throw signal.reason;
    return { webhooks: kept, fault: await notReadInTime(collector, provider.id, "The webhooks") };
  }
}

/** Whether somebody has ended it: then it is not time that is over. */
function isMeant({ aborted, reason }: AbortSignal): boolean {
  return aborted && !(reason instanceof Error && reason.name === "TimeoutError");
}

/** The provider's webhooks, deleted ones included, as new as the max age. */
async function listed(collector: Collector, provider: Provider, signal: AbortSignal): Promise<StoredWebhook[]> {
  const { store, now, turns } = collector;
  await seeThatStoreIsOurs(store, provider);
  const reading = { store, provider, now, request: { now: now(), maxAgeMs: LIST_MAX_AGE_MS } };
  await turns.run(provider.id, signal, () => readWebhookList(reading, signal));
  return listWebhooks(store.db, { providers: [provider.id] });
}

type TestingProvider = Provider & Required<Pick<Provider, "sendTest">>;

function offersTests(provider: Provider): provider is TestingProvider {
  return provider.capabilities.testDelivery && provider.sendTest !== undefined;
}

/** Throws `TestDeliveryError`. */
function providerOf(collector: Collector, { provider: id }: TestRef): TestingProvider {
  const provider = collector.providers.find((candidate) => candidate.id === id);
  if (provider && offersTests(provider)) return provider;
  const testing = testingProviders(collector).map((one) => providerName(one.id));
  const nextStep =
    testing.length > 0 ? `Those who send tests: ${testing.join(", ")}.` : "Send an event of your own there.";
  throw new TestDeliveryError("not_offered", `${providerName(id)} sends no test deliveries.`, nextStep);
}
