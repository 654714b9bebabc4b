/** Which names announce a secret, and which words beside such a name are no secret. Tables, and three questions to them. */

/** How many values were masked so far; rules add to it. */
export interface Tally {
  count: number;
}

export const MASK = "[redacted]";
export const EMAIL_MASK = "[e-mail]";

/** A last word of a name that announces a secret, also as the end of a compound ("authtoken"). */
const TELLING_ENDS =
  /(?:password|passwd|passphrase|passcode|pwd|secrets?|tokens?|signature|credentials?|apikey|accesskey|secretkey|privatekey|signingkey|sharedkey|accountkey|authorization|sessionid|sessionkey|sessid|jwt|hmac|cardnumber|clientassertion|connectionstring)$/;

/** Last words that announce a secret only when they stand by themselves. */
const TELLING_WORDS = new Set(
  "pass pw auth sig pin otp totp ssn cvv cvc cvv2 session cookie cookies bearer csrf xsrf pan iban".split(" "),
);

/** Last two words that announce a secret together. */
const TELLING_PAIRS = new Set(
  (
    "api key,access key,secret key,private key,signing key,encryption key,auth key,account key,shared key,master key," +
    "session id,session key,session data,card number,card no,credit card,client assertion,connection string,connect sid," +
    "authorization code,functions key,subscription key,routing key,integration key,license key,hash key,security code," +
    "recovery code,backup code,verification code,php sessid,j sessionid,social security,security number"
  ).split(","),
);

/** Words that follow a telling one without changing what it tells: `password_confirmation`, `x-hub-signature-256`. */
const TRAILING_WORDS = new Set(
  "confirmation confirm again new old current value string plain plaintext hash hashed digest base hex sha hidden header raw encoded encrypted v".split(
    " ",
  ),
);

/** Words anywhere in a header's name that make its value a secret. */
const HEADER_WORDS =
  /signature|secret|token|apikey|password|passwd|credential|session|authorization|cookie|jwt|hmac|csrf|xsrf|assertion/;
const HEADER_PAIRS = new Set("api key,access key,auth key,functions key,subscription key,private key".split(","));

/** Headers that end in "key" and open nothing: of a request sent twice, of caches, of a WebSocket's handshake. */
const HARMLESS_KEYS = /(?:idempotency|surrogate|cache|public|websocket) ?key$/;

/** Last words of header names whose values describe a secret without being one. */
const HARMLESS_ENDS = new Set(
  "timestamp type expires expiry expiration version algorithm alg method limit remaining reset count length status error name url uri endpoint input headers ttl at age required policy".split(
    " ",
  ),
);

/** Words that tell the state of a secret; beside a telling name they are no secret. */
const STATE_WORDS = new Set(
  (
    "bad blank cannot cant denied deprecated disabled doesnt empty enabled error exists expected expire expired expires fail failed " +
    "failure false forbidden found incorrect insufficient internal invalid invalidated is isnt locked long malformed matched mismatch mismatched missing " +
    "must n/a nil no none not null ok optional pending present provided refused rejected required reset revoked short success successful true unable " +
    "unauthorized undefined unexpected unknown unset unsupported unverified valid verified was were wrong yes"
  ).split(" "),
);

/** Words that go with those in a sentence. */
const COMPANION_WORDS = new Set(
  (
    "a access an and any api application are as at auth authentication authorization basic be bearer been but by can check client code " +
    "configuration configured connection contain contains could credential credentials decode decoded did digest do does exist fetch for format " +
    "from get given granted has have header headers in issued it key length lookup match of on or parameter parse password permission realm " +
    "refresh request scheme scope secret server session should signature the this to token tokens too used user using validate " +
    "validation value verification verify with yet you your"
  ).split(" "),
);

const ALREADY_MASKED = /^(?:\[(?:redacted|e-mail|scrubbed|filtered|masked|hidden|removed)\]|\*{3,}|<redacted>|•{3,})$/i;

/** Words of a name in lower case: `clientSecret`, `client-secret` and `CLIENT_SECRET` are all `client secret`. */
function wordsOf(name: string): string[] {
  const words = name.slice(0, 256).match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? [];
  return words.map((word) => word.toLowerCase());
}

/** Whether a field, parameter or variable of this name holds a secret. */
export function isTellingName(name: string): boolean {
  const words = wordsOf(name);
  while (words.length > 1 && isTrailing(words.at(-1) ?? "")) words.pop();
  const last = words.at(-1);
  if (last === undefined) return false;
  if (TELLING_ENDS.test(last) || TELLING_WORDS.has(last)) return true;
  if (last === "sid") return words.length === 1 || words.at(-2) === "connect";
  return TELLING_PAIRS.has(`${words.at(-2) ?? ""} ${last}`);
}

function isTrailing(word: string): boolean {
  return TRAILING_WORDS.has(word) || (word.charCodeAt(0) >= 0x30 && word.charCodeAt(0) <= 0x39);
}

/** Whether an HTTP header of this name carries a secret. Wider than `isTellingName`: one telling word anywhere is enough, or a key at its end. */
export function isTellingHeader(name: string): boolean {
  if (isTellingName(name)) return true;
  const words = wordsOf(name);
  const bare = words.join(" ").replace(/(?: (?:\d+|v))+$/, "");
  if (bare.endsWith("key") && !HARMLESS_KEYS.test(bare)) return true;
  if (HARMLESS_ENDS.has(words.at(-1) ?? "")) return false;
  if (words.some((word) => HEADER_WORDS.test(word))) return true;
  return words.some((word, index) => HEADER_PAIRS.has(`${words[index - 1] ?? ""} ${word}`));
}

/** Whether a name counts things rather than holding one: `"tokens": 4096`. */
export function isCountingName(name: string): boolean {
  const last = wordsOf(name).at(-1) ?? "";
  return last === "tokens" || last === "secrets" || last === "pass" || last === "cookies";
}

export function isCookieName(name: string): boolean {
  return /^(?:set-)?cookies?2?$/i.test(name);
}

/** Whether a value beside a telling name tells a state ("expired", "is not valid", "null", a mask) instead of a secret. */
export function isHarmlessValue(value: string): boolean {
  if (value.length > 160) return false;
  const trimmed = value.trim();
  if (trimmed === "" || ALREADY_MASKED.test(trimmed)) return true;
  const words = proseWords(trimmed);
  return words.length > 0 && words.every(isProseWord) && words.some((word) => STATE_WORDS.has(word));
}

/** Whether words of everyday error messages are all there is: "authentication", "token expired". */
export function isProse(text: string): boolean {
  const words = text.length > 160 ? [] : proseWords(text);
  return words.length > 0 && words.every(isProseWord);
}

function proseWords(text: string): string[] {
  const plain = text.toLowerCase().replaceAll(/['’]/g, "");
  return plain.split(/[\s_.,;:!?-]/).filter((word) => word !== "");
}

function isProseWord(word: string): boolean {
  return STATE_WORDS.has(word) || COMPANION_WORDS.has(word);
}
