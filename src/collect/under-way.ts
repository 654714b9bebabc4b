import { type ProviderState, readProviderStates } from "../store/provider-states.ts";
import { matchesProvider } from "../triage/match.ts";
import { providerName } from "../triage/provider-name.ts";
import type { Collector, FreshenRequest } from "./collector.ts";
import { type Freshness, reportFreshness } from "./freshness.ts";
import type { ProviderFault } from "./reading/reading.ts";
import { maxAgesFor } from "./reading/scarcity.ts";

/**
 * What the store knows by now of a question that is being read: what is missing is told as still being read, or since when its
 * provider fails. Costs no request, and nothing of it is a fault.
 */
export async function reviewUnderWay({ store, providers }: Collector, request: FreshenRequest): Promise<Freshness> {
  const asked = providers.filter((provider) => matchesProvider(request.query, provider.id));
  const states = await readProviderStates(store.db);
  const unfinished = asked.map(({ id }): ProviderFault => {
    const reason = reasonOf(states.find(({ provider }) => provider === id));
    return { provider: id, webhookId: null, reason, isFinal: false };
  });
  const maxAges = await maxAgesFor(store, asked, request);
  const report = await reportFreshness(store, asked, request, unfinished, new Map(), maxAges);
  return { ...report, faults: [], notes: [] };
}

/** Nobody can tell yet whether a provider that fails goes on failing. */
function reasonOf(state: ProviderState | undefined): string {
  if (state?.failingSince === undefined) return "Still being read.";
  const minute = `${state.failingSince.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  return `${providerName(state.provider)} could not be read so far, failing since ${minute}.`;
}
