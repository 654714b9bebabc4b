import { formatTerms } from "../format-query.ts";
import { lengthProblem, MAX_QUERY_LENGTH, parseTerms, type QueryFault, unclosedProblem } from "../parse-query.ts";
import { ECHO_LENGTH, echo, shorten } from "../query/echo.ts";
import { suggest } from "../query/suggest.ts";
import { isBare, type Token, tokenise } from "../query/tokens.ts";
import { ianaName } from "../time-zone.ts";
import { type AllClear, readAllClear } from "./read-all-clear.ts";
import {
  beginsSchedule,
  readSchedule,
  SCHEDULE_WORDS,
  type ScheduleProblem,
  type ScheduleReading,
} from "./read-schedule.ts";
import { readZone } from "./read-zone.ts";
import { formatDays, formatMinuteOfDay } from "./schedule.ts";
import type { DigestSchedule } from "./subscription.ts";

/** What somebody wants of the digests of a channel. `number` is that in the channel's list, from 1 on. */
export type DigestCommand =
  | { kind: "form" }
  | { kind: "list" }
  | { kind: "now" | "preview" | "off"; number?: number }
  | { kind: "subscribe"; wish: DigestWish };

/** A digest that somebody wants to have. */
export interface DigestWish {
  schedule: DigestSchedule;
  /** As `formatTerms` writes them; empty for everything. */
  terms: string;
  allClear: AllClear;
}

export interface DigestContext {
  now: Date;
  /** The asker's zone, an IANA name. */
  timeZone: string;
  /** Ids of the configured providers. */
  providers: readonly string[];
}

export type ParsedDigest = { ok: true; command: DigestCommand } | { ok: false; fault: QueryFault };

const NO_TIME = "A digest needs a time of day, such as 09:00.";
const KINDS = ["list", "now", "preview", "off"] as const;
type Kind = (typeof KINDS)[number];

/** What people call a command elsewhere. */
const OTHER_NAMES: Record<string, string> = {
  cancel: "off",
  delete: "off",
  end: "off",
  ls: "list",
  remove: "off",
  show: "list",
  stop: "off",
  test: "preview",
  unsubscribe: "off",
};
/** Words of a schedule that are easily taken for terms: `at:09:00`. */
const SLIPS: Record<string, string> = {
  at: "at",
  every: "every",
  in: "in",
  on: "on",
  timezone: "in",
  tz: "in",
  zone: "in",
};

/** Reads what follows `/hooks digest`. Never throws, whatever the text. */
export function parseDigest(text: string, context: DigestContext): ParsedDigest {
  const reading = read(text, context);
  return "misread" in reading ? { ok: false, fault: faultOf(reading.misread, context) } : reading;
}

/** Why a text is no schedule, and what of it is one all the same. */
interface Misread {
  problem: ScheduleProblem;
  tokens: readonly Token[];
  days?: DigestSchedule["days"] | undefined;
  minuteOfDay?: number | undefined;
  timeZone?: string | undefined;
  /** As they can be typed. */
  others?: string[];
}

function read(text: string, context: DigestContext): ParsedDigest | { misread: Misread } {
  const typed = text.trim();
  if (typed === "") return { ok: true, command: { kind: "form" } };
  const tooLong = lengthProblem(typed, MAX_QUERY_LENGTH);
  if (tooLong) return { misread: { problem: tooLong, tokens: [] } };
  const { tokens, unclosed } = tokenise(typed);
  const [first] = tokens;
  const word = isBare(first) ? first.value.toLowerCase() : "";
  const kind = KINDS.find((known) => known === word);
  return kind === undefined ? readSubscribe(tokens, unclosed, context) : readKind(kind, tokens.slice(1), unclosed);
}

