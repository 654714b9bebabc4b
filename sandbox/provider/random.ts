/** Seeded chance: the same seed tells the same story. */
export interface Random {
  /** From 0 (inclusive) to 1 (exclusive). */
  next(): number;
  /** A whole number from `min` to `max`, both inclusive. */
  int(min: number, max: number): number;
  pick<T>(choices: readonly T[]): T;
  chance(probability: number): boolean;
  /** `length` characters of `alphabet`. */
  text(alphabet: string, length: number): string;
}

/** mulberry32: 32 bits of state, quick, and good enough to play with. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
  function int(min: number, max: number): number {
    return min + Math.floor(next() * (max - min + 1));
  }
  return {
    next,
    int,
    pick: (choices) => pickFrom(choices, next()),
    chance: (probability) => next() < probability,
    text: (alphabet, length) => Array.from({ length }, () => alphabet.charAt(int(0, alphabet.length - 1))).join(""),
  };
}

/** One seed out of many parts. */
export function seedOf(...parts: readonly (string | number)[]): number {
  let seed = 0x811c9dc5;
  for (const part of parts) {
    if (typeof part === "number") {
      seed = mix(seed, part >>> 0);
      continue;
    }
    for (let i = 0; i < part.length; i++) seed = Math.imul(seed ^ part.charCodeAt(i), 0x01000193) >>> 0;
    seed = mix(seed, part.length);
  }
  return seed;
}

/** The `index`-th seed below `seed`: every member of a long series can be had by itself. */
export function mix(seed: number, index: number): number {
  let mixed = (seed ^ Math.imul(index + 1, 0x9e3779b1)) >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** From 0 (inclusive) to 1 (exclusive). */
export function fractionOf(seed: number): number {
  return seed / 4_294_967_296;
}

/** In another order, the same for the same `random`. */
export function shuffled<T>(values: readonly T[], random: Random): T[] {
  return values
    .map((value) => ({ value, key: random.next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ value }) => value);
}

function pickFrom<T>(choices: readonly T[], fraction: number): T {
  const choice = choices[Math.floor(fraction * choices.length)];
  if (choice === undefined) throw new RangeError("there is nothing to pick from");
  return choice;
}
