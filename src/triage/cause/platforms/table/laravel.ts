import { faultsUnder, masked, matched } from "../keep.ts";
import { type Keeper, platform } from "../rule.ts";
import { FIELD, LOGS, ROUTE } from "./steps.ts";

const LARAVEL_FAULTS = faultsUnder("errors");

/** `errors` as lists of sentences under names, beside a message. */
const laravelFaults: Keeper = (seen) =>
  seen.fields.every(
    ({ path }) => path === "message" || path === "success" || path === "status" || path.startsWith("errors."),
  )
    ? LARAVEL_FAULTS(seen)
    : undefined;

export const LARAVEL = platform("Laravel", "https://laravel.com/docs/errors", [
  {
    id: "laravel-405",
    when: { text: ["method is not supported for"] },
    keep: matched(/the (POST|PUT|PATCH|GET|HEAD|DELETE) method is not supported for/i),
    told: ["bad_request", "Laravel 405: this path does not take {1}", ROUTE],
  },
  {
    id: "laravel-419-page-expired",
    when: [{ text: ["page expired"], codes: [419] }, { text: ["csrf token mismatch"] }, { codes: [419], kind: "none" }],
    told: [
      "auth",
      "Laravel 419: the CSRF check failed",
      "Except the webhook's path from the CSRF check of the app at {receiver}, or use the api routes",
    ],
  },
  {
    id: "laravel-404",
    when: { fields: { message: true }, text: ["the route"], alsoText: ["could not be found"] },
    told: ["not_found", "Laravel 404: no route for this path", ROUTE],
  },
  {
    id: "laravel-too-many-attempts",
    when: { text: ["too many attempts"], codes: [429] },
    told: ["rate_limited", "Laravel 429: throttled", "Raise the throttle of the webhook's route at {receiver}"],
  },
  {
    id: "laravel-unauthenticated",
    when: { is: ["unauthenticated."], fields: { message: true } },
    told: ["auth", "Laravel 401: no credentials in the request", "Give {webhook} a token of the app at {receiver}"],
  },
  {
    id: "laravel-maintenance",
    when: { is: ["service unavailable"], fields: { message: true }, headers: { "retry-after": true }, codes: [503] },
    told: [
      "gateway",
      "Laravel 503: the app is in maintenance mode",
      "End the maintenance of {receiver}: php artisan up",
    ],
  },
  {
    id: "laravel-422",
    when: { codes: [422], fields: { message: true }, kind: "json" },
    keep: laravelFaults,
    told: ["bad_request", "The app refused the payload: {1}", FIELD],
  },
  {
    id: "laravel-sql",
    when: { text: ["sqlstate"] },
    keep: ({ text }) => {
      const [, state, number, words] =
        /SQLSTATE\[(\w{2,8})\]:?\s{0,2}(?:\[(\d{1,6})\])?:?\s{0,2}((?:[A-Z][\w-]{1,20}\s?){0,4})/i.exec(text) ?? [];
      return state === undefined
        ? undefined
        : [
            `${state} ${number ?? ""} ${number === undefined ? "" : masked((words ?? "").trim())}`.trim(),
            ...sqlObject(text),
          ];
    },
    told: [
      "server_error",
      "The app's database refused: SQLSTATE {1}",
      "See the database of the app at {receiver}: is it up, migrated and writable",
    ],
  },
  {
    id: "laravel-exception",
    when: { fields: { exception: true, message: true, file: true, line: true } },
    keep: ({ fields }) => {
      const exception = fields.find(({ path }) => path === "exception")?.value ?? "";
      const message = fields.find(({ path }) => path === "message")?.value ?? "";
      return [exception.slice(exception.lastIndexOf("\\") + 1), masked(message)];
    },
    told: ["as said", "Laravel: {1}", LOGS],
  },
  {
    id: "laravel-server-error",
    when: { is: ["server error"], fields: { message: true } },
    told: ["server_error", "Laravel 500: the app threw an error", LOGS],
  },
]);

/** Which column or table a database misses distinguishes two causes. */
function sqlObject(text: string): string[] {
  const [, name] =
    /(?:unknown column|column|table|relation|base table or view not found:[^\n']{0,60}table) ['"`]([\w.]{1,80})['"`]/i.exec(
      text,
    ) ?? [];
  return name === undefined ? [] : [name];
}
