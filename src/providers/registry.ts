import type { Log } from "../ops/log.ts";
import type { Metrics } from "../ops/metrics.ts";
import { type Clock, systemClock } from "./clock.ts";
import { createConductorOneProvider } from "./conductorone/provider.ts";
import type { ConductorOneSettings } from "./conductorone/settings.ts";
import type { OnRequest } from "./http.ts";
import type { Provider } from "./provider.ts";
import { createZendeskProvider } from "./zendesk/provider.ts";
import type { ZendeskSettings } from "./zendesk/settings.ts";

/** What is set up; a provider without settings is not there. */
export interface ProviderSettings {
  zendesk?: ZendeskSettings;
  conductorone?: ConductorOneSettings;
}

/** The log, and those parts of the clock that are not the system's. */
export interface ProviderParts extends Partial<Clock> {
  log: Pick<Log, "warn" | "debug">;
  metrics?: Pick<Metrics, "providerRequests" | "providerRequestSeconds">;
}

/** Every provider that is set up, one line each. */
export function createProviders(
  { zendesk, conductorone }: ProviderSettings,
  { log, metrics, ...parts }: ProviderParts,
): Provider[] {
  const clock: Clock = { ...systemClock, ...parts };
  const counting =
    (provider: string): OnRequest =>
    (outcome, seconds, request) => {
      metrics?.providerRequests.inc({ provider, outcome });
      metrics?.providerRequestSeconds.observe({ provider }, seconds);
      log.debug({ provider, request, outcome, durationMs: Math.round(seconds * 1000) }, "asked a provider");
    };
  return [
    zendesk && createZendeskProvider(zendesk, { clock, log, onRequest: counting("zendesk") }),
    conductorone && createConductorOneProvider(conductorone, { clock, log, onRequest: counting("conductorone") }),
  ].filter((provider) => provider !== undefined);
}
