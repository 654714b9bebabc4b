import { isHost, isId } from "./mask-shapes.ts";
import type { MaskedPart } from "./reading.ts";

export interface MaskedText {
  /** The text with `<id>`, `<time>`, `<host>` and the like in the place of what varies. */
  text: string;
  /** Each kind that was masked, once, with an example. */
  masked: MaskedPart[];
}

const LONGEST_MASKED = 4_000;
const LONGEST_EXAMPLE = 60;
const BEGINNING = 3;

/**
 * Masks what varies from one answer to the next of the same cause: ids, times, hosts, addresses, paths, versions and numbers
 * that count. Words, error codes, and the names of fields and rules stay. One pass over words, so linear in the length.
 */
export function mask(text: string): MaskedText {
  if (!MAY_VARY.test(text)) return { text: text.slice(0, LONGEST_MASKED), masked: [] };
  const masked = new Map<string, string>();
  const note = (kind: string, example: string): string => {
    if (!masked.has(kind)) masked.set(kind, exampleOf(kind, example));
    return `<${kind}>`;
  };
  const head = text.slice(0, LONGEST_MASKED);
  const timeless = /\d[-/ :]|\d, /.test(head) ? head.replace(DATES, (date) => note("time", date)) : head;
  const unowned = / for /i.test(timeless)
    ? timeless.replace(FOR_ONE, (_, whose: string, name: string) => `${whose}${note("id", name)}`)
    : timeless;
  let before = "";
  const named = !/["'`[“‘]/.test(unowned)
    ? unowned
    : unowned.replace(NAMED, (_, noun: string, open: string, name: string, close: string) =>
        name.includes("<") ? `${noun}${open}${name}${close}` : `${noun}${open}${note("id", name)}${close}`,
      );
  const told = named.replace(WORDS, (word) => {
    const kind = kindOf(word, before);
    before = word;
    if (kind === undefined) return word;
    const end = word.length - trailing(word);
    const core = word.slice(0, end);
    // `nginx/1.18.0`: who it is stays.
    const slash = kind === "version" ? core.lastIndexOf("/") + 1 : 0;
    return core.slice(0, slash) + note(kind, core.slice(slash)) + word.slice(end);
  });
  return {
    text: masked.size === 0 ? told : joined(told),
    masked: [...masked].map(([kind, example]) => ({ kind, example })),
  };
}

/**
 * What is shown of something that was masked. What may be somebody's name, address or password is told by its beginning alone, and of a
 * URL no more than the host.
 */
export function exampleOf(kind: string, text: string): string {
  if (!MAY_BE_PERSONAL.has(kind)) return text.slice(0, LONGEST_EXAMPLE);
  const [, scheme = "", host = "", rest = ""] = (kind === "url" && URL_PARTS.exec(text)) || [];
  if (host !== "") return `${scheme}${host.slice(0, LONGEST_EXAMPLE)}${rest === "" ? "" : "/…"}`;
  const characters = [...text.slice(0, 2 * BEGINNING + 2)];
  return `${characters.slice(0, Math.min(BEGINNING, characters.length - 1)).join("")}…`;
}

const MAY_BE_PERSONAL: ReadonlySet<string> = new Set(["id", "email", "path", "url"]);
const URL_PARTS = /^([a-z][a-z0-9+.-]{0,20}:\/\/)(?:[^/?#@]{0,200}@)?([^/?#@]{1,200})(.*)$/is;

/** Words alone vary in nothing. */
const MAY_VARY =
  /[\d/@\\*"'`[“‘]|[a-z]\.[a-z]|xx|localhost|redacted|filtered|(?:GET|HEAD|POST|PUT|PATCH|DELETE) |\s\s|\S{200}/i;

/** Dates and times as servers write them, longest first; each part is bounded. */
const DATES = new RegExp(
  [
    String.raw`\b\d{4}[-/]\d{2}[-/]\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)?(?: ?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}))?\b`,
    String.raw`\b(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? )?\d{1,2}[ -](?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}[ -]\d{2,4}(?: \d{2}:\d{2}:\d{2})?(?: (?:UTC|GMT|[A-Z][SD]T|[A-Z]{2}ST|[+-]\d{4}))?\b`,
    String.raw`\b(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6} {1,2}\d{1,2}(?:,? \d{2}:\d{2}:\d{2})?(?: (?:UTC|GMT|[A-Z]{3}))?,? \d{4}\b`,
    String.raw`\b\d{1,2}:\d{2}:\d{2}(?:[.,]\d{1,9})?(?: (?:AM|PM|UTC|GMT))?\b`,
  ].join("|"),
  "g",
);

/** The name of one of many things, in quotes or brackets after what it is: `index [orders-2024]`, `user 'jo'`. Fields are not of them. */
const NAMED =
  /\b((?:index|queue|topic|exchange|channel|user|username|account|order|customer|bucket|job|task|workflow|server|node|pod|container|instance|app|application|project|tenant|organization|workspace|team|device|file|document|record|row|entry|item|product|ticket|repository|branch|stream|cluster|shard|partition|consumer|webhook|domain|site|session|invoice|payment|subscription|contact|lead|group|role|database|table|integration|function)s? (?:name |id |named |called |with id |with name )?:?|with (?:the |an? )?(?:key|id|identifier|slug|guid|uuid|number|handle):? )(["'`[“‘])([^"'`\]”’]{1,80})(["'`\]”’])/gi;

/** The name of who has a limit, where the words end with it: `for tenant acme (limit: …)`, `for user jo, …`. */
const FOR_ONE =
  /( for (?:user|tenant|account|customer|org|organi[sz]ation|workspace|team|stream) )([\w.@-]{1,60})(?= ?\(|[,;:] | \[|\.?$)/gi;

/** What stands between blanks, quotes, brackets and separators. */
const WORDS = /[^\s"'`<>()[\]{},;|=“”‘’«»]+/g;

type Kind = "url" | "email" | "path" | "version" | "ip" | "host" | "id" | "number" | "duration";

function kindOf(word: string, before: string): Kind | undefined {
  if (word.length > 300) return "id";
  const core = word.slice(0, word.length - trailing(word));
  if (core.length < 2 && !/[\d/]/.test(core)) return undefined;
  if (/^(?:x{2,}|\*{2,})(?:[.:-](?:x{2,}|\*{2,})){1,7}$|^\*{3,}\w{0,8}$|^(?:redacted|filtered)$/i.test(core))
    return "id";
  if (/^[a-z][a-z0-9+.-]{0,20}:\/\//i.test(core)) return "url";
  if (core.includes("@") && /^[^@]{1,100}@[^@]{1,200}$/.test(core)) return "email";
  if (/^(?:[a-z]:\\|\\\\)/i.test(core)) return "path";
  if (core.includes("/")) return slashed(core, before);
  if (/^(?:GET|HEAD|POST|PUT|PATCH|DELETE)$/.test(before) && !NOT_A_PATH.has(core.toLowerCase())) return "path";
  if (!/\d/.test(core)) return isHost(core) ? "host" : undefined;
  if (isAddress(core)) return "ip";
  if (/^v?\d{1,9}(?:\.\d{1,9}){2,5}(?:[-+][\w.]{1,40})?$/i.test(core)) return "version";
  if (/^[+-]?\d+(?:[.,]\d+)*%?$/.test(core))
    return numbered(core, before) ? undefined : core.length > 8 ? "id" : "number";
  if (
    /^[+-]?\d+(?:\.\d+)?(?:ns|us|µs|ms|s|sec|secs|seconds?|m|min|mins|minutes?|h|hours?|d|days?)(?:\d+(?:ms|s|m))*$/i.test(
      core,
    )
  )
    return "duration";
  if (/^\d+(?:\.\d+)?(?:b|kb|mb|gb|kib|mib|gib|bytes)$/i.test(core)) return "number";
  if (isHost(core)) return "host";
  return isId(core) ? "id" : undefined;
}

/** What may follow the name of a method and is no path. */
const NOT_A_PATH = new Set(
  "method methods request requests is are not only and or data body parameters to on for with webhook".split(" "),
);

/** What a path is called. */
const BEFORE_PATH = /^(?:route|path|url|uri|endpoint|page|resource|file|GET|HEAD|POST|PUT|PATCH|DELETE):?$/i;

/** `application/json` is a name, `HTTP/1.1` one with a version, `disconnect/reset` two words; all else with a slash may be a path. */
function slashed(core: string, before: string): Kind | undefined {
  if (/^[A-Za-z]{2,20}\/[A-Za-z]{2,20}$/.test(core) && !BEFORE_PATH.test(before)) return undefined;
  if (/^(?:application|text|multipart|image|audio|video)\/[\w.+*-]+$/i.test(core)) return undefined;
  if (/^[A-Za-z][\w.-]{0,60}\/v?\d{1,6}[\w.~+-]{0,60}$/.test(core)) return "version";
  return "path";
}

function isAddress(core: string): boolean {
  if (/^\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?(?::\d{1,5})?(?:->\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?)?$/.test(core))
    return true;
  return /^[0-9a-f:]+$/i.test(core) && (core.match(/:/g) ?? []).length >= 2 && core.length > 3;
}

/** A number that is called a code, and the three digits of a status, say what failed. */
function numbered(core: string, before: string): boolean {
  if (/^(?:error|err|code|errno|status|alert|http|statuscode|sqlstate|rule|ora|exit|signal|#)[:#.]?$/i.test(before))
    return core.length < 8;
  return before === "" && /^[345]\d\d$/.test(core);
}

/** How many characters at the end belong to the sentence and not to the word. */
function trailing(word: string): number {
  let count = 0;
  while (count < word.length && ".:!?*…".includes(word[word.length - 1 - count] ?? "")) count += 1;
  return count;
}

/** A list of hosts or numbers says no more than one of them. */
function joined(text: string): string {
  return text
    .replace(/<number>(?: ?(?:ms|milliseconds?|s|secs?|seconds?|mins?|minutes?|hours?|days?))\b/gi, "<duration>")
    .replace(/<(\w+)>(?:(?:, ?| and | or |; ?| |=)<\1>)+/g, "<$1>")
    .replace(/\s+/g, " ")
    .trim();
}
