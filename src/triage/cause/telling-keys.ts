/** What a field of an answer is for, by its name. */
export type KeyRole = "words" | "code" | "place" | "advice" | "beside" | "other";

function roles(role: KeyRole, names: string): [string, KeyRole][] {
  return names.split(" ").map((name) => [name, role]);
}

/** Names of fields, without case, dashes and underscores. */
const ROLES = new Map<string, KeyRole>([
  // What comes and goes, repeats what was sent, or says the same each time.
  ...roles(
    "beside",
    "at timestamp time date datetime requestid traceid correlationid id instance url uri host hostname ip input value received request " +
      "stack stacktrace trace backtrace helplink moreinfo documentationurl docs doc documentation link links href support version server region " +
      "duration retryafter success ok statuscode httpstatus httpcode httpstatuscode method ctx context params headers query user file line took object " +
      "errorid errorlink logref ref timestampms servertime dyno fwd bytes protocol tls tlsversion connect service severity level lang locale expected " +
      "rejectedvalue attemptedvalue schemapath schema keyword validation minimum maximum inclusive exact limit remaining reset hostid resource",
  ),
  ...roles(
    "code",
    "code errorcode errcode errorname errorkey errortype type name reason exception exceptiontype fault faultcode statuscodename " +
      "subcode errorsubcode errno sqlstate rule key title error status errorstatus category kind class slug identifier symbol internalcode problem",
  ),
  ...roles(
    "words",
    "message msg desc errormessage errormessages errormsg errordescription errors detail details description text cause " +
      "faultstring exceptionmessage statustext statusmessage summary errorsummary developermessage usermessage errordetails errordetail info body data " +
      "response result why explanation messages messagetext longmessage shortmessage diagnostics",
  ),
  ...roles(
    "place",
    "field fields loc param parameter parameters property propertyname pointer instancepath datapath path attribute target source argument location fieldname " +
      "missingproperty additionalproperty",
  ),
  ...roles("advice", "hint help suggestion suggestions resolution action actions remedy recommendation fix tip"),
]);

/** What the end of a longer name says of it: `error_text`, `faultMessage`. */
const ENDS: readonly (readonly [RegExp, KeyRole])[] = [
  [/(?:message|msg|description|summary|detail|details|text)$/, "words"],
  [/(?:code|errortype|reason)$/, "code"],
  [/(?:id|url|uri|link|time|timestamp|at|count|version)$/, "beside"],
];

export function roleOf(key: string): KeyRole {
  const name = plainKey(key);
  const role = ROLES.get(name);
  if (role) return role;
  for (const [end, of] of ENDS) if (name.length < 30 && end.test(name)) return of;
  return "other";
}

/** Whether what stands under a field repeats what was sent or adds what nobody asked for. */
export function isEcho(key: string): boolean {
  return ECHOES.has(plainKey(key));
}

const ECHOES = new Set(
  "input ctx context received request headers query payload value rejectedvalue attemptedvalue meta metadata links stack stacktrace trace backtrace config params extensions debug environment session cookies files".split(
    " ",
  ),
);

/** Whether the names under a field are names of the fields that are wrong: `{"errors": {"email": ["is required"]}}`. */
export function holdsFields(key: string): boolean {
  return HOLDERS.has(plainKey(key));
}

const HOLDERS = new Set(
  "errors fielderrors validationerrors violations invalid messages modelstate invalidparams details formerrors nonfielderrors fields".split(
    " ",
  ),
);

export function plainKey(name: string): string {
  return /^[a-z]+$/.test(name) ? name : name.toLowerCase().replace(/[^a-z0-9]/g, "");
}
