import type { Log } from "../ops/log.ts";
import type { Metrics } from "../ops/metrics.ts";
import { type Budget, NO_LIMIT } from "./budget.ts";
import { type Clock, systemClock } from "./clock.ts";
import { conductorone } from "./conductorone/definition.ts";
import type { Definitions, SettingsOf } from "./definition.ts";
import type { OnRequest } from "./http.ts";
import type { Provider } from "./provider.ts";
import { zendesk } from "./zendesk/definition.ts";

/** Every provider there is, by its id. A new one is one folder here, and its definition in this line. */
export const DEFINITIONS = { zendesk, conductorone };

/** The settings of every provider there is, by its id. */
export type AllSettings = SettingsOf<typeof DEFINITIONS>;

/** The log, and those parts of the clock that are not the system's. */
export interface ProviderParts extends Partial<Clock> {
  log: Pick<Log, "warn" | "debug">;
  /** What each one's reads are paid from, by its id; without a limit where none is given. */
  budgets?: Readonly<Record<string, Budget>>;
  metrics?: Pick<Metrics, "providerRequests" | "providerRequestSeconds">;
}

/** Every provider that is set up; one without settings is not there. */
export function createProviders(settings: Partial<AllSettings>, parts: ProviderParts): Provider[] {
  return createDefined(DEFINITIONS, settings, parts);
}

/** The same with other definitions. */
export function createDefined<Settings>(
  definitions: Definitions<Settings>,
  settings: Partial<Settings>,
  { log, metrics, budgets, ...parts }: ProviderParts,
): Provider[] {
  const clock: Clock = { ...systemClock, ...parts };
  const counting =
    (provider: string): OnRequest =>
    (outcome, seconds, request) => {
      metrics?.providerRequests.inc({ provider, outcome });
      metrics?.providerRequestSeconds.observe({ provider }, seconds);
      log.debug({ provider, request, outcome, durationMs: Math.round(seconds * 1000) }, "asked a provider");
    };
  const providers: Provider[] = [];
  for (const id in definitions) {
    const own = settings[id];
    if (own !== undefined)
      providers.push(
        definitions[id].create(own, { clock, log, onRequest: counting(id), budget: budgets?.[id] ?? NO_LIMIT }),
      );
  }
  return providers;
}
