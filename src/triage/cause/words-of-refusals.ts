import type { WordRule } from "./words.ts";

const isClientError = (code: number): boolean => code >= 400 && code < 500;

/** What a receiver refuses, and why. Words are in lower case, with dashes and underscores as blanks. */
export const REFUSALS: readonly WordRule[] = [
  {
    category: "bad_request",
    words:
      /\b(?:disallowed ?host|http host header|allowed hosts|http (?:request )?method that|method (?:is |was )?not (?:allowed|supported)|invalid http method)\b/,
  },
  {
    category: "auth",
    words:
      /\b(?:csrf|xsrf|forgery|crumb|invalid ?authenticity|change you wanted was rejected|signatures? (?:\w{1,20} ){0,4}(?:match|invalid|mismatch|failed|missing|expected|verif\w{1,8})|(?:no|invalid|missing|bad|wrong|unable to verify(?: the)?|verify(?: the)?) (?:\w{1,20} ){0,2}signatures?|hmac|timestamp (?:\S{1,30} ){0,4}(?:outside|tolerance|too old|expired|too far)|outside (?:of )?(?:the )?(?:\S{1,12} ){0,2}tolerance|replay(?:ed)? (?:attack|request|detected)|stale (?:request|timestamp))\b/,
    codes: isClientError,
  },
  {
    category: "blocked",
    words:
      /\b(?:web application firewall|waf|firewall|(?:was|were|been|is|are|request|ip|by|temporarily|you) blocked|blocked by|blocked\b.{0,20}\b(?:request|ip)|banned|blacklist\w{0,3}|block ?list\w{0,3}|deny ?list\w{0,3}|bot (?:detect\w{0,5}|protection|traffic)|captcha|challenge|just a moment|checking your browser|requires javascript|enable javascript|attention required|verify you are (?:a )?human|security (?:rule|policy|policies|service|solution|check)|administrative rules|not (?:in|on) (?:the |our )?(?:allow|white) ?list\w{0,2}|ip (?:address )?(?:\S{1,45} )?(?:is )?(?:not allowed|not whitelisted|restricted|denied)|suspicious|malicious|mod ?security|(?:request|url) (?:was |has been )?rejected|geo\w{0,9} (?:restrict\w{0,4}|block\w{0,3})|access denied by|access (?:\w{1,12} ){0,4}(?:restricted|limited)|disallowed ip|incident id|permission to access \S{1,300} on this server)\b/,
    codes: (code) => code === 403 || code === 406 || code === 429 || code === 401 || code === 405 || code < 400,
  },
  {
    category: "gone_or_moved",
    words:
      /\b(?:(?:has been|was|is|been|permanently) (?:deleted|removed|moved|retired|decommissioned|deprecated|discontinued|archived|deactivated|revoked|shut down)|no longer (?:available|exists?|supported|active|valid)|(?:unknown|invalid|expired|deleted|revoked) (?:webhook|hook|integration)|webhook (?:is )?(?:disabled|deleted|expired|removed)|sunset|end of life|gone|moved permanently|permanent redirect|temporary redirect|see other|redirecting|channel is archived|no active hooks|no service)\b/,
    codes: (code) => [400, 403, 404, 410, 422].includes(code) || (code >= 300 && code < 400),
  },
  {
    // Whatever was read and refused names something that is not there: https://www.rfc-editor.org/rfc/rfc9110#section-15.5.21
    category: "bad_request",
    words: /\b(?:no such|unknown|not found|(?:does not|doesn't) exist)\b/,
    codes: (code) => code === 422,
  },
  {
    // `no integration with key …`: the key is a name here.
    category: "not_found",
    words:
      /\bno (?:such )?(?:\w{1,20} ){0,2}(?:integration|webhook|hook|endpoint|route|resource|project|flow|workflow|source|connector|inbox|subscription|service|account|tenant|trigger|automation)\b(?! key)/,
    codes: (code) => code === 404,
  },
  {
    category: "auth",
    words:
      /\b(?:unauthori[sz]ed|unauthenticated|not (?:authenticated|authori[sz]ed|logged in)|authenticat\w{2,4}|authorization (?:header|required|failed)|(?:invalid|missing|bad|wrong|expired|incorrect|no|unknown|malformed|mismatch\w{0,4}) (?:\w{1,20} ){0,2}(?:auth ?token|access token|token|api ?key|key|credentials?|signature|secret|password|hmac|session|jwt|bearer|login|user(?:name)?)(?! in json)|(?:auth|token|key|credentials?|signature|session|jwt|hmac)s?'? (?:\w{1,20} ){0,3}(?:invalid|incorrect|missing|expired|required|mismatch\w{0,2}|did not match|does not match|verification failed|not (?:found|valid|provided|recognized|match))|(?:install|provide|include|add|use) (?:\w{1,12} ){0,2}(?:auth ?token|api ?key|credentials)|insufficient (?:scope|privileges|rights)|invalid (?:auth|grant|client)\b|login required|sign in|not accessible by|client does not have permission)\b/,
    codes: (code) => isClientError(code) || code === 511 || code < 400,
  },
  {
    // A page with these words may be a firewall's.
    category: "auth",
    words:
      /\b(?:permission\w{0,3}|forbidden|access (?:\S{1,12} ){0,4}(?:denied|disallowed)|not allowed to|prohibited)\b/,
    codes: (code) => (isClientError(code) && code !== 403) || code === 511 || code < 400,
  },
  {
    category: "not_found",
    words:
      /\b(?:chat|user|channel|account|workspace|team|bot|group|customer|order|app|application|project|conversation|room|topic|queue|bucket|repository) (?:was |is |could )?not (?:be )?found\b/,
    codes: isClientError,
  },
  {
    category: "bad_request",
    words:
      /\b(?:validation|is required|are required|field required|required (?:field|property|parameter|key|argument)|(?:is |are |was )?(?:invalid|malformed|missing|not valid|unsupported|unexpected|unknown) (?:\w{1,20} ){0,2}(?:json|payload|body|request|field|parameter|property|argument|value|format|input|token in json|type|data|key|attribute|column|media|content|schema|event|method)|(?:must|should) (?:be|have|contain|not|match)|can(?:'|no)t be (?:blank|null|empty)|cannot be (?:blank|null|empty)|could not (?:parse|be parsed|decode|deserialize|read)|failed to (?:parse|decode|deserialize)|cannot (?:parse|deserialize|unmarshal|convert)|parse error|parsing|syntax ?error|unexpected (?:end|token|eof|character)|not (?:a )?valid|does not match|type mismatch|schema|unprocessable|unsupported media type|already exists|duplicate|conflict|bad request|expected)\b/,
    codes: (code) => isClientError(code) && ![401, 403, 404].includes(code),
  },
  {
    category: "not_found",
    words:
      /\b(?:not ?found|no (?:such|route|matching|webhook|handler)|does(?:n't| not) exist|unknown (?:route|path|endpoint|url|resource|host|domain|site|app)|cannot (?:get|post|put|patch|delete)|couldn't find|could not find|can't find|isn't (?:registered|here)|not (?:registered|deployed|configured|recognized))\b/,
    codes: (code) => (isClientError(code) && code !== 401 && code !== 403) || code < 400,
  },
];
