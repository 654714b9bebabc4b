/** Names of what people quote in a sentence. */
const NOUN = /(?:pass(?:word|wd|code|phrase)|pwd|tokens?|secrets?|key|apikey|credentials?)$/i;

const VERB = / {1,4}(?:(?:is|was|of|value|provided|given):? {1,4})?/iy;
const QUOTED = /(\\{0,7}["'`“‘])([^\s"'`\\<>,:{}[\]”’][^\s"'`\\<>”’]{3,255})\\{0,7}["'`”’]/y;
const BARE = /[A-Za-z0-9_+/=.~-]{6,4096}(?=[\s"'`,;!?)\]}<\\…]|$)/y;

/** Algorithms, protocols, versions and dates hold letters and digits as well. */
const NO_SECRET = /^(?:(?:hmac|sha|md5|rsa|ecdsa|ed25519|base64|aes|x509|oauth|http|tls|utf|iso|v\d)|\d{4}-\d\d-\d\d)/i;

/**
 * The value that a sentence quotes behind the name of a secret: `Password 'hunter2' is wrong`, `the api key is 9f8e7d`. It
 * holds a digit, which words do not. `undefined` where there is none.
 */
export function valueInSentence(
  text: string,
  name: { text: string; to: number },
): { from: number; to: number } | undefined {
  if (!NOUN.test(name.text)) return undefined;
  VERB.lastIndex = name.to;
  const gap = VERB.exec(text)?.[0].length ?? 0;
  if (gap === 0) return undefined;
  const at = name.to + gap;
  QUOTED.lastIndex = at;
  const [, mark = "", quoted = ""] = QUOTED.exec(text) ?? [];
  if (/\d/.test(quoted)) return { from: at + mark.length, to: at + mark.length + quoted.length };
  BARE.lastIndex = at;
  const bare = (BARE.exec(text)?.[0] ?? "").replace(/\.$/, "");
  const isSecret = /\d/.test(bare) && /[A-Za-z]/.test(bare) && !NO_SECRET.test(bare);
  return isSecret ? { from: at, to: at + bare.length } : undefined;
}
