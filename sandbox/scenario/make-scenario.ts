import { seedOf } from "../provider/random.ts";
import type { Scenario, ScenarioSize, ScenarioWebhook } from "./scenario.ts";
import { demoWebhooks } from "./sizes/demo.ts";
import { floodWebhooks, quietWebhooks, stormWebhooks } from "./sizes/extremes.ts";
import { triageWebhooks } from "./sizes/triage.ts";

export interface ScenarioOptions {
  seed: number;
  /** The scenario is made so that this instant is its present; it reads no clock. */
  now: Date;
  /** `demo` when absent. */
  size?: ScenarioSize;
  /** Of size `flood` only: how many invocations there are in the 7 days; 100,000 when absent. */
  invocations?: number;
}

/** The same options make the same scenario, byte for byte. */
export function makeScenario({ seed, now, size = "demo", invocations = 100_000 }: ScenarioOptions): Scenario {
  const wholeSecond = new Date(Math.floor(now.getTime() / 1000) * 1000);
  return {
    seed,
    size,
    madeAt: wholeSecond,
    account: { id: String(10_000_000 + (seedOf(seed, "account") % 9_000_000)), subdomain: "hooktriage-sandbox" },
    webhooks: webhooksOf(size, seed, wholeSecond, invocations),
  };
}

function webhooksOf(size: ScenarioSize, seed: number, now: Date, invocations: number): ScenarioWebhook[] {
  switch (size) {
    case "demo":
      return demoWebhooks(seed, now);
    case "triage":
      return triageWebhooks(seed, now);
    case "quiet":
      return quietWebhooks(seed, now);
    case "flood":
      return floodWebhooks(seed, now, invocations);
    case "storm":
      return stormWebhooks(seed, now);
    default:
      return size satisfies never;
  }
}
