import { all, masked, statusCode } from "../keep.ts";
import { type Keeper, platform } from "../rule.ts";
import { FIELD, LOGS, ROUTE } from "./steps.ts";

/** What Spring itself says beside a code. */
const SPRINGS_OWN =
  /^(?:|no message available|access denied|access is denied|full authentication is required.{0,60}|unauthorized|forbidden|not found|no static resource.{0,200}|no (?:handler|endpoint) (?:found )?.{0,200}|request method .{0,20} (?:is )?not supported.{0,20}|content[ -]type .{0,120} not supported.{0,20}|bad credentials|invalid request|validation failed.{0,300}|unsupported media type|method not allowed|bad request|internal server error|service unavailable)$/is;

/** What it says of a payload that it cannot read. */
const UNREADABLE =
  /^(required request body is missing|json parse error|could not read (?:document|json)|failed to read request|failed to read http message|malformed json request|invalid json)/i;

/** A message of the app's own tells more than Spring's form around it: it is left to those who read sentences. */
const springMessage: Keeper = ({ statusCode, fields }) => {
  const told = (name: string): string | undefined => fields.find(({ path }) => path === name)?.value;
  const message = (told("message") ?? "").trim();
  if (message === told("error") || SPRINGS_OWN.test(message.slice(0, 400))) return [];
  const [, unreadable] = UNREADABLE.exec(message) ?? [];
  if (unreadable !== undefined && (statusCode === 400 || statusCode === 500)) return [unreadable];
  return undefined;
};

/** The frameworks of Java and its kin. */
export const JVM = [
  ...platform(
    "Spring",
    "https://docs.spring.io/spring-boot/reference/web/servlet.html#web.servlet.spring-mvc.error-handling",
    [
      {
        id: "spring-validation",
        when: { fields: { "errors.defaultMessage": true, "errors.field": true } },
        keep: ({ fields }) =>
          [
            ...new Set(
              fields
                .filter(({ path }) => /errors\.(?:field|defaultMessage)$/.test(path))
                .map(({ value }) => masked(value)),
            ),
          ].slice(0, 6),
        told: ["bad_request", "The app refused the payload: {1}", FIELD],
      },
      {
        id: "spring-400-json-parse-error",
        when: { text: ["json parse error: "], codes: [400, 500] },
        told: [
          "bad_request",
          "Spring 400: the app cannot read the payload",
          "Compare the types in the payload of {webhook} with what the app at {receiver} reads",
        ],
      },
      {
        id: "spring",
        when: { fields: { timestamp: true, status: true, error: true, path: true } },
        keep: all(statusCode, springMessage),
        known: {
          "400": [
            "bad_request",
            "Spring 400: the app refused the payload",
            "Compare content type and body of {webhook} with what the app at {receiver} reads",
          ],
          "401": [
            "auth",
            "Spring 401: no valid credentials in the request",
            "Give {webhook} credentials, or permit its path in the security filter chain of {receiver}",
          ],
          "403": [
            "auth",
            "Spring 403: the security filter refused the request",
            "Permit the webhook's path in the security filter chain of {receiver} and except it from CSRF",
          ],
          "404": ["not_found", "Spring 404: no route for this path", ROUTE],
          "405": ["bad_request", "Spring 405: this path does not take this method", ROUTE],
          "415": [
            "bad_request",
            "Spring 415: the app does not take this content type",
            "Send application/json from {webhook}, or let the app at {receiver} consume what it sends",
          ],
          "500": ["server_error", "Spring 500: the app threw an error", LOGS],
        },
        told: ["as said", "Spring {1}", LOGS],
      },
      {
        id: "spring-415",
        when: {
          codes: [415],
          text: ["content-type"],
          alsoText: ["is not supported"],
          fields: { status: "415", title: true },
        },
        told: [
          "bad_request",
          "Spring 415: the app does not take this content type",
          "Send application/json from {webhook}, or let the app at {receiver} consume what it sends",
        ],
      },
      {
        id: "spring",
        when: { text: ["whitelabel error page"] },
        keep: statusCode,
        told: ["as said", "Spring {code}: its own error page", LOGS],
      },
      {
        id: "spring-cloud-gateway",
        source: "https://docs.spring.io/spring-cloud-gateway/reference/",
        when: { fields: { timestamp: true, path: true, status: true, error: true, requestId: true } },
        keep: statusCode,
        told: ["as said", "Spring Cloud Gateway {code}", LOGS],
      },
    ],
  ),
  ...platform("Quarkus", "https://quarkus.io/guides/rest", [
    {
      id: "quarkus-error",
      when: { fields: { details: true, stack: true } },
      keep: ({ fields }) => {
        const stack = fields.find(({ path }) => path === "stack")?.value;
        return stack === undefined ? undefined : [masked(stack.split(/ at [\w.$]{1,200}\(/, 1)[0] ?? "")];
      },
      told: ["server_error", "Quarkus 500: {1}", LOGS],
    },
    {
      id: "quarkus-validation",
      when: { fields: { title: "constraint violation", "violations.field": true } },
      keep: ({ fields }) =>
        fields
          .filter(({ path }) => /violations\.(?:field|message)$/.test(path))
          .slice(0, 6)
          .map(({ value }) => masked(value)),
      told: ["bad_request", "The app refused the payload: {1}", FIELD],
    },
    {
      id: "quarkus-404",
      when: { text: ["resource not found"], alsoText: ["resource endpoints"] },
      told: ["not_found", "Quarkus 404: no route for this path", ROUTE],
    },
  ]),
  ...platform("Micronaut", "https://docs.micronaut.io/latest/guide/#errorHandling", [
    {
      id: "micronaut",
      when: { fields: { "_links.self.href": true, "_embedded.errors.message": true } },
      keep: all(statusCode, ({ fields }) => {
        const message = fields.find(({ path }) => path === "_embedded.errors.message")?.value ?? "";
        return /^(?:page not found|internal server error|unauthorized|forbidden)/i.test(message)
          ? []
          : [masked(message)];
      }),
      told: ["as said", "Micronaut {1}", LOGS],
    },
  ]),
  ...platform("Ktor", "https://ktor.io/docs/", [
    {
      id: "play-action-not-found",
      source: "https://www.playframework.com/documentation/latest/ScalaErrorHandling",
      when: { text: ["action not found for request"], raw: ["action not found"] },
      told: ["not_found", "Play 404: no route for this path", ROUTE],
    },
  ]),
  ...platform("Dropwizard", "https://www.dropwizard.io/en/stable/manual/core.html", [
    {
      id: "dropwizard-500",
      when: { text: ["there was an error processing your request. it has been logged"] },
      told: ["server_error", "Dropwizard 500: the app threw an error", LOGS],
    },
  ]),
  ...platform("Mule", "https://docs.mulesoft.com/mule-runtime/latest/", [
    {
      id: "mule-no-listener",
      when: { text: ["no listener for endpoint"] },
      told: ["not_found", "Mule 404: no listener for this path", ROUTE],
    },
  ]),
];
