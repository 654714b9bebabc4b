const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const KSUID = /^[0-9A-Za-z]{27}$/;
const PAYLOAD_BITS = 128n;
/** 14 May 2014, from which KSUIDs count their seconds. */
const EPOCH_S = 1_400_000_000;
const EARLIEST_MS = Date.UTC(2020, 0, 1);
const LATEST_MS = Date.UTC(2100, 0, 1);

/**
 * The second in which an id was made, if it is a KSUID (https://github.com/segmentio/ksuid): ConductorOne's ids have the form of
 * one, which is not documented, so a time that cannot be is none.
 */
export function timeOfKsuid(id: string): Date | undefined {
  if (!KSUID.test(id)) return undefined;
  let value = 0n;
  for (const character of id) value = value * 62n + BigInt(ALPHABET.indexOf(character));
  const atMs = (Number(value >> PAYLOAD_BITS) + EPOCH_S) * 1000;
  return atMs >= EARLIEST_MS && atMs < LATEST_MS ? new Date(atMs) : undefined;
}
