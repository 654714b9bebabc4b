import type { WordRule } from "./words.ts";

const isClientError = (code: number): boolean => code >= 400 && code < 500;
const isServerError = (code: number): boolean => code >= 500;
const isNotClientError = (code: number): boolean => code >= 500 || code < 400;

/** Trouble on the receiver's side: asleep, over a limit, broken or cut off. Words are in lower case, with dashes and underscores as blanks. */
export const TROUBLES: readonly WordRule[] = [
  {
    // A quota that comes back within the minute is a rate.
    category: "rate_limited",
    words:
      /\b(?:per|a|each|every) (?:second|minute)\b|\/(?:s|sec|second|min|minute)\b|\bspike arrest\b|\bcomplexity budget\b/,
    codes: (code) => code === 429,
  },
  {
    category: "circuit_open",
    words:
      /\b(?:circuit ?breaker|circuit (?:is )?(?:now )?open|broken circuit|short circuited|reset reason: overflow|upstream overflow|callnotpermitted|call not permitted)\b/,
    codes: (code) => code === 429 || code >= 500 || code < 400,
  },
  {
    // What the application itself lost on its way to its own store.
    category: "server_error",
    words:
      /\b(?:sqlstate|deadlock|lock wait|unable to lock|exclusive access|optimistic lock|could not serialize|buffering timed out|connection slots|too many (?:clients|connections)|(?:function )?host (?:is not running|process)|app(?:lication)? crashed)\b/,
  },
  {
    category: "server_error",
    words:
      /\b(?:database|mysql\w{0,4}|mariadb|postgres\w{0,5}|psycopg\w{0,3}|sql ?alchemy|sqlite|sql|mongo\w{0,10}|redis|elastic ?search|memcached?|rabbit ?mq|amqp|kafka|prisma|hikari|jdbc|orm|active ?record|operational ?error|127\.0\.0\.1|localhost)\b/,
    codes: (code) => code === 500,
  },
  {
    category: "platform_quota_or_sleep",
    words:
      /\b(?:quota|daily limit|monthly limit|usage limit|plan limit|free (?:tier|plan|usage)|billing|payment (?:required|overdue|past due)|trial (?:has )?(?:expired|ended)|suspended|hibernat\w{0,5}|(?:is|are|app|site|service|instance|account|project|workspace|database|cluster|deployment) (?:currently |temporarily )?(?:asleep|sleeping|paused|stopped|disabled|inactive|deactivated)|out of (?:credits|operations)|credits? (?:exhausted|exceeded)|bandwidth limit|disk (?:full|quota|usage exceeded)|no space left|read only(?: (?:mode|index|allow|file))?|flood stage|insufficient (?:funds|storage|credits)|exceeded (?:your|the|its) (?:\w{1,20} ){0,3}(?:limit|quota|allowance)|over (?:its |the |your )?(?:quota|serving)|plan does not|upgrade your)\b/,
    codes: (code) => code !== 404 && code !== 413 && code !== 400 && code !== 410,
  },
  {
    category: "platform_quota_or_sleep",
    words:
      /\b(?:trigger is not enabled|with state '?disabled|(?:workflow|flow|scenario|zap|automation|bot|function|app|pipeline|project|account|instance|site|subscription) (?:is |has been |was )?(?:currently )?(?:disabled|turned off|paused|stopped|not enabled|suspended|asleep|sleeping|hibernating)|queue (?:is )?(?:full|limit)|monthly|daily (?:\w{1,12} ){0,2}limit|out of (?:credits|operations)|quota exceeded|exceeded (?:\w{1,12} ){0,2}quota|deployment (?:is )?(?:paused|disabled))\b/,
    codes: (code) => code !== 413 && code !== 410,
  },
  {
    category: "platform_quota_or_sleep",
    words:
      /\b(?:total ?requests limit|request limit exceeded|limit exceeded|maximum credits|usage cap|out of capacity)\b(?<!rate limit exceeded)/,
    codes: (code) => code === 401 || code === 402 || code === 403,
  },
  {
    category: "rate_limited",
    words:
      /\b(?:rate ?limit\w{0,4}|rate (?:was )?exceeded|too many requests|throttl\w{0,5}|slow ?down|request limit|requests? per (?:second|minute|hour|day)|retry after|concurren\w{1,3} limit|limit exceeded|temporarily rate|too many (?:calls|attempts|webhooks|messages|concurrent))\b/,
  },
  {
    category: "not_found",
    words:
      /\b(?:unknown (?:domain|host(?:name)?|site|app|tunnel)|no such (?:app|site|deployment)|(?:app|application|deployment|site|domain|host(?:name)?|tunnel|project|service) (?:was |is |could )?(?:not (?:be )?(?:found|configured|exist|recognized))|there(?:'s| is|isn't| is not| is no)? (?:nothing|no app|an? \w{1,20} page) here|domain (?:is )?not (?:configured|added))\b/,
    codes: (code) => code !== 401 && code !== 403,
  },
  {
    category: "timeout",
    words:
      /\b(?:time[ds]? ?out|timeouts?|deadline exceeded|took too long|did not respond (?:in|within)|no response (?:in|within)|first byte|function invocation timeout|execution time (?:limit )?exceeded|maximum execution time|request time out)\b/,
    codes: (code) => isServerError(code) || code === 408 || code < 400,
  },
  {
    category: "tls",
    words:
      /\b(?:ssl|tls)\b.{0,40}\b(?:handshake|certificate|required|error|alert)\b|\bcertificate (?:has expired|verify failed|required|is not valid|error)\b|\bclient certificate\b|\bplain http request was sent to https\b|\bplain http to an ssl\b|\bhttp request to an https\b/,
  },
  {
    category: "dns",
    words:
      /\b(?:name resolution failed|could not resolve|dns (?:error|resolution|failure|lookup|points)|nxdomain|getaddrinfo|no such host|resolve host|unresolvable)\b/,
    codes: isNotClientError,
  },
  {
    category: "payload_too_large",
    words:
      /\b(?:(?:payload|entity|body|content|request|file|message|upload)(?: (?:body|size|content|length))? (?:is |was )?too (?:large|big|long)|too large|exceed\w{0,3} (?:the )?(?:max\w{0,4}|allowed|size|configured|request content|request size|content|body|payload) (?:\w{1,20} ){0,3}(?:size|length|bytes|limit)|size (?:limit )?exceed\w{0,3}|max(?:imum)? (?:\w{1,20} ){0,2}(?:size|length) exceeded|larger than)\b/,
  },
  {
    category: "gateway",
    words:
      /\b(?:bad gateway|upstream|back ?end|origin (?:server|is|could|error)|no (?:healthy|available|live) (?:\w{1,20} ){0,2}(?:server|upstream|back ?end|instance|node|target|endpoint)s?|no server is available|failed to respond|(?:connection|connect) (?:refused|reset|failed|failure|error)|econnrefused|econnreset|proxy error|error (?:connecting|reaching)|(?:could not|cannot|can't|unable to|failed to) (?:connect|reach|be reached|contact)|(?:service|server|site|application|app|system|website) (?:is )?(?:temporarily |currently )?(?:unavailable|offline|down|not available|unreachable)|maintenance|services aren't available|endpoint (?:\S{1,80} )?is offline|tunnel|not responding|web server is down|host (?:error|is down)|unreachable)\b/,
    codes: (code) => (isServerError(code) && code !== 500) || code < 400,
  },
  {
    category: "gateway",
    words:
      /\b(?:endpoint (?:\S{1,80} ){0,8}is offline|tunnel (?:\S{1,80} ){0,8}(?:offline|closed|not connected)|no server is available|no available server)\b/,
  },
  {
    category: "blocked",
    words:
      /\b(?:access to this (?:site|page|website|resource) has been (?:limited|restricted|denied|blocked)|your access to this site|web application firewall|waf|attention required|captcha|request blocked|has been blocked|were blocked)\b/,
    codes: isServerError,
  },
  {
    category: "server_error",
    words:
      /\b(?:internal server error|unhandled|exception|traceback|stack trace|fatal error|panic|null ?pointer|nonetype|undefined (?:method|index|variable|is not)|type ?error|out of memory|segmentation|unexpected error|something went wrong|application error|worker (?:threw|exceeded)|crash\w{0,3})\b/,
    codes: (code) => !isClientError(code),
  },
];
