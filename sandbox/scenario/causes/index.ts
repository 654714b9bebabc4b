import { APPLICATION_CAUSES } from "./applications.ts";
import type { ScenarioCause } from "./cause.ts";
import { GATEWAY_CAUSES } from "./gateways.ts";
import { REFUSAL_CAUSES } from "./refusals.ts";
import { SILENCE_CAUSES } from "./silences.ts";

/** Every cause that a scenario can have. */
export const CAUSES: readonly ScenarioCause[] = [
  ...GATEWAY_CAUSES,
  ...REFUSAL_CAUSES,
  ...APPLICATION_CAUSES,
  ...SILENCE_CAUSES,
];

const BY_NAME = new Map(CAUSES.map((cause) => [cause.name, cause]));

export function isCauseName(name: string): boolean {
  return BY_NAME.has(name);
}

/** @throws RangeError for a name that is not in `CAUSES`; its message lists those that are. */
export function causeNamed(name: string): ScenarioCause {
  const cause = BY_NAME.get(name);
  if (!cause) throw new RangeError(`no cause is named ${name}; there are: ${[...BY_NAME.keys()].join(", ")}`);
  return cause;
}
