import { EMAIL_MASK, isProse, MASK, type Tally } from "./names.ts";

/**
 * Tokens that are known by their shape, wherever they stand. Each is a literal beginning and a run with nothing after it, so
 * that no text makes the search go back. Sources: the secret-scanning pages of the services themselves, such as
 * https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns
 */
const ANYWHERE = [
  /xox[a-z](?:\.xox[a-z])?-[\w-]{6,}/, // Slack
  /xapp-\d-[\w-]{6,}/, // Slack, app level
  /gh[pousr]_[A-Za-z0-9]{16,}/, // GitHub
  /github_pat_\w{16,}/,
  /(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}/, // AWS key ids
  /AIza[\w-]{30,}/, // Google API key
  /ya29\.[\w.-]{16,}/, // Google access token
  /GOCSPX-[\w-]{16,}/,
  /[rs]k_(?:live|test)_[A-Za-z0-9]{8,}/, // Stripe
  /whsec_[\w+/=-]{8,}/, // Stripe and Standard Webhooks signing secrets
  /secret-token:[\w.:%~+/=-]{4,}/, // RFC 8959, ConductorOne
  /npm_[A-Za-z0-9]{30,}/,
  /gl(?:pat|ptt|rt|dt|cbt|soat|ft)-[\w.-]{16,}/, // GitLab
  /shp(?:at|ca|pa|ss)_[a-fA-F0-9]{24,}/, // Shopify
  /do[opr]_v1_[a-f0-9]{32,}/, // DigitalOcean
  /SG\.[\w-]{16,}(?:\.[\w-]{1,128})?/, // SendGrid
  /ATATT3[\w=-]{24,}/, // Atlassian
  /pypi-AgE[\w-]{24,}/,
  /sntry[su]_[\w=+/-]{24,}/, // Sentry
  /hv[sbr]\.[\w-]{24,}/, // Vault
  /NRAK-[A-Z0-9]{20,}/, // New Relic
  /lin_api_[A-Za-z0-9]{24,}/,
  /sq0(?:atp|csp|idp)-[\w-]{20,}/, // Square
  /PMAK-[a-f0-9-]{24,}/, // Postman
];

/** Shapes whose beginning is part of ordinary words: only where no letter or digit stands before them. */
const ALONE =
  /(?:sk-[\w-]{20,}|hf_[A-Za-z0-9]{30,}|ntn_[A-Za-z0-9]{30,}|dapi[a-f0-9]{32,}|SK[a-f0-9]{32}|key-[a-f0-9]{32}|EAA[A-Za-z0-9]{24,}|pat[A-Za-z0-9]{14}\.[a-f0-9]{32,})/g;

const SHAPES = new RegExp(ANYWHERE.map((shape) => shape.source).join("|"), "g");

/** What follows an authentication scheme in a sentence or a header. */
const SCHEMES = /(bearer|basic)((?:[ \t+]|%20|\\u0020|\r?\n[ \t]){1,4})([\w~+/.=%-]{6,})/gi;

/** A payment card's number, in one piece or in groups. https://en.wikipedia.org/wiki/Payment_card_number */
const CARDS = /(?<![\w.-])(?:[456]\d{3}|2[2-7]\d\d|3[47]\d\d)(?:[ -]?\d{4,6}){2}(?:[ -]?\d{4})?(?![\w-]|\.\d)/g;

export function maskShapes(text: string, tally: Tally): string {
  const masked = text.replace(SHAPES, () => mask(tally));
  return masked.replace(ALONE, (token: string, at: number) => (startsWord(masked, at) ? mask(tally) : token));
}

/** `Bearer …` and `Basic …`, the scheme kept. Prose ("Basic authentication is required") and `Bearer realm="…"` stay. */
export function maskSchemes(text: string, tally: Tally): string {
  return text.replace(SCHEMES, (whole: string, scheme: string, gap: string, token: string, at: number) => {
    if (!startsWord(text, at) || !looksLikeToken(token, scheme.toLowerCase() === "basic" ? 20 : 12)) return whole;
    const next = text[at + whole.length];
    if (token.endsWith("=") && (next === '"' || next === "'" || next === "\\")) return whole;
    if (/^\w{2,12}=\w/.test(token)) return whole;
    return scheme + gap + mask(tally);
  });
}

