import { z } from "zod";
import { suggest } from "../../triage/query/suggest.ts";
import { resolveTimeZone } from "../../triage/time-zone.ts";
import { echo } from "./variables.ts";

/** pino's levels: https://getpino.io/#/docs/api?id=loggerlevel-string-gettersetter */
export const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const LAST_PORT = 65_535;
const LONGEST_RETENTION_DAYS = 3_650;

export const port = wholeNumber(0, LAST_PORT, "a port");
export const retentionDays = wholeNumber(1, LONGEST_RETENTION_DAYS, "a number of days");

export const logLevel = z.string().transform((value, context): LogLevel => {
  const level = LOG_LEVELS.find((known) => known === value.toLowerCase());
  if (level) return level;
  const meant = suggest(value, LOG_LEVELS);
  const hint = meant ? `did you mean ${meant}?` : `give one of ${LOG_LEVELS.join(", ")}.`;
  return refuse(context, `${echo(value)} is no log level; ${hint}`);
});

/** An IANA zone, by the name under which it is listed. */
export const timeZone = z.string().transform((value, context): string => {
  const resolved = /^[+-]/.test(value) ? { ok: false as const, suggestions: [] } : resolveTimeZone(value);
  if (resolved.ok) return resolved.zone;
  const hint =
    resolved.suggestions.length > 0
      ? `did you mean ${resolved.suggestions.join(" or ")}?`
      : "give one such as Europe/Berlin.";
  return refuse(context, `${echo(value)} is no IANA time zone; ${hint}`);
});

/** Never repeated in messages: it holds a password. */
export const databaseUrl = z.string().transform((value, context): string => {
  if (!/^postgres(?:ql)?:\/\//i.test(value) || !URL.canParse(value)) {
    return refuse(context, "is no PostgreSQL address; give postgres://user:password@host:5432/database.");
  }
  const { pathname, search, hash } = new URL(value);
  // What stands before it was taken for the host, and would be told as such.
  if (![pathname, search, hash].some((part) => part.includes("@"))) return value;
  return refuse(
    context,
    "has an @ after the host; encode what is special in user and password: / as %2F, # as %23, ? as %3F, @ as %40.",
  );
});

/** Ids with commas between them. */
export const channelIds = z.string().transform((value, context): string[] => {
  const ids = value.split(/[\s,]+/).filter((id) => id !== "");
  for (const id of ids) {
    if (!/^[CG][A-Z0-9]{2,}$/.test(id)) {
      refuse(
        context,
        `${echo(id)} is no channel id; give ids such as C0123456789 (they stand at the end of a channel's details).`,
      );
    }
  }
  return [...new Set(ids)];
});

/** An origin: scheme, host and port. */
export const originUrl = z.string().transform((value, context): string => {
  const url = safeUrl(value, context);
  if (!url) return z.NEVER;
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "") {
    return refuse(context, `has more than a host; give ${url.origin}.`);
  }
  return url.origin;
});

/** The base of Slack's Web API, with the slash at its end. */
export const slackApiUrl = z.string().transform((value, context): string => {
  const url = safeUrl(value, context);
  if (!url) return z.NEVER;
  if (!/\/api\/?$/.test(url.pathname) || url.search !== "" || url.hash !== "") {
    return refuse(context, "does not end in /api/; give an address such as https://slack.com/api/.");
  }
  return url.href.endsWith("/") ? url.href : `${url.href}/`;
});

/** `https:` anywhere, `http:` on this machine only, user info nowhere. */
function safeUrl(value: string, context: z.RefinementCtx): URL | undefined {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === "") {
    refuse(context, "is no web address; give one such as https://acme.example.com.");
    return undefined;
  }
  if (url.username !== "" || url.password !== "") {
    refuse(context, `holds user info; give the address alone, ${url.origin}, and credentials in their own variables.`);
    return undefined;
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    const path = url.pathname === "/" ? "" : url.pathname;
    refuse(context, `is not encrypted; give https://${url.host}${path} (http: is for this machine only).`);
    return undefined;
  }
  return url;
}

/** https://www.rfc-editor.org/rfc/rfc6761#section-6.3, https://www.rfc-editor.org/rfc/rfc1122#section-3.2.1.3 */
function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

function wholeNumber(from: number, to: number, what: string) {
  return z.string().transform((value, context): number => {
    const number = Number(value);
    if (/^\d{1,9}$/.test(value) && number >= from && number <= to) return number;
    return refuse(context, `${echo(value)} is not ${what}; give a whole number from ${from} to ${to}.`);
  });
}

function refuse(context: z.RefinementCtx, message: string): never {
  context.addIssue({ code: "custom", message });
  return z.NEVER;
}
