import type { CauseCategory } from "../cause.ts";
import { REFUSALS } from "./words-of-refusals.ts";
import { TROUBLES } from "./words-of-trouble.ts";

/** How words and a status code together name a category. */
export interface WordRule {
  category: CauseCategory;
  /** Looked for in the words as they came, in lower case, with dashes and underscores as blanks. */
  words: RegExp;
  /** Where only some codes let the words mean this; a missing code fits. */
  codes?: (statusCode: number) => boolean;
}

/** What an answer says. */
export interface Said {
  words: string;
  /** Whether it is a page for people rather than an answer for programs. */
  isPage: boolean;
  /** Whether it names a field that is wrong. */
  hasFault: boolean;
}

/** The first rule that fits decides, so what is told plainest stands first. */
const RULES: readonly WordRule[] = [...TROUBLES, ...REFUSALS];

/** Codes that mean one thing whatever the words. */
const CODE_DECIDES: Record<number, CauseCategory> = {
  408: "timeout",
  410: "gone_or_moved",
  413: "payload_too_large",
  414: "payload_too_large",
  415: "bad_request",
  419: "auth",
  431: "payload_too_large",
  504: "timeout",
  522: "timeout",
  524: "timeout",
  525: "tls",
  526: "tls",
  495: "tls",
  496: "tls",
};

/** Without telling words. */
const CODE_SUGGESTS: Record<number, CauseCategory> = {
  401: "auth",
  402: "platform_quota_or_sleep",
  403: "auth",
  404: "not_found",
  407: "auth",
  425: "rate_limited",
  429: "rate_limited",
  440: "auth",
  451: "blocked",
  498: "auth",
  499: "timeout",
  502: "gateway",
  503: "gateway",
  507: "platform_quota_or_sleep",
  508: "server_error",
  509: "platform_quota_or_sleep",
  511: "auth",
  520: "gateway",
  521: "gateway",
  523: "gateway",
  527: "gateway",
  529: "rate_limited",
  530: "gateway",
  598: "timeout",
  599: "timeout",
};

const LONGEST_READ = 1_200;

/** The category that a status code and the words of the answer name together. Total: `unknown` where neither tells. */
export function categoryOf(statusCode: number | undefined, { words, isPage, hasFault }: Said): CauseCategory {
  const decided = statusCode === undefined ? undefined : CODE_DECIDES[statusCode];
  if (decided) return decided;
  const told = words
    .slice(0, LONGEST_READ)
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .replace(/[\s_-]+/g, " ");
  // Some accept the call and then tell of the code that came from further on.
  const code = statusCode !== undefined && statusCode < 300 ? codeWithin(told) : statusCode;
  const within = code === undefined || code === statusCode ? undefined : CODE_DECIDES[code];
  if (within) return within;
  for (const { category, words: pattern, codes } of RULES)
    if ((code === undefined || (codes?.(code) ?? true)) && pattern.test(told)) return category;
  if (hasFault && (code === 400 || code === 409 || code === 422)) return "bad_request";
  // Web servers and firewalls forbid with a page; applications answer programs in words of their own.
  if (code === 403 && isPage) return "blocked";
  return categoryOfCode(code);
}

function codeWithin(told: string): number | undefined {
  const [, code] =
    /\b(?:http|status|error|code|returned|responded with|received)(?: error| status| code){0,2}:? ([345]\d\d)\b/.exec(
      told,
    ) ?? [];
  return code === undefined ? undefined : Number(code);
}

/** The category that a status code alone suggests. */
export function categoryOfCode(statusCode: number | undefined): CauseCategory {
  if (statusCode === undefined) return "unknown";
  const own = CODE_DECIDES[statusCode] ?? CODE_SUGGESTS[statusCode];
  if (own) return own;
  if (statusCode < 300) return "unknown";
  if (statusCode < 400) return "gone_or_moved";
  if (statusCode < 500) return "bad_request";
  return statusCode < 600 ? "server_error" : "unknown";
}
