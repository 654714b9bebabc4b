import { isStatusText, STATUS_WORDS } from "./boilerplate.ts";

const LONGEST = 300;

/** What clients and senders put around a status code, whatever was answered. */
const SENDERS = new Set(
  (
    "webhook webhooks delivery deliver delivering delivered endpoint url uri target destination receiver remote host service api callback call hook " +
    "subscriber listener client axioserror httperror faraday clienterror servererror webexception httprequestexception httpclienterrorexception " +
    "httpservererrorexception fetcherror requestexception apierror response responses returned returns return responded responds respond answered " +
    "answer received receive got gotten resulted result results completed complete finished ended attempt attempts failure failing fails fail " +
    "unexpected unsuccessful invalid non 2xx 200 was were with by from of in to for on at does did do indicate success successful expected but " +
    "have having it its that this post put patch get delete http https body empty while when sending send posting calling after and your could " +
    "be exception caught stopped net curl giving gave up during undefined 22 file_get_contents open stream requested message env ok tesla more information check error_code http_code details via event events notification last reason could couldn response status_code statuscode response_code"
  ).split(" "),
);

/** Addresses and hosts, which tell where and not why. */
const PLACES =
  /\bhttps?:\/\/[^\s"'`)]{0,300}|(?:^|[\s"'`(])\/[\w./%~-]{0,200}|\b(?:[a-z][\w-]{0,62}\.){1,6}[a-z]{2,12}(?::\d{2,5})?\b/gi;

/**
 * Whether a sentence says no more than the status code: `Request failed with status code 404`, `404 Client Error: Not Found for url: …`,
 * `The remote server returned an error: (404) Not Found.`
 */
export function isOfSender(message: string, statusCode: number | undefined): boolean {
  if (isStatusText(message, statusCode)) return true;
  if (message.length > LONGEST) return false;
  const code = String(statusCode);
  let hasCode = false;
  for (const word of wordsOf(message)) {
    if (word === code) hasCode = true;
    else if (!STATUS_WORDS.has(word) && !isOfClient(word)) return false;
  }
  return hasCode;
}

/** The status code that such a sentence names; `undefined` for a sentence that says more, or names none or several. */
export function codeOfSender(message: string): number | undefined {
  if (message.length > LONGEST) return undefined;
  const codes = new Set(message.match(/(?<![\w.:/-])[1-5]\d\d(?![\w/-])(?!\.\d)/g));
  const [code] = codes;
  return code !== undefined && codes.size === 1 && isOfSender(message, Number(code)) ? Number(code) : undefined;
}

/** Whether what follows a code tells no more than who answered: `response from https://…`. */
export function isPlaceOnly(rest: string): boolean {
  return rest.length <= LONGEST && wordsOf(rest).every(isOfClient);
}

/** Versions, counts of attempts, times taken and names of methods. */
const BESIDE = new RegExp(
  [
    String.raw`\[no body\]|\bHTTP\/\d(?:\.\d)?|\b(?:in|after) \d{1,7} ?m?s\b|\[\w{1,80}#\w{1,80}\([^)]{0,80}\)\]`,
    String.raw`\b(?:after|in|made) \d{1,3} (?:attempt(?:s|\(s\))?|tries|retries)(?!\w)|\b(?:attempts?|try|retry) #?\d{1,3}(?:(?: of |\/)\d{1,3})?\b`,
  ].join("|"),
  "gi",
);

/** `HttpResponseError`: what a client calls any status that is no success. */
function isOfClient(word: string): boolean {
  return (
    SENDERS.has(word) ||
    /^(?=\w{0,40}(?:http|status|response|request|client|server))\w{4,60}(?:error|exception)$/.test(word)
  );
}

function wordsOf(text: string): string[] {
  const told = text.replace(BESIDE, " ").replace(PLACES, " ");
  return told.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
}