const SCHEME_BEFORE_CREDENTIALS =
  /(?:bearer|basic|digest|token|apikey|api-key|negotiate|ntlm|hmac|hawk|oauth|dpop|splunk|key|sharedkey(?:lite)?|aws4-[\w-]{1,32}|goog4-[\w-]{1,32})(?:[ \t]|%20|\+|\r?\n[ \t]){1,4}/iy;

/** The authentication scheme at `at`, with the blanks behind it: it tells much and gives no access. Empty where there is none. */
export function schemeOf(text: string, at = 0): string {
  SCHEME_BEFORE_CREDENTIALS.lastIndex = at;
  return SCHEME_BEFORE_CREDENTIALS.exec(text)?.[0] ?? "";
}

/** Letters alone are prose, unless there are too many of them for a word. */
function looksLikeToken(token: string, longestWord: number): boolean {
  if (isProse(token)) return false;
  return /\d/.test(token) || /[a-z][A-Z]/.test(token) || token.length >= longestWord;
}

export function maskCards(text: string, tally: Tally): string {
  return text.replace(CARDS, (digits: string) => (passesLuhn(digits) ? mask(tally) : digits));
}

/** https://en.wikipedia.org/wiki/Luhn_algorithm */
function passesLuhn(text: string): boolean {
  const digits = text.replaceAll(/\D/g, "");
  if (digits.length !== (digits.startsWith("3") ? 15 : 16)) return false;
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** JSON Web Tokens, cut-off ones included. By hand: an expression would start over at each `eyJ` of a long run. */
export function maskJwts(text: string, tally: Tally): string {
  let from = text.indexOf("eyJ");
  if (from < 0) return text;
  let out = "";
  let kept = 0;
  while (from >= 0) {
    let end = from;
    while (end < text.length && isJwtChar(text.charCodeAt(end))) end += 1;
    while (end > from && text[end - 1] === ".") end -= 1;
    const dot = text.indexOf(".", from);
    const second = text.startsWith("eyJ", dot + 1) ? 3 : 8;
    if (dot >= 0 && dot < end && dot - from >= 10 && end - dot > second) {
      out += text.slice(kept, from) + mask(tally);
      kept = end;
    }
    from = text.indexOf("eyJ", Math.max(end, from + 3));
  }
  return out + text.slice(kept);
}

function isJwtChar(code: number): boolean {
  return isWordChar(code) || code === 0x2d || code === 0x2e;
}

const PEM_BEGIN = /-----BEGIN[A-Z0-9 %+]{0,60}PRIVATE(?: |%20|\+)KEY(?:(?: |%20|\+)BLOCK)?-----/g;

/** Private keys, up to their END line, or to the end of the string or element that holds a cut-off one. */
export function maskPrivateKeys(text: string, tally: Tally): string {
  if (!text.includes("-----BEGIN")) return text;
  let out = "";
  let kept = 0;
  let end = -1;
  let limit = -1;
  for (const match of text.matchAll(PEM_BEGIN)) {
    if (match.index < kept) continue;
    const bodyFrom = match.index + match[0].length;
    if (end < bodyFrom) end = indexOrEnd(text, "-----END", bodyFrom);
    if (limit < bodyFrom) limit = Math.min(indexOrEnd(text, '"', bodyFrom), indexOrEnd(text, "<", bodyFrom));
    out += text.slice(kept, match.index) + mask(tally);
    const footer = /-----END[A-Z0-9 %+]{0,60}-----/y;
    footer.lastIndex = end;
    if (end < limit) kept = end + (footer.exec(text)?.[0].length ?? "-----END".length);
    else kept = limit > bodyFrom && text[limit - 1] === "\\" ? limit - 1 : limit;
  }
  return out + text.slice(kept);
}

function indexOrEnd(text: string, searched: string, from: number): number {
  const found = text.indexOf(searched, from);
  return found < 0 ? text.length : found;
}

const AT_SIGN = /@|%40|\\u0040|&#(?:64|x40);|&commat;/gi;

const LONGEST_LOCAL_PART = 256;
const DOMAIN = /(?:[\p{L}\p{N}](?:[\p{L}\p{N}_-]{0,62})\.){1,8}(?:xn--[a-z0-9-]{2,59}|\p{L}{2,63})/uy;

/** E-mail addresses, whole: no cause needs one. */
export function maskEmails(text: string, tally: Tally): string {
  let out = "";
  let kept = 0;
  for (const match of text.matchAll(AT_SIGN)) {
    // The domain first: it ends at once where there is none, and looking back does not.
    DOMAIN.lastIndex = match.index + match[0].length;
    if (!DOMAIN.test(text)) continue;
    const to = DOMAIN.lastIndex;
    const from = localPartStart(text, match.index, kept);
    if (from === match.index) continue;
    out += text.slice(kept, from) + EMAIL_MASK;
    kept = to;
    tally.count += 1;
  }
  return out + text.slice(kept);
}

const LOCAL_CHAR = /[\w!#$%*+~.^{|}\p{L}\p{N}\p{M}-]/u;

function localPartStart(text: string, at: number, limit: number): number {
  let from = at;
  const lowest = Math.max(limit, at - LONGEST_LOCAL_PART);
  while (from > lowest && isLocalChar(text, from - 1) && !endsDelimiter(text, from, at)) from -= 1;
  return Math.min(at, skipEscape(text, from, at));
}

function isLocalChar(text: string, at: number): boolean {
  return isWordChar(text.charCodeAt(at)) || LOCAL_CHAR.test(text[at] ?? "");
}

/** Whether the percent sign of an encoded delimiter stands before `from`: nothing before it belongs to the word that ends at `end`. */
function endsDelimiter(text: string, from: number, end: number): boolean {
  return text[from - 1] === "%" && from + 2 <= end && ENCODED_DELIMITER_ALONE.test(text.slice(from - 1, from + 2));
}

/** White space, quotes, brackets and separators, percent-encoded. */
const ENCODED_DELIMITER = /%(?:0[AD]|2[0-26-9CF]|3[A-F]|5[BD]|7[BD])/gi;
const ENCODED_DELIMITER_ALONE = new RegExp(ENCODED_DELIMITER, "i");

/** `from`, moved behind what is the tail of an escape (`\n`, `\u0022`, the `3D` of `%3D`) and no part of a word. */
export function skipEscape(text: string, from: number, end: number): number {
  let start = from;
  if (text[from - 1] === "\\" && !(text[from - 2] === "\\" && text[from - 3] !== "\\")) {
    start = from + (/^u[0-9a-fA-F]{4}/.test(text.slice(from, from + 5)) ? 5 : 1);
  } else if (text[from - 1] === "%" && /^[0-9a-fA-F]{2}/.test(text.slice(from, from + 2))) {
    start = from + 2;
  }
  const encoded = text.slice(start, end);
  if (!encoded.includes("%")) return start;
  for (const delimiter of encoded.matchAll(ENCODED_DELIMITER)) start = end - encoded.length + delimiter.index + 3;
  return start;
}

/** Whether a word begins at `at`: no letter or digit before it, save as the tail of an escape. */
function startsWord(text: string, at: number): boolean {
  if (at === 0 || !isWordChar(text.charCodeAt(at - 1))) return true;
  return /(?:\\[nrtbf]|\\u[0-9a-fA-F]{4}|%[0-9a-fA-F]{2})$/.test(text.slice(Math.max(0, at - 6), at));
}

export function isWordChar(code: number): boolean {
  return (
    (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || code === 0x5f || (code >= 0x61 && code <= 0x7a)
  );
}

function mask(tally: Tally): string {
  tally.count += 1;
  return MASK;
}
