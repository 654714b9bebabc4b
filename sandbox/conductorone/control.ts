import type { Hono } from "hono";
import { createControl } from "../provider/control.ts";
import type { Faults } from "../provider/faults.ts";
import { FAULT_KINDS, type FaultKind } from "./faults.ts";
import type { Mishaps } from "./mishaps.ts";
import { STORY_CAUSES } from "./story/cause.ts";
import type { Story } from "./story/story.ts";

export interface ControlParts {
  story: Story;
  mishaps: Mishaps;
  faults: Faults<FaultKind>;
  now: () => Date;
}

/** What every provider's sandbox has, in the words of this one. */
export function createConductorOneControl({ story, mishaps, faults, now }: ControlParts): Hono {
  return createControl({
    webhooks() {
      const nowMs = now().getTime();
      return story.webhooks.map(({ id, name, use, incidents }) => {
        const going = incidents.filter(({ fromMs, toMs }) => fromMs <= nowMs && (toMs === undefined || toMs > nowMs));
        return { id, name, use, failing: going.map(({ cause }) => cause) };
      });
    },
    causes: STORY_CAUSES.map(({ name, category, attempts }) => ({ name, category, attempts })),
    faultKinds: FAULT_KINDS,
    faults,
    mishaps,
    largestStorm: 10_000,
  });
}
