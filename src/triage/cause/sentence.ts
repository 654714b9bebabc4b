/** What stands before the words that tell: levels of logs, classes of exceptions, names of programs. */
const HEADS = [
  /^(?:\[[\w :.-]{1,30}\] ?)?(?:ERROR|FATAL|CRITICAL|PANIC|WARN(?:ING)?|Error|error|Fatal error|Uncaught|Unhandled(?: Promise)? ?Rejection|Caused by|Exception|Failed|failure)\s?[:!-]\s{1,4}/,
  /^\(?(?:[\w$]{1,60}[.\\]){0,12}[A-Z]\w{0,60}(?:Error|Exception|Fault|Throwable)(?:\[\w{1,40}\])?(?: \(\w{1,40}\))?\)?(?: ?: |:? (?=\()|:(?=[A-Z]))/,
  /^(?:Webhook|Server|Client|Application|API|Database|Internal|HTTP|Request|Validation|Runtime|SQL|Parse) ?(?:[Ee]rror|[Ff]ailed) ?[:-] /,
  /^(?:PHP |Uncaught |Unhandled ){1,2}/,
  /^(?:[Hh][Tt][Tt][Pp]s? |Okta |[Ss]tatus |[Ee]rror |[Cc]ode |[A-Z]{2,6} ){0,3}[1-5]\d\d(?: [:-]|[:,-]|(?= [A-Z]))\s{0,3}/,
  /^\((?:[\w$]{1,60}\.){0,8}\w{0,60}(?:Error|Exception)\) /,
  // Classes of drivers: `(psycopg2.errors.NotNullViolation) `, `<class 'asyncpg.exceptions.NotNullViolationError'>: `, `#<Redis::CommandError: `.
  /^\((?:[a-z_]\w{0,60}\.){1,8}[A-Z]\w{0,60}\) /,
  /^<class '[\w.]{1,120}'>:? /,
  /^#<(?:[A-Z]\w{0,60}::){0,8}[A-Z]\w{0,60}: /,
  /^(?:[A-Z]\w{0,60}::){1,8}[A-Z]\w{0,60}(?:: | \()/,
  /^\(\d{3,5}, ['"]/,
  /^SQLSTATE\[\w{5}\](?:[:\s]{0,3}\[\d{1,6}\])?:?\s{0,3}/,
  /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+: /,
  /^E[A-Z]{4,20}: |^pq: /,
  // MySQL's drivers: `Error 1062 (23000): `, `1062 (23000): `, `(1062, "`.
  /^(?:[Ee]rror )?\d{4} \(\w{5}\):? /,
  /^(?:[345]\d\d )?(?:Bad Request|Unauthorized|Forbidden|Not Found|Conflict|Unprocessable Entity|Internal Server Error|Service Unavailable): /i,
] as const;

/** Where what follows is of the machine: statements, stacks, ids of requests, what was sent. */
const TAIL =
  /\s{1,3}(?:\[SQL:|(?:DETAIL|HINT|CONTEXT|STATEMENT|QUERY):\s|LINE \d{1,5}: |\(SQLSTATE[ =:]|dup key: |\[parameters:|\(SQL:|\(Connection:|\(Background on this error|at [\w$.<>[\]/ ]{1,80}\([^)]{0,120}:\d+|in (?:\/|[A-Z]:\\)\S{1,200}(?: on line|:)\s?\d|caused by:|Stack trace:|Traceback|Ray ID\b|[•·] (?:Ray|Time|Request|<)|\(?(?:request|trace|correlation|reference|incident|support|event|error|session|activity)[ _-]?(?:id|#|number)s?\b\s{0,2}[:=#]?)|[;:,.] (?:SQL|Statement|Query|transport failure reason):|(?:^|\s)(?:-|–|—|\() ?https?:\/\/|\s\[?Http code \d/i;

/** One of these stands in every tail: most sentences have none, and are not searched. */
const TAIL_MARK = /[([:=#•·]|\/\/| Ray | in |Stack|Traceback|caused by|\[?Http code/;

/** A log line within a sentence: `connection to server at "x" failed: FATAL:  too many clients`. */
const INNER_MARK = /FATAL:|ERROR:|PANIC:/;
const INNER = /^.{0,240}?(?:: | |\[)(?:FATAL|ERROR|PANIC):\s{1,4}(?=\S)/;

/** JavaScript's engines word one fault of syntax in many ways. */
const JSON_SYNTAX =
  /(?:unexpected (?:token|non-whitespace|number|string|identifier|character)\b.{0,200}\bjson|unterminated string in json|bad control character in string literal|expected (?:property name|double-quoted|',' or)\b.{0,80}\bjson|json\.parse: )/i;

/** The words of a sentence that tell, without what programs put before and after them. Whole where nothing is left. */
export function sentenceOf(text: string): string {
  const line = text.slice(0, 1_200).replace(/\s+/g, " ").trim();
  if (/json/i.test(line) && JSON_SYNTAX.test(line)) return "Unexpected token in JSON";
  let told = line;
  if (line.includes(":") || !/^[a-z]/i.test(line) || /^[A-Za-z]{2,6} [1-5]\d\d|[1-5]\d\d [A-Z]/.test(line)) {
    told = INNER_MARK.test(line) ? line.replace(INNER, "") : line;
    for (let round = 0; round < 3; round += 1) {
      const before = told.replace(/^[\s:]+/, "");
      told = before;
      for (const head of HEADS) {
        const rest = told.replace(head, "");
        // `KeyError: 'customer_id'` is told by both.
        if (rest.length > 40 || rest.includes(" ")) told = rest;
      }
      if (told === before) break;
    }
  }
  const tail = TAIL_MARK.test(told) ? told.search(TAIL) : -1;
  if (tail > 3) told = told.slice(0, tail);
  told = unquoted(
    firstOf(told)
      .replace(/^[\s:;,.-]+|\s[•|·-]\s*$/g, "")
      .trim(),
  );
  return /[a-z\u00aa-\uffff]{2}|\d{4}/i.test(told) ? told : line.slice(0, 300);
}

/** Without the quote or bracket whose other half was cut off. */
function unquoted(whole: string): string {
  // `(1062, "…")` and `#<Class: …>` lost their beginning.
  const text = whole.includes("(") ? whole : whole.replace(/["']\)$/, "");
  if (text.endsWith(">") && !text.includes("<")) return text.slice(0, -1);
  const end = /["'”)]+$/.exec(text)?.[0] ?? "";
  const last = end[0] ?? "";
  const isOdd = last === ")" ? !text.includes("(") : text.split(last).length % 2 === 0;
  return end !== "" && isOdd ? text.slice(0, -end.length) : text;
}

/** Abbreviations that end in a point within a sentence. */
const NO_END = /(?:\b(?:e\.g|i\.e|etc|vs|no|mr|ms|dr|inc|ltd|approx)|\b[A-Z])\.$/i;

/** The first sentence that says something: one of two words or fewer is not enough. */
function firstOf(text: string): string {
  for (const match of text.matchAll(/[.!?](?=\s{1,3}["'(]?[A-Z0-9])|;(?= )/g)) {
    const first = text.slice(0, match.index + 1);
    if (first.length > 400) break;
    if (!NO_END.test(first) && first.split(" ").length > 2 && !VAGUE_OPENING.test(first))
      return first.replace(/;$/, "");
  }
  return text.slice(0, 400);
}

const VAGUE_OPENING =
  /^(?:(?:bad|invalid) request|not found|forbidden|unauthorized|internal server error|(?:an |some )?(?:unexpected |unknown |internal )?errors? (?:has )?(?:occurred|happened)|something went wrong|sorry|we're sorry|oops|whoops|request failed|the request (?:was invalid|failed|is invalid|could not be (?:processed|satisfied))|access (?:is |was )?denied|an error occurred while processing your request)\b[^;]{0,40}[.!?;]?$/i;
