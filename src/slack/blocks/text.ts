import { pageToOpen } from "../../triage/page-to-open.ts";

/**
 * Text from outside (names, statuses, headers, bodies, what people type) must never mention, link, format or reorder what
 * stands around it. Where it may stand, and what keeps it inert there:
 *
 * - rich text leaves (`outside`, `outsideLines`): Slack parses nothing in them, so the text stays as it came. Preferred.
 * - plain_text objects (`outsidePlain`): no mrkdwn, but emoji codes and addresses may come alive.
 * - mrkdwn (`outsideMrkdwn`): only beside a date token, and in the fallback text of a message.
 *
 * `<` before `!`, `@`, `#` or an address is broken by a word joiner everywhere: rich text is flattened back into mrkdwn in
 * notifications and exports. The joiner shows nothing and allows no line break.
 */
const WORD_JOINER = "\u2060";
const ELLIPSIS = "…";

/** For a rich text leaf: one line of at most `max` characters. */
export function outside(text: string, max: number): string {
  return isolate(cut(breakTokens(oneLine(text, max)), max - 2));
}

/** For preformatted rich text: lines and tabs are kept. */
export function outsideLines(text: string, max: number): string {
  return cut(breakTokens(clean(beginning(text, max))), max);
}

/** For a plain_text object. */
export function outsidePlain(text: string, max: number): string {
  return isolate(cut(breakLookups(breakTokens(oneLine(text, max))), max - 2));
}

/**
 * For mrkdwn. Formatting marks become look-alikes, since a joiner is not known to stop Slack's parser; `_` within a word is
 * left, it formats nothing. `max` counts characters as people see them, before escaping.
 */
export function outsideMrkdwn(text: string, max: number): string {
  const inert = oneLine(text, max)
    .replaceAll("*", "∗")
    .replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "＿")
    .replaceAll("~", "∼")
    .replaceAll("`", "ˋ");
  return escapeMrkdwn(isolate(cut(breakLookups(breakTokens(inert)), max - 2)));
}

