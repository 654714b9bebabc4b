import { STATUS_CODES } from "node:http";
import { type BodyReading, readBody } from "./body/read-body.ts";
import { isPlaceOnly } from "./sender-words.ts";
import { fieldsOfLog } from "./telling-part.ts";

/**
 * The receiver's answer out of a sentence in which the sender logged it: `unexpected status code 503: no available server`,
 * "Client error: `POST …` resulted in a `429 Too Many Requests` response: {…}". `undefined` for the sender's own words.
 */
export function unwrap(errorMessage: string): BodyReading | undefined {
  const text = errorMessage.slice(0, LONGEST_READ);
  const document = text.search(DOCUMENT);
  if (document > 0) {
    const told = text.slice(document).replace(/["'`)]+\s*$/, "");
    // Some log the answer as a quoted string.
    const reading = readBody(/^[{[]\s{0,20}[{\s]{0,20}\\"/.test(told) ? told.replaceAll('\\"', '"') : told);
    if (reading.kind === "json" || reading.kind === "html" || reading.kind === "xml") return reading;
  }
  const wrapper = WRAPPER.exec(text);
  // A line of a log has the code among its fields.
  if (!wrapper || fieldsOfLog(text)) return undefined;
  const after = text.slice(wrapper.index + wrapper[0].length);
  const rest = after.replace(REASON_READS_ON.test(after) ? BEFORE_WORDS : AFTER_CODE, "");
  return /\p{L}{2}/u.test(rest) && !isPlaceOnly(rest) ? readBody(rest) : undefined;
}

/** The sender's words before a document that it logged; `undefined` where there is none. */
export function beforeDocument(errorMessage: string): string | undefined {
  const document = errorMessage.slice(0, LONGEST_READ).search(DOCUMENT);
  return document > 0 ? errorMessage.slice(0, document) : undefined;
}

const LONGEST_READ = 8_000;

const DOCUMENT = /\{\s{0,20}\\?["}]|\[\s{0,20}\{|<(?:!doctype|html|\?xml|head|body|h1|error)\b/i;

/** What senders put before the code. */
const WRAPPER =
  /(?:\bstatus(?:[ _-]?code)?|\breturned|\bresponded(?: with)?|\banswered(?: with)?|\bgot|\breceived|\bresulted in an?|\bhttp(?:\/\d(?:\.\d)?)?(?: (?:status|error|response))?(?: code)?)(?: (?:an?|http|status|code|error)){0,3}[\s:=("'`]{1,4}[1-5]\d\d\b(?!\.\d)/i;

const REASONS = Object.values(STATUS_CODES)
  .filter((reason): reason is string => reason !== undefined)
  .map((reason) => reason.replace(/[^\w -]/g, "."))
  .sort((one, other) => other.length - one.length);

/** The standard words of the code and the punctuation up to what the receiver said. */
const AFTER_CODE = new RegExp(
  `^[\\s\`"')(:,-]{0,4}(?:(?:${REASONS.join("|")}|Gateway Time-out)\\b(?!,(?! (?:body|response))| - request id))?[\\s\`"').:,-]{0,4}(?:response\\b|body\\b)?[\\s\`"'):=,-]{0,6}`,
  "i",
);

/** `401: unauthorized permission requested`: small letters and no stop after the reason make it the receiver's own sentence. */
const REASON_READS_ON =
  /^["'`)]{0,2}: (?:unauthorized|forbidden|not found|bad request|conflict|gone) (?!for\b|from\b|on\b|at\b|while\b)[a-z]{3}/;
const BEFORE_WORDS = /^["'`)]{0,2}: /;
