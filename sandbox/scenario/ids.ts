import { decodeTime, encodeTime } from "ulid";
import { mix } from "../provider/random.ts";

const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const TIME_LENGTH = 10;
const INDEX_LENGTH = 7;
const ODD = 0x9e3779b1;
const INVERSE_OF_ODD = inverse(ODD);

/** The ULID of member `index` of a series, with the time `atMs`. `indexIn` reads the index back, so nothing has to be kept. */
export function ulidOf(seriesSeed: number, index: number, atMs: number): string {
  const high = mix(seriesSeed, index);
  const higher = mix(high, 1);
  const hidden = (Math.imul(index, ODD) ^ seriesSeed) >>> 0;
  return encodeTime(atMs, TIME_LENGTH) + crockford(higher, 3) + crockford(high, 6) + crockford(hidden, INDEX_LENGTH);
}

/** Which member of the series this id would be, if it is one of it. `undefined` for what is no ULID. */
export function indexIn(seriesSeed: number, id: string): number | undefined {
  if (!/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(id)) return undefined;
  let hidden = 0;
  for (const letter of id.slice(-INDEX_LENGTH)) hidden = hidden * 32 + CROCKFORD.indexOf(letter);
  if (hidden > 0xffffffff) return undefined;
  return Math.imul((hidden ^ seriesSeed) >>> 0, INVERSE_OF_ODD) >>> 0;
}

/** When the id was made, in milliseconds since 1970. */
export function timeOfUlid(id: string): number {
  return decodeTime(id);
}

function crockford(value: number, length: number): string {
  let text = "";
  let rest = value;
  for (let i = 0; i < length; i++) {
    text = CROCKFORD.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

/** Newton's iteration: each step doubles the number of right bits. */
function inverse(odd: number): number {
  let guess = odd;
  for (let i = 0; i < 5; i++) guess = Math.imul(guess, 2 - Math.imul(odd, guess));
  return guess >>> 0;
}
