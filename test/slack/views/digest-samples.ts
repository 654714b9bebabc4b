import type { ListedDigest } from "../../../src/slack/views/digest-list.ts";
import type { DigestSubscription } from "../../../src/triage/digest/subscription.ts";
import { NOW } from "./sample.ts";

export const NEXT = new Date("2026-11-23T08:00:00Z");
export const FRAME = { command: "/hooks", channel: "C024BE7LR" };

export function digest(changes: Partial<DigestSubscription> = {}): DigestSubscription {
  return {
    id: "01KAJ0000000000000000000000",
    channel: "C024BE7LR",
    schedule: { days: "weekdays", minuteOfDay: 540, timeZone: "Europe/Berlin" },
    terms: "",
    allClear: "line",
    createdBy: "U024BE7LH",
    createdAt: NOW,
    ...changes,
  };
}

export function listed(changes: Partial<ListedDigest> = {}): ListedDigest {
  return { digest: digest(), number: 1, nextAt: NEXT, ...changes };
}