/** Source: https://docs.slack.dev/messaging/formatting-message-text#escaping */
export function escapeMrkdwn(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** At most `max` UTF-16 units, the last of them an ellipsis if anything was cut. Never cuts within a grapheme. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${text.slice(0, graphemeStart(text, Math.max(0, max - 1)))}${ELLIPSIS}`;
}

/**
 * Like `cut`, for mrkdwn of ours: never cuts within a token such as `<!date^…>` or an entity such as `&amp;`, and closes what
 * isolates right-to-left text.
 */
export function cutMrkdwn(text: string, max: number): string {
  if (text.length <= max) return text;
  const kept = text.slice(0, graphemeStart(text, max - 2));
  const token = kept.lastIndexOf("<");
  const whole = token > kept.lastIndexOf(">") ? kept.slice(0, token) : kept;
  return `${closed(whole.replace(/&[a-z]{0,4}$/, ""))}${ELLIPSIS}`;
}

/** Whether a person would see anything at all. */
export function isVisible(text: string): boolean {
  return /[^\p{White_Space}\p{C}\p{Default_Ignorable_Code_Point}]/u.test(text.slice(0, 10_000).toWellFormed());
}

/** `<!date^…>` in the reader's own zone; clients that cannot show it show the instant in UTC. */
export function dateToken(date: Date, format: string = DATE_FORMAT): string {
  const seconds = secondsOf(date);
  return seconds === undefined ? UNKNOWN_TIME : `<!date^${seconds}^${format}|${dateFallback(date, format)}>`;
}

/** Where a link of ours leads; `undefined` where it may lead nowhere. */
export function linkTarget(url: string | undefined): string | undefined {
  // What would end a link in mrkdwn, where rich text is flattened into it.
  return pageToOpen(url)?.replaceAll(/[<>|]|[^\x21-\x7e]/g, encodeURIComponent);
}

/** `<address|words>` for mrkdwn; empty where the address is none of ours. */
export function linkToken(url: string | undefined, words: string): string {
  const target = linkTarget(url);
  return target === undefined ? "" : `<${escapeMrkdwn(target)}|${escapeMrkdwn(words)}>`;
}

/**
 * In the reader's zone and way to write the time, near days by their names: `Today 9:04 AM`, `Nov 18 9:04 AM`. Slack leaves out the year
 * for half a year.
 * Source: https://docs.slack.dev/messaging/formatting-message-text#date-formatting
 */
export const DATE_FORMAT = "{date_short_pretty} {time}";
export const DATE_FORMAT_WITH_SECONDS = "{date_short_pretty} {time_secs}";
/** For what says of which time a message is: true on any day on which somebody reads a copy of it. */
export const ABSOLUTE_FORMAT = "{date_short} {time}";
export const ABSOLUTE_FORMAT_WITH_SECONDS = "{date_short} {time_secs}";
/** Only where another date beside it tells the day. */
export const TIME_FORMAT_WITH_SECONDS = "{time_secs}";
export const UNKNOWN_TIME = "unknown time";

/** `2026-11-21 06:41 UTC` */
export function inUtc(date: Date): string {
  if (secondsOf(date) === undefined) return UNKNOWN_TIME;
  return `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** What stands where a date cannot be shown in the reader's zone: the instant in UTC, as exact as the format. */
export function dateFallback(date: Date, format: string): string {
  if (!format.includes("_secs}") || secondsOf(date) === undefined) return inUtc(date);
  return `${date.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** Unix seconds, or `undefined` for what is no date that Slack can show. */
export function secondsOf(date: Date): number | undefined {
  const seconds = Math.floor(date.getTime() / 1_000);
  return seconds >= 0 && seconds < LAST_SECOND ? seconds : undefined;
}

/** The year 10000, where ISO 8601 grows longer. */
const LAST_SECOND = 253_402_300_800;

/** So much of a long text as can matter for `max` characters: cleaning a megabyte to show a line would be a waste. */
function beginning(text: string, max: number): string {
  const enough = max * 4 + 100;
  if (text.length <= enough) return text;
  // The filler stands for what was left out, so that the cut is shown even where cleaning shortens the rest.
  return `${text.slice(0, enough)}${ELLIPSIS}`;
}

function oneLine(text: string, max: number): string {
  return clean(beginning(text, max)).replaceAll(/\s+/g, " ").trim();
}

/** Well-formed, without control characters and without directional overrides, embeddings and isolates. */
function clean(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n?|[\u0085\u2028\u2029\v\f]/g, "\n")
    .replaceAll(/[\u202A-\u202E\u2066-\u2069\uFEFF\uFFFE\uFFFF]/g, "")
    .replaceAll(CONTROL, "");
}

/** C0 without tab and line feed, DEL, C1. */
const CONTROL = /(?![\t\n])\p{Cc}/gu;

/** Breaks what Slack writes as a mention, a command or a link between angle brackets. */
function breakTokens(text: string): string {
  return text.replaceAll(/<(?=[!@#]|https?|mailto|[a-z][a-z0-9+.-]*:)/gi, `<${WORD_JOINER}`);
}

/** Breaks what clients look up or detect in bare text: emoji codes (not 10:30:05), mentions, channels, addresses, domains. */
function breakLookups(text: string): string {
  return text
    .replaceAll(/(?<!\d(?=:\d\d(?!\d))):(?=[\p{L}\p{N}_+'-]+:)/gu, `:${WORD_JOINER}`)
    .replaceAll(/:(?=\/\/)/g, `:${WORD_JOINER}`)
    .replaceAll(/([@#])(?=\S)/g, `$1${WORD_JOINER}`)
    .replaceAll(/(?<=[\p{L}\p{N}])\.(?=\p{L}{2,})/gu, `.${WORD_JOINER}`)
    .replaceAll(/\b(mailto|tel):/gi, `$1:${WORD_JOINER}`);
}

/** Right-to-left text is set between FSI and PDI, so that it cannot reorder the line around it. */
function isolate(text: string): string {
  return RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text;
}

function closed(text: string): string {
  return text.lastIndexOf("\u2068") > text.lastIndexOf("\u2069") ? `${text}\u2069` : text;
}

/** The blocks of right-to-left scripts, and the marks U+200F and U+061C. */
const RIGHT_TO_LEFT = /[\u0590-\u08FF\u200F\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
/** Longer than any grapheme that is meant to be read. */
const LONGEST_GRAPHEME = 64;

/** The last place at or before `at` where a text may be cut. */
function graphemeStart(text: string, at: number): number {
  const whole = isLowSurrogate(text, at) ? at - 1 : at;
  const from = Math.max(0, whole - LONGEST_GRAPHEME);
  const start = isLowSurrogate(text, from) ? from + 1 : from;
  const nearby = text.slice(start, whole + LONGEST_GRAPHEME);
  const grapheme = graphemes.segment(nearby).containing(whole - start);
  return grapheme && grapheme.index > 0 ? start + grapheme.index : whole;
}

function isLowSurrogate(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff;
}
