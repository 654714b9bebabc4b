const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const EPOCH_S = 1_400_000_000;

/** A KSUID of that second. `number` tells ids of one second apart. */
export function idAt(atMs: number, number = 0): string {
  let value = (BigInt(Math.floor(atMs / 1000) - EPOCH_S) << 128n) + BigInt(number);
  let id = "";
  for (let position = 0; position < 27; position += 1) {
    id = ALPHABET.charAt(Number(value % 62n)) + id;
    value /= 62n;
  }
  return id;
}
