import { mix } from "../provider/random.ts";

/** What ids look like at ConductorOne, and what a refusal of another id names: https://github.com/ConductorOne/c1i */
export const ID_PATTERN = "^[a-zA-Z0-9]{27}$";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const LENGTH = 27;
const PAYLOAD_BITS = 128n;
/** Seconds: https://github.com/segmentio/ksuid counts from here. */
const EPOCH_SECONDS = 1_400_000_000;

/** The KSUID that belongs to `seed`, made in the second of `atMs`: ids sort by that second. */
export function ksuidOf(seed: number, atMs: number): string {
  let value = BigInt(Math.floor(atMs / 1000) - EPOCH_SECONDS);
  for (let i = 0; i < 4; i++) value = (value << 32n) | BigInt(mix(seed, i));
  let text = "";
  for (let i = 0; i < LENGTH; i++) {
    text = ALPHABET.charAt(Number(value % 62n)) + text;
    value /= 62n;
  }
  return text;
}

/** When the id was made, in milliseconds since 1970, to the second. */
export function timeOfKsuid(id: string): number {
  let value = 0n;
  for (const letter of id) value = value * 62n + BigInt(ALPHABET.indexOf(letter));
  return (Number(value >> PAYLOAD_BITS) + EPOCH_SECONDS) * 1000;
}

export function isId(text: string): boolean {
  return new RegExp(ID_PATTERN).test(text);
}
