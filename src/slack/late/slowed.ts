import type { Collector } from "../../collect/collector.ts";
import { type HeldBack, heldBack } from "../../collect/held-back.ts";
import type { Slowed } from "../views/late.ts";

/** How far the reading of one provider is, in webhooks or in attempts. */
export interface Stage {
  provider: string;
  read: number;
  of: number;
}

/** What is known of a reading whose end is to be estimated. */
export interface Going {
  /** Those of which something is left; their providers alone where nobody knows how much. */
  stages: readonly (Stage | { provider: string })[];
  /** Since the stage began. Milliseconds. */
  elapsedMs: number;
  until: Date;
}

/** Which provider's budget a reading has to wait for, and for how long; of several the slowest. `undefined`: it is not a budget that slows it. */
export async function slowedBy(
  { store, now }: Pick<Collector, "store" | "now">,
  { stages, elapsedMs, until }: Going,
): Promise<Slowed | undefined> {
  const at = now();
  let slowest: { held: HeldBack; moreMs?: number } | undefined;
  for (const stage of stages) {
    const held = await heldBack(store.db, stage.provider, at, "of" in stage ? leftOf(stage) : 1);
    if (!held) continue;
    const moreMs = "of" in stage ? estimateMs(stage, elapsedMs, held, at) : undefined;
    if (!slowest || (moreMs ?? 0) > (slowest.moreMs ?? 0)) slowest = { held, ...(moreMs !== undefined && { moreMs }) };
  }
  if (!slowest) return undefined;
  const { held, moreMs } = slowest;
  const { provider, limitPerMinute, isTold } = held;
  if (moreMs === undefined) return { provider, limitPerMinute, isTold };
  const left = {
    minutes: Math.max(1, Math.ceil(moreMs / MINUTE_MS)),
    isInTime: at.getTime() + moreMs <= until.getTime(),
  };
  return { provider, limitPerMinute, isTold, left };
}

/**
 * What is left costs one request each at the least, and more where what was read so far cost more. Once nobody waits for it, it leaves a
 * fifth of the limit to those who may come.
 */
export function estimateMs(
  { read, of }: Pick<Stage, "read" | "of">,
  elapsedMs: number,
  { limitPerMinute, pausedUntil }: Pick<HeldBack, "limitPerMinute" | "pausedUntil">,
  now: Date,
): number {
  const left = leftOf({ read, of });
  const perMinute = limitPerMinute - Math.floor(limitPerMinute * KEPT_FOR_PEOPLE);
  const atTheLeast = (left / perMinute) * MINUTE_MS;
  const asSoFar = read > 0 ? (elapsedMs / read) * left : 0;
  const pausedMs = pausedUntil ? Math.max(0, pausedUntil.getTime() - now.getTime()) : 0;
  return pausedMs + Math.max(atTheLeast, asSoFar);
}

/** Requests at the least. */
function leftOf({ read, of }: Pick<Stage, "read" | "of">): number {
  return Math.max(1, of - read);
}

const MINUTE_MS = 60_000;
/** As the budget keeps it. */
const KEPT_FOR_PEOPLE = 0.2;
