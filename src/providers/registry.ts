import type { Log } from "../ops/log.ts";
import { type Clock, systemClock } from "./clock.ts";
import type { Provider } from "./provider.ts";
import { createZendeskProvider } from "./zendesk/provider.ts";
import type { ZendeskSettings } from "./zendesk/settings.ts";

/** What is set up; a provider without settings is not there. */
export interface ProviderSettings {
  zendesk?: ZendeskSettings;
}

/** The log, and those parts of the clock that are not the system's. */
export interface ProviderParts extends Partial<Clock> {
  log: Pick<Log, "warn">;
}

/** Every provider that is set up, one line each. */
export function createProviders({ zendesk }: ProviderSettings, { log, ...parts }: ProviderParts): Provider[] {
  const clock: Clock = { ...systemClock, ...parts };
  return [zendesk && createZendeskProvider(zendesk, { clock, log })].filter((provider) => provider !== undefined);
}