/** `off`, `off 2`. */
function readKind(kind: Kind, behind: readonly Token[], unclosed: string | undefined): ParsedDigest {
  const typed = [...behind.map((token) => token.text), ...(unclosed === undefined ? [] : [unclosed])].join(" ");
  if (typed === "") return { ok: true, command: { kind } };
  const number = Number(/^#?(\d{1,4})$/.exec(typed)?.[1]);
  if (kind !== "list" && number > 0) return { ok: true, command: { kind, number } };
  const what =
    kind === "list"
      ? `${echo(typed)}: nothing may stand behind “list”.`
      : `${echo(typed)} is not the number of a digest. Numbers begin with 1; “digest list” shows them.`;
  const example = kind === "list" ? "digest list" : `digest ${kind} 1`;
  return { ok: false, fault: { what, understood: `digest, ${kind}`, example } };
}

function readSubscribe(
  tokens: readonly Token[],
  unclosed: string | undefined,
  context: DigestContext,
): ParsedDigest | { misread: Misread } {
  const zone = readZone(tokens, context.now);
  const schedule = readSchedule(zone.rest);
  const clear = readAllClear(schedule.rest);
  const { days, minuteOfDay } = schedule;
  const { timeZone } = zone;
  const { allClear } = clear;
  const text = clear.rest.map((token) => token.text).join(" ");
  const named = parseTerms(text, { ...context, command: exampleOf({ days, minuteOfDay, timeZone }) });
  const quotes = unclosedProblem(unclosed);
  const problem = [
    quotes && { what: quotes.what },
    slipProblem(tokens),
    headProblem(zone.rest, schedule),
    zone.problem,
    clear.problem,
    schedule.problem,
  ].find((found) => found !== undefined);
  if (problem || days === undefined || minuteOfDay === undefined) {
    // Words behind a broken schedule may belong to it.
    const words = named.ok && schedule.problem === undefined ? named.words : [];
    const terms = named.ok ? formatTerms({ terms: named.terms, words }) : "";
    const others = [terms, allClear === undefined ? "" : `all-clear:${allClear}`].filter((other) => other !== "");
    return { misread: { problem: problem ?? { what: NO_TIME }, tokens, days, minuteOfDay, timeZone, others } };
  }
  if (!named.ok) return { ok: false, fault: named.fault };
  const wish: DigestWish = {
    schedule: { days, minuteOfDay, timeZone: timeZone ?? ianaName(context.timeZone) ?? "UTC" },
    terms: formatTerms(named),
    allClear: allClear ?? "line",
  };
  return { ok: true, command: { kind: "subscribe", wish } };
}

/** What is wrong with the word that should begin the schedule. */
function headProblem(tokens: readonly Token[], reading: ScheduleReading): ScheduleProblem | undefined {
  const words = tokens.filter(isBare);
  const [first] = words;
  if (first === undefined) return undefined;
  const lone = /^\d{1,2}$/.exec(first.value)?.[0];
  if (lone !== undefined && words.length === 1 && reading.minuteOfDay !== undefined) {
    const time = formatMinuteOfDay(reading.minuteOfDay);
    const what = `${echo(lone)} alone may be a time of day or the number of a digest.`;
    return { what, meant: [`daily at ${time}`] };
  }
  if (beginsSchedule(first.value)) return undefined;
  const lower = first.value.toLowerCase();
  const known = [...KINDS, ...SCHEDULE_WORDS, ...Object.keys(OTHER_NAMES)];
  const near = suggest(lower, known);
  const command = near !== undefined && Object.hasOwn(OTHER_NAMES, near) ? OTHER_NAMES[near] : near;
  const what = `${echo(first.value)} is neither a schedule, such as “daily at 09:00”, nor one of ${KINDS.join(", ")}.`;
  if (command === undefined) return { what };
  const whole = ["", " at 09:00", " on monday at 09:00", " day at 09:00"].map((rest) => `${command}${rest}`);
  return { what, slip: { token: first, meant: command }, meant: whole };
}

function slipProblem(tokens: readonly Token[]): ScheduleProblem | undefined {
  const slip = tokens.find(({ key }) => key !== undefined && Object.hasOwn(SLIPS, key));
  if (slip?.key === undefined) return undefined;
  const what = `${echo(`${slip.key}:`)} is not a term that I know. Put words that hold a colon in quotes.`;
  return slip.value === "" ? { what } : { what, suggestion: `${SLIPS[slip.key]} ${slip.value}` };
}

function faultOf({ problem, tokens, ...known }: Misread, context: DigestContext): QueryFault {
  const { days, minuteOfDay, timeZone, others = [] } = known;
  const parts = [
    ...(days === undefined ? [] : [formatDays(days)]),
    ...(minuteOfDay === undefined ? [] : [`at ${formatMinuteOfDay(minuteOfDay)}`]),
    ...(timeZone === undefined ? [] : [`in ${timeZone}`]),
    ...others,
  ];
  const { what, slip, meant = [] } = problem;
  const spelled = slip && tokens.map((token) => (token === slip.token ? slip.meant : token.text)).join(" ");
  const whole = [...(spelled === undefined ? [] : [spelled]), ...meant].find(
    (text) => `digest ${text}`.length <= ECHO_LENGTH && isUnderstood(text, context),
  );
  const suggestion = whole === undefined ? problem.suggestion : `digest ${whole}`;
  const fault: QueryFault = {
    what,
    understood: ["digest", ...(parts.length === 0 ? [] : [shorten(parts.join(", "))])].join(", "),
    example: problem.example === undefined ? exampleOf(known) : `digest ${problem.example}`,
  };
  if (suggestion !== undefined) fault.suggestion = `Did you mean ${shorten(suggestion)}?`;
  return fault;
}

function isUnderstood(text: string, context: DigestContext): boolean {
  const reading = read(text, context);
  return "ok" in reading && reading.ok;
}

/** A whole command with what is known of the schedule. */
function exampleOf({ days = "every_day", minuteOfDay = 540, timeZone }: Omit<Misread, "problem" | "tokens">): string {
  const zone = timeZone === undefined ? "" : ` in ${timeZone}`;
  return `digest ${formatDays(days)} at ${formatMinuteOfDay(minuteOfDay)}${zone}`;
}
