import type { Incident } from "../scenario.ts";

const HOUR_MS = 3_600_000;

/** `count` failures (successes where `cause` is undefined) spread over `hours` hours, the first one `startHoursAgo` before `now`. */
export function pastIncident(
  cause: string | undefined,
  count: number,
  now: Date,
  startHoursAgo: number,
  hours: number,
  share = 1,
): Incident {
  const start = new Date(now.getTime() - Math.round(startHoursAgo * HOUR_MS));
  const lastsMs = Math.round(hours * HOUR_MS);
  const end = new Date(start.getTime() + lastsMs);
  const key = `${cause ?? "success"}@${start.toISOString()}`;
  return { key, ...(cause === undefined ? {} : { cause }), start, end, everyMs: lastsMs / count, count, share };
}

/** `count` failures since `startHoursAgo`, and more at the same pace after `now`. */
export function ongoingIncident(cause: string, count: number, now: Date, startHoursAgo: number, share = 1): Incident {
  const lastedMs = Math.round(startHoursAgo * HOUR_MS);
  const start = new Date(now.getTime() - lastedMs);
  return { key: `${cause}@${start.toISOString()}`, cause, start, everyMs: lastedMs / count, share };
}
