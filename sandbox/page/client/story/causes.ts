import type { StoryProvider } from "../../wire.ts";
import type { Options } from "./parts.ts";

type Causes = StoryProvider["causes"];

/** What a person chooses from: in words, by category; last those of which the bot can only learn that it failed. */
export function causeOptions({ id, name, causes }: Pick<StoryProvider, "id" | "name" | "causes">): Options[] {
  const mute = causes.filter((cause) => isMute(id, cause.name));
  const groups = Map.groupBy(
    causes.filter((cause) => !isMute(id, cause.name)),
    ({ category }) => category,
  );
  const told = [...groups].map(([category, ones]) => ({
    label: CATEGORIES[category] ?? category,
    options: optionsOf(id, ones),
  }));
  if (mute.length === 0) return told;
  return [...told, { label: `${name} does not say why`, options: optionsOf(id, mute) }];
}

/** A sentence without its stop; the name where nobody has put it in words. */
export function causeInWords(provider: StoryProvider["id"], name: string): string {
  return WORDS[provider][name] ?? name;
}

function optionsOf(provider: StoryProvider["id"], causes: Causes): [string, string][] {
  return causes.map(({ name }) => [name, causeInWords(provider, name)]);
}

/** No connection came about, and Zendesk's answers, as recorded, say `failed` and nothing else. */
const MUTE_AT_ZENDESK: ReadonlySet<string> = new Set(["dns-name-gone", "connection-refused", "certificate-expired"]);

function isMute(provider: StoryProvider["id"], name: string): boolean {
  return provider === "zendesk" && MUTE_AT_ZENDESK.has(name);
}

const CATEGORIES: Readonly<Record<string, string>> = {
  dns: "Its name leads nowhere",
  connect: "Nothing can be reached",
  tls: "Certificates and encryption",
  timeout: "No answer in time",
  rate_limited: "Too much at once",
  auth: "Not let in",
  not_found: "Not found",
  bad_request: "Not understood",
  payload_too_large: "Too large",
  gone_or_moved: "Gone or moved",
  server_error: "The receiver breaks",
  gateway: "A gateway before it fails",
  blocked: "Blocked on the way",
  platform_quota_or_sleep: "Its platform has put it to sleep",
  circuit_open: "The circuit breaker is open",
  unknown: "An answer that is none",
};

const WORDS: Readonly<Record<StoryProvider["id"], Readonly<Record<string, string>>>> = {
  zendesk: {
    "cloudflare-522-origin-silent": "Cloudflare 522: the origin does not answer",
    "cloudflare-521-origin-refuses": "Cloudflare 521: the origin refuses connections",
    "cloudflare-524-origin-slow": "Cloudflare 524: the origin is too slow",
    "cloudflare-525-handshake": "Cloudflare 525: the TLS handshake fails",
    "cloudflare-502-tunnel": "Cloudflare 502: no tunnel to the origin",
    "cloudflare-waf-403": "Cloudflare's firewall says 403",
    "nginx-502-upstream-gone": "nginx 502: nothing behind it",
    "nginx-504-upstream-slow": "nginx 504: what is behind it is too slow",
    "nginx-413-body-too-large": "nginx 413: the body is too large",
    "kong-503-no-peer": "Kong 503: no healthy peer",
    "envoy-503-connect-failure": "Envoy 503: no connection upstream",
    "alb-503-no-targets": "AWS load balancer 503: no targets",
    "heroku-503-app-crashed": "Heroku 503: the app crashed",
    "platform-503-suspended": "503: the hours of the month are used up",
    "akamai-403-denied": "Akamai says 403: access denied",
    "tunnel-404-offline": "404: the ngrok tunnel is offline",
    "jwt-expired-401": "401: the token has expired",
    "signature-mismatch-401": "401: the signature does not match",
    "scope-missing-403": "403: a scope is missing",
    "express-404-route-gone": "404: Express has no such route",
    "project-deleted-404": "404: the project was deleted",
    "endpoint-410-gone": "410: the old API was switched off",
    "method-405": "405: POST is not allowed",
    "content-type-415": "415: JSON is not taken",
    "field-422-assignee": "422: the assignee cannot be assigned",
    "field-422-due-date": "422: the due date is in the past",
    "schema-400": "400: a field has the wrong type",
    "rate-limited-429": "429: too many requests",
    "quota-429-retried": "429: the quota is used up, tried three times",
    "redirect-308": "308: moved to another address",
    "conflict-409-retried": "409: a conflict, tried four times",
    "rails-500-nil-method": "500: Rails calls a method on nil",
    "rails-500-pool-exhausted": "500: Rails is out of database connections",
    "django-500-integrity": "500: Django finds a duplicate key",
    "express-500-undefined-property": "500: Express reads a property of undefined",
    "spring-500-deadlock": "500: Spring ends in a deadlock",
    "php-500-memory": "500: PHP runs out of memory",
    "lambda-502-task-timeout": "502: a Lambda does not finish",
    "maintenance-503-retried": "503: down for maintenance, tried three times",
    "recovers-503-then-200": "503, then well at the second try",
    "timeout-504-slow-receiver": "504: the receiver is slow, tried five times",
    "timeout-black-hole": "No answer at all in 12 seconds",
    "dns-name-gone": "Its name is no longer in the DNS",
    "connection-refused": "It refuses connections",
    "certificate-expired": "Its certificate has expired",
    "throttled-then-terminated-403": "Held back, then refused with 403",
    "throttled-then-circuit-broken": "Held back, then stopped by the breaker",
    "circuit-broken": "Not sent: the breaker is open",
    "throttled-for-ever": "Held back by Zendesk, for ever",
  },
  conductorone: {
    unauthorized: "401: the token is not taken",
    unavailable: "503: nothing healthy upstream",
    "certificate-expired": "Its certificate has expired",
    "no-such-host": "Its name is not in the DNS",
    timeout: "No answer in 30 seconds",
    "bad-response": "An answer that ConductorOne cannot read",
    gone: "410: it asks for no more",
    "callback-timeout": "Accepted, and never called back",
  },
};
