import { mix } from "../../provider/random.ts";

/**
 * Protobuf's JSON: https://protobuf.dev/programming-guides/json/. Fields that are `undefined` here are null or absent on the wire:
 * the schemas allow both, and which it is follows from the seed.
 */
export function message(seed: number, fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  for (const [position, [key, value]] of Object.entries(fields).entries()) {
    if (value !== undefined) shown[key] = value;
    else if (mix(seed, 200 + position) % 2 === 0) shown[key] = null;
  }
  return shown;
}

/** A member of a oneof, sometimes with another one as null beside it. */
export function oneOf(
  seed: number,
  chosen: string,
  value: Record<string, unknown>,
  others: readonly string[],
): Record<string, unknown> {
  const shown: Record<string, unknown> = { [chosen]: value };
  for (const [position, other] of others.entries()) {
    if (other !== chosen && mix(seed, 300 + position) % 3 === 0) shown[other] = null;
  }
  return shown;
}

/** RFC 3339 in UTC, with the microseconds that the servers write; the last three are chance. */
export function timestamp(atMs: number): string {
  const micros = String(mix(atMs >>> 0, 5) % 1_000).padStart(3, "0");
  return new Date(atMs).toISOString().replace("Z", `${micros}Z`);
}

/** A protobuf duration. */
export function duration(ms: number): string {
  return `${ms / 1000}s`;
}
