/** Lines that stand in every page of a kind: ids of requests, advice, who made it. */
const BESIDE = [
  /^(?:please )?(?:(?:try|contact|consult|reload|refresh|go back|return to|click|visit|see|read|learn|enable|make sure|check) \S|back to|home\b|help\b|for more|\[go back\])/i,
  /^(?:(?:your|the) )?(?:request|ray|reference|incident|support|trace|correlation|error|event|x-request|activity|session|block|server|cache|transaction|ticket|log|tracking)(?:[ _-]?(?:id|number|reference|#))s?\s{0,3}(?:[:#=]|is:?\s|$)/i,
  /^(?:(?:your|the) )?(?:request|ray|reference|incident|support|trace|correlation|error|event|x-request|activity|session|block|server|cache|transaction|ticket|log|tracking|id|xid)s?\s{0,3}(?:[:#=]\s{0,3}#?(?:[\w.:-]{0,80}\d[\w.:/-]{0,200})?$|$)/i,
  /^(?:powered|served|generated|hosted|performance|protected|provided|delivered) (?:by|&)/i,
  /^(?:what happened|what can i do|why (?:did|have|am|was)|block(?:ed)? (?:details|technical|reason)|how to|additional information|error details|details\b|you$|browser$|host$|working$|cause$|most likely causes|things you can try|guru medi|varnish cache server|enable javascript|reference |url:|detailed error information|type (?:status|exception) report)/i,
  /^(?:\W|<time>|\d{1,4}[-:/]|UTC|GMT)*$/i,
  /^(?:[A-Z][a-z]{2},? )?\d{1,4}[-/ ](?:\d{2}|[A-Z][a-z]{2})[-/ ]\d{2,4}[T ,]/,
  /^(?:copyright|©|\(c\)|your ip|date\b|time\b|timestamp|if (?:you|this|the|a|an) |we(?:'re| are) sorry|sorry|our (?:team|engineers))/i,
  /^\s{0,10}(?:at [\w$.<>[\]/ ]{1,120}\(|at (?:\/|[A-Z]:\\|async |file:|new )|File "|#\d{1,3} |\.{3} \d|Traceback|node:internal|During handling|The above exception)/,
  // What PostgreSQL adds to its message.
  /^(?:DETAIL|HINT|CONTEXT|STATEMENT|LOCATION):\s/,
  /^(?:request (?:method|url|path|headers)|django version|python (?:version|executable|path)|exception (?:type|location)|server time|method|url|host|path|user-agent|query string|headers|body|node|php|ruby|rails\.root)\s{0,2}:/i,
] as const;

/** Whether a line of a page tells nothing of the cause. */
export function isBeside(line: string): boolean {
  for (const beside of BESIDE) if (beside.test(line)) return true;
  return false;
}

/** The words of the standard reasons, and what is put around them. */
export const STATUS_WORDS: ReadonlySet<string> = new Set(
  (
    "error errors status code http https an the a message failed failure oops sorry bad request unauthorized authorization required payment forbidden " +
    "not found page method allowed acceptable request time out timeout conflict gone length precondition entity content payload " +
    "too large uri long unsupported media type unprocessable many requests internal server implemented gateway service " +
    "temporarily unavailable client detected occurred has been something went wrong whoops false true ok failed exception unknown"
  ).split(" "),
);

/** `502 Bad Gateway`, `Error 404 (Not Found)!!1`: the code and its standard words alone. */
export function isStatusText(text: string, statusCode: number | undefined): boolean {
  if (text.length > 80) return false;
  const code = String(statusCode);
  for (const [word] of text.toLowerCase().matchAll(/[a-z0-9]+/g))
    if (word !== code && !STATUS_WORDS.has(word) && !/^[345]\d\d$/.test(word)) return false;
  return true;
}

/** Headlines over many different causes, which the line below them tells. */
const VAGUE =
  /^(?:error:? ?)?(?:action controller: exception caught|the request could not be (?:satisfied|processed|completed)|(?:an |some )?(?:unexpected |unknown |internal |application |server )*errors?(?: has)? (?:occurred|happened)(?: (?:in|while|during|processing) .{0,60})?|access (?:is |was |has been )?denied|request (?:rejected|denied|blocked|failed|error)|application error|runtime error|(?:one or more )?validation (?:errors?|failed)(?: occurred)?|the given data was invalid|(?:the )?(?:request|event|payload|object|body|data|input)(?: object| body| data)? (?:is|was) (?:not valid|invalid)|invalid (?:request|data|input|payload|body|event|parameters?)|unprocessable|process(?:ing)? (?:failed|error)|webhook (?:error|failed)|service error|fatal error|unhandled exception|system error)[.! ]*$/i;

/** Whether a line is a headline only. */
export function isVague(text: string): boolean {
  return text.length < 120 && VAGUE.test(text);
}

/** `nginx/1.18.0 (Ubuntu)` and `Apache/2.4.41 (Ubuntu) Server at x Port 80` at the foot of a page. */
const PRODUCT =
  /^[a-z][\w-]{1,40}(?:\/v?\d[\w.-]{0,30})?(?: \([\w .-]{1,30}\))?(?: [\w-]{1,30}\/[\w.-]{1,30}){0,6}(?: server at \S{1,200} port \d{1,5})?$/i;

/** The name of the server at the foot of a page; `undefined` for any other line. */
export function productIn(line: string): string | undefined {
  if (
    line.length > 300 ||
    !/[/-]|^(?:nginx|openresty|cloudflare|caddy|envoy|apache|tengine|haproxy|varnish)$/i.test(line)
  )
    return undefined;
  return PRODUCT.test(line) ? productOf(line) : undefined;
}

/** `nginx/1.18.0 (Ubuntu)` is nginx, and so is openresty. */
export function productOf(server: string): string {
  const name =
    server
      .slice(0, 60)
      .split(/[/ (;,]/, 1)[0]
      ?.toLowerCase() ?? "";
  return name === "openresty" ? "nginx" : name;
}

/** They stand before whoever answered, so their name in a header tells nothing. */
const PASSES_ON = new Set(
  "nginx cloudflare cloudfront akamaighost akamainetstorage fastly varnish vegur cowboy bunnycdn keycdn sucuri ddos-guard".split(
    " ",
  ),
);

/** The server of a header, where it is the one that answered. */
export function serverOf(header: string | undefined): string | undefined {
  if (header === undefined || header.trim() === "") return undefined;
  const name = productOf(header.trim());
  return PASSES_ON.has(name) ? undefined : name;
}
