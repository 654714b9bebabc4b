import type { Definitions } from "../providers/definition.ts";
import { providerName } from "../triage/provider-name.ts";
import type { Variables } from "./read/variables.ts";

/** A fault is told of a variable: where none is set, of the one that README begins with. */
const VARIABLE_TO_BEGIN_WITH = "ZENDESK_SUBDOMAIN";

/** The settings of the providers that are set up. What is wrong with them, or that there are none, is noted as faults. */
export function readProviders<Settings>(definitions: Definitions<Settings>, variables: Variables): Partial<Settings> {
  const settings: Partial<Settings> = {};
  const ids: string[] = [];
  let isAnySet = false;
  for (const id in definitions) {
    ids.push(id);
    if (!variables.hasAny(`${id.toUpperCase()}_`)) continue;
    isAnySet = true;
    settings[id] = definitions[id].readSettings(variables);
  }
  if (!isAnySet) variables.fault(VARIABLE_TO_BEGIN_WITH, "no provider is configured", `set ${oneOrMoreOf(ids)}`);
  return settings;
}

/** `Zendesk's variables, or ConductorOne's, or both` */
function oneOrMoreOf([first = "", ...others]: string[]): string {
  const all = others.length === 1 ? "both" : "several";
  const rest = others.length === 0 ? [] : [...others.map((id) => `${providerName(id)}'s`), all];
  return [`${providerName(first)}'s variables`, ...rest].join(", or ");
}
