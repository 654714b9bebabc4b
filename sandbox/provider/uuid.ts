import { randomFrom } from "./random.ts";

/** A UUID of version 4 that belongs to `seed`. */
export function uuidOf(seed: number): string {
  const hex = randomFrom(seed).text("0123456789abcdef", 32);
  const variant = "89ab".charAt(seed % 4);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}
