/** Who reads a date, and when. */
export interface DateReader {
  now: Date;
  timeZone: string;
}

/**
 * Slack's date formatting: https://docs.slack.dev/messaging/formatting-message-text#date-formatting. An unknown token, or a
 * timestamp that is none, makes Slack show the fallback: then this is `undefined`.
 */
export function slackDate(timestamp: number, format: string, context: DateReader): string | undefined {
  const at = new Date(timestamp * 1000);
  if (Number.isNaN(at.getTime())) return undefined;
  const tokens = [...format.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
  if (tokens.length === 0 || tokens.some((token) => !Object.hasOwn(TOKENS, token))) return undefined;
  const written = format.replaceAll(/\{(\w+)\}/g, (_all, token: string) => TOKENS[token]?.(at, context) ?? "");
  // As Slack does, wherever the date stands.
  return `${written.slice(0, 1).toUpperCase()}${written.slice(1)}`;
}

/** `9:05 AM` */
export function clockTime(at: Date, timeZone: string): string {
  return written(at, timeZone, { hour: "numeric", minute: "2-digit" });
}

type Token = (at: Date, context: DateReader) => string;

const TOKENS: Readonly<Record<string, Token>> = {
  date_num: (at, { timeZone }) => dayNumber(at, timeZone),
  date_slash: (at, { timeZone }) => written(at, timeZone, { month: "2-digit", day: "2-digit", year: "numeric" }),
  date: longDate,
  date_short: shortDate,
  date_long: fullDate,
  date_pretty: pretty(longDate),
  date_short_pretty: pretty(shortDate),
  date_long_pretty: pretty(fullDate),
  time: (at, { timeZone }) => clockTime(at, timeZone),
  time_secs: (at, { timeZone }) => written(at, timeZone, { hour: "numeric", minute: "2-digit", second: "2-digit" }),
  ago: (at, { now }) => ago(now.getTime() - at.getTime()),
};

function longDate(at: Date, { timeZone, now }: DateReader): string {
  const day = Number(written(at, timeZone, { day: "numeric" }));
  const month = written(at, timeZone, { month: "long" });
  const year = isNear(at, now) ? "" : `, ${written(at, timeZone, { year: "numeric" })}`;
  return `${month} ${day}${ordinal(day)}${year}`;
}

function shortDate(at: Date, { timeZone, now }: DateReader): string {
  return written(at, timeZone, { month: "short", day: "numeric", ...(!isNear(at, now) && { year: "numeric" }) });
}

/** The year is left out where the date is less than six months in the past or future. */
function isNear(at: Date, now: Date): boolean {
  return Math.abs(at.getTime() - now.getTime()) < HALF_A_YEAR_MS;
}

const HALF_A_YEAR_MS = 182.5 * 24 * 3_600_000;

function fullDate(at: Date, context: DateReader): string {
  return `${written(at, context.timeZone, { weekday: "long" })}, ${longDate(at, context)}`;
}

/** The same, save for the days around now. */
function pretty(plain: Token): Token {
  return (at, context) => {
    const dayMs = 24 * 3_600_000;
    const isDay = (shiftMs: number) =>
      dayNumber(at, context.timeZone) === dayNumber(new Date(context.now.getTime() + shiftMs), context.timeZone);
    if (isDay(0)) return "today";
    if (isDay(-dayMs)) return "yesterday";
    return isDay(dayMs) ? "tomorrow" : plain(at, context);
  };
}

function ago(elapsedMs: number): string {
  const minutes = Math.round(Math.abs(elapsedMs) / 60_000);
  const [count, unit] =
    minutes < 60
      ? [minutes, "minute"]
      : minutes < 1440
        ? [Math.round(minutes / 60), "hour"]
        : [Math.round(minutes / 1440), "day"];
  const span = `${count} ${unit}${count === 1 ? "" : "s"}`;
  return elapsedMs < 0 ? `in ${span}` : `${span} ago`;
}

function dayNumber(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(at);
}

/** Newer ICU data put a narrow no-break space before AM and PM; Slack shows a plain one. */
function written(at: Date, timeZone: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat("en-US", { timeZone, ...options }).format(at).replaceAll("\u202f", " ");
}

function ordinal(day: number): string {
  if (day >= 11 && day <= 13) return "th";
  return { 1: "st", 2: "nd", 3: "rd" }[day % 10] ?? "th";
}
