import type { Variables } from "../config/read/variables.ts";
import type { Log } from "../ops/log.ts";
import type { Budget } from "./budget.ts";
import type { Clock } from "./clock.ts";
import type { OnRequest } from "./http.ts";
import type { Provider } from "./provider.ts";

/**
 * All that the rest of the house is told of a provider: which variables set it up, and how it is made. Its variables begin with its id
 * in capitals and an underscore.
 */
export interface ProviderDefinition<Settings> {
  /** Those of its variables whose values are credentials. They are masked everywhere. */
  secrets: readonly SecretVariable[];
  /**
   * Asked where any of its variables is set. `undefined` where they do not suffice; whatever is wrong with them is noted as faults, all
   * at once.
   */
  readSettings(variables: Variables): Settings | undefined;
  create(settings: Settings, parts: CreateParts): Provider;
}

export interface SecretVariable {
  name: string;
  /** Where HTTP's Basic scheme carries it: the user's variable, and what is sent behind the user's name. */
  basic?: { user: string; suffix?: string };
}

export interface CreateParts {
  clock: Clock;
  /** Told of what cannot be read and is left out. */
  log: Pick<Log, "warn">;
  onRequest: OnRequest;
  /** What its reads are paid from. */
  budget: Budget;
}

/** Definitions by the providers' ids, from each id's settings. */
export type Definitions<Settings> = { readonly [Id in keyof Settings]: ProviderDefinition<Settings[Id]> };

/** Each id's settings, from definitions. */
export type SettingsOf<Defined> = {
  [Id in keyof Defined]: Defined[Id] extends ProviderDefinition<infer Settings> ? Settings : never;
};
