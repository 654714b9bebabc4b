/**
 * The status code of a failure that a text names as such: `status code 503`, `HTTP/1.1 404`, `503 Service Unavailable`, `(502)`.
 * `undefined` where it names none, or one that is no failure.
 */
export function namedCode(text: string): number | undefined {
  const line = text.slice(0, LONGEST_READ).replace(/\s+/g, " ");
  if (OF_A_TUNNEL.some((pattern) => pattern.test(line))) return undefined;
  for (const pattern of PATTERNS) {
    const code = Number(pattern.exec(line)?.[1]);
    if (code >= 300) return code;
  }
  return undefined;
}

const LONGEST_READ = 1_000;

/** What a proxy answers to CONNECT is the sender's affair: the receiver never saw the request. https://www.rfc-editor.org/rfc/rfc9110#section-9.3.6 */
const OF_A_TUNNEL = [
  /\bCONNECT\b|Proxy(?:Error|ConnectException)\b/,
  /\btunnel(?:l?ing)? (?:connection|through|request|socket|error|failed)|\bproxy (?:return(?:s|ed)|answer(?:s|ed)|repli(?:es|ed)|respond(?:s|ed)|failed|tunnel|response|error)|\bfrom proxy\b|\bsocks\d?\b/i,
  /\bHTTP tunnell?ing\b|\btunnell?ing\b|\bproxyconnect\b/i,
] as const;

const PATTERNS = [
  /\bhttp(?:s|\/\d(?:\.\d)?)?(?: (?:status|error|response)){0,3}(?: code)?[ :=]{1,3}([3-5]\d\d)\b(?![.:]?\d)/i,
  /\bstatus(?:[ _-]?code)?(?: of| was)?[ :="']{1,4}([3-5]\d\d)\b(?![.:]?\d)/i,
  /\b(?:returned|responded(?: with)?|answered(?: with)?|replied(?: with)?|got|received|encountered|response(?: code)?|non-2xx|non-200|unexpected|error code)(?: (?:an?|the|http|status|code|response)){0,4}[ :=("']{1,4}([3-5]\d\d)\b(?![.:]?\d| ?(?:bytes?|[kmg]?i?b|m?s|ms|seconds?|minutes?|times|attempts?|entries|rows)\b)/i,
  /(?:^|[ :("'])([3-5]\d\d) (?:Multiple Choices|Moved|Found|See Other|Temporary Redirect|Permanent Redirect|Bad Request|Unauthorized|Payment Required|Forbidden|Not Found|Method Not Allowed|Not Acceptable|Request Time-?out|Conflict|Gone|Payload Too Large|Request Entity Too Large|Content Too Large|Unsupported Media|Unprocessable|Too Many Requests|Internal Server Error|Not Implemented|Bad Gateway|Service (?:Temporarily )?Unavailable|Gateway Time-?out)/i,
] as const;
