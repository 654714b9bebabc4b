import fc from "fast-check";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

function digest(characters: string, length: number): fc.Arbitrary<string> {
  return fc
    .array(fc.constantFrom(...characters), { minLength: length, maxLength: length })
    .map((parts) => parts.join(""))
    .filter((text) => (text.match(/\d/g)?.length ?? 0) >= 3 && /[A-Za-z]/.test(text));
}

const date = fc.date({
  min: new Date("2001-01-01T00:00:00Z"),
  max: new Date("2039-12-31T00:00:00Z"),
  noInvalidDate: true,
});
const octets = fc.ipV4();
const port = fc.integer({ min: 1024, max: 65_535 });
const label = fc.stringMatching(/^[a-z]{3,10}$/);
const host = fc.tuple(label, label, fc.constantFrom("com", "net", "org", "io", "dev")).map((parts) => parts.join("."));
const path = fc.tuple(label, fc.nat({ max: 99_999 })).map(([word, id]) => `/v1/${word}/${id}`);

/** What varies from one answer to the next of the same cause, kind by kind. */
export const VARYING: Record<string, fc.Arbitrary<string>> = {
  UUIDs: fc.uuid(),
  ULIDs: fc.ulid(),
  KSUIDs: digest(ALPHABET, 27),
  "hexadecimal ids": digest("0123456789abcdef", 32),
  "base64url ids": digest(`${ALPHABET}_`, 22).map((text) => `a${text}9`),
  "ids with a prefix": digest(ALPHABET, 24).map((text) => `evt_${text}`),
  "long decimal ids": fc.bigInt({ min: 100_000_000_000_000_000n, max: 999_999_999_999_999_999n }).map(String),
  "trace ids": fc
    .tuple(digest("0123456789abcdef", 32), digest("0123456789abcdef", 16))
    .map(([one, two]) => `00-${one}-${two}-01`),
  "IPv4 addresses": octets,
  "IPv4 addresses with ports": fc.tuple(octets, port).map(([ip, at]) => `${ip}:${at}`),
  "IPv6 addresses": fc
    .array(fc.integer({ min: 0x1000, max: 0xffff }), { minLength: 8, maxLength: 8 })
    .map((parts) => parts.map((part) => part.toString(16)).join(":")),
  "RFC 1123 times": date.map((at) => at.toUTCString()),
  "RFC 3339 times": date.map((at) => at.toISOString()),
  "Unix times": date.map((at) => String(Math.floor(at.getTime() / 1000)).padStart(10, "1")),
  versions: fc.tuple(fc.nat(99), fc.nat(99), fc.nat(99)).map((parts) => parts.join(".")),
  hosts: host,
  "hosts with ports": fc.tuple(host, port).map(([name, at]) => `${name}:${at}`),
  addresses: fc.tuple(host, path).map(([name, at]) => `https://${name}${at}?page=2`),
  paths: path,
  "e-mail addresses": fc.tuple(label, host).map(([name, at]) => `${name}@${at}`),
  counts: fc.integer({ min: 1000, max: 9_999_999 }).map(String),
  "durations in short": fc
    .tuple(fc.integer({ min: 1, max: 99_999 }), fc.constantFrom("ms", "s"))
    .map((parts) => parts.join("")),
  "durations in words": fc
    .tuple(fc.integer({ min: 2, max: 99_999 }), fc.constantFrom("seconds", "ms", "minutes"))
    .map((parts) => parts.join(" ")),
};
