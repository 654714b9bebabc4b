/**
 * Words of error codes that say no more than a status code does. A code made of these alone (`VALIDATION_ERROR`, `BAD_REQUEST`,
 * `invalid_request`) needs the sentence beside it; any other names its cause alone.
 */
const GENERAL = new Set(
  (
    "error errors err code exception failure failed fail fault message status http https api app application client server service system sys internal " +
    "external unexpected unknown general generic default other misc runtime fatal critical bad invalid illegal malformed wrong incorrect missing " +
    "required request response input output body payload content data value values argument arguments param params parameter parameters field fields " +
    "property attribute entity model object resource record item custom user validation validator validate unprocessable unprocessible parse parsing parser " +
    "syntax format type types schema constraint violation rule check json xml not no is are be was the a an of in for to on and or by with found exist exists " +
    "unauthorized unauthorised unauthenticated authentication authorization auth forbidden denied access permission permissions allowed conflict gone method " +
    "precondition resource exhausted unavailable temporarily temporary timeout timed out time bad gateway upstream too many requests rate limit exceeded " +
    "large long aborted cancelled canceled ok success false true null undefined none operation action process processing processed exec execution call " +
    "handler event events webhook hook callback endpoint route path url page about blank text html string number integer boolean reason detail details " +
    "outcome result info name e"
  ).split(" "),
);

/** `customer_id`, `CustomerId`, `entity.parse.failed` and `E-10` taken apart. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "")
    .map((word) => word.toLowerCase());
}

/** A word that programs switch on: `VALIDATION_ERROR`, `invalid_token`, `1010`, `body.email`; neither a sentence nor an id. */
export function isName(value: string): boolean {
  return (
    value.length <= 80 &&
    /^[\w$.:/#@[\]\\-]+$/.test(value) &&
    !/^https?:/.test(value) &&
    !/^[0-9a-f-]{16,}$/i.test(value) &&
    !/^\d{7,}$/.test(value)
  );
}

/** Whether a code names its cause alone, whatever words stand beside it. */
export function isStrongCode(code: string, statusCode: number | undefined): boolean {
  if (/^\d+$/.test(code)) return code.length >= 4 && code.length <= 6;
  if (code.length > 60 || /[/:@#]/.test(code) || isClass(code)) return false;
  // `E0000011`, `AADSTS70021`, `H12`, `404.13`
  if (/^[A-Z]{1,8}[-_]?\d{2,8}$/.test(code)) return !code.endsWith(String(statusCode));
  if (/^[45]\d\d\.\d{1,3}$/.test(code)) return true;
  // A driver's name for what its sentence says, which comes without it as often: https://dev.mysql.com/doc/mysql-errors/en/
  if (/^ER_[A-Z_]+$/.test(code)) return false;
  const words = wordsOf(code);
  return words.length > 1 && words.some((word) => !GENERAL.has(word) && !/^\d{1,3}$/.test(word));
}

/** `java.lang.NullPointerException`, `Illuminate\Database\QueryException`, `TypeError`: what a program calls the kind of its error. */
export function isClass(name: string): boolean {
  return (
    /^(?:[\w$]+[.\\]){0,12}[A-Z]\w*(?:Error|Exception|Fault|Throwable)$/.test(name) ||
    /^[\w$]+(?:\\[\w$]+)+$/.test(name)
  );
}

/** `snake_case`, `camelCase`, `dotted.path`, `kebab-case`: how programs write the names of fields. */
export function isFieldLike(word: string): boolean {
  if (word.length > 60 || !/^[A-Za-z$][\w$.-]*$/.test(word) || /\d{4}|[._-]$/.test(word)) return false;
  return /[._-]/.test(word) || /^[a-z]+[A-Z]/.test(word);
}

/** Codes that stand in a sentence in a place of their own: at its head, in brackets, named as a code, or in an unmistakable shape. */
const IN_TEXT = [
  /\b(SQLSTATE\[\w{5}\](?:[:\s]{0,3}\[\d{3,6}\])?)/g,
  /(?:^|[^\w.-])(?:error|err|code|errno|status|substatus|reason)(?: (?:code|number|no))?[ :#=[(]{1,3}(?:0x)?([A-Z]{0,8}[-_]?\d{4,8}|[A-Za-z][A-Za-z]*(?:[_.][A-Za-z0-9]+)+|[A-Z]\d{1,3})(?![\w:/-]|\.\d)/gi,
  /(?:^|[\s("'[])((?:E|ERR|AADSTS|ORA|CORE|PLS|SQL|MSB|TS|CS|HY)[-_]?\d{4,8})\b/g,
  /\b(ERR_[A-Z]+(?:_[A-Z0-9]+)+)\b/g,
  /[([]([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)[)\]]/g,
  /[\w)]\[(\d{4,6})\]/g,
  /(?:^|HTTP Error )([45]\d\d\.\d{1,3})\b/g,
  /^([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?:$|: | - )/g,
  /^([a-z][a-z0-9]*(?:_[a-z0-9]+)+)$/g,
  /(?:^|[\s([])(E\d{7})\b/g,
] as const;

/** Drivers put a number before the sentence, or leave it out. */
const OF_MYSQL = /\b[Ee]rror \d{4} \(\w{5}\)|\(\d{4}, ["']/;

const MOST = 3;

/** The codes in a sentence that name a cause alone. */
export function codesIn(text: string, statusCode: number | undefined): string[] {
  const codes: string[] = [];
  // All of them have a digit or an underscore.
  if (!/\d{2}|[A-Z]_[A-Z]|^[a-z]+_[a-z]|SQLSTATE|(?:code|error|err|status|reason)\W{1,4}\w{1,40}[._]\w/.test(text))
    return codes;
  if (OF_MYSQL.test(text)) return codes;
  for (const pattern of IN_TEXT) {
    pattern.lastIndex = 0;
    for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
      const [, code = ""] = found;
      const isState = code.startsWith("SQLSTATE");
      // A class of states says little: `HY000` is any error.
      if (isState ? /\]\W{0,3}\[/.test(code) : isStrongCode(code, statusCode)) codes.push(code);
      if (codes.length >= MOST) return codes;
    }
  }
  return codes;
}
