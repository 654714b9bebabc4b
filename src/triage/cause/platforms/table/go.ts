import { all, matched, messageOf, valuesOf } from "../keep.ts";
import { type Keeper, platform } from "../rule.ts";
import { FIELD, LOGS, ROUTE } from "./steps.ts";

/** `Key: 'Order.Email' Error:Field validation for 'Email' failed on the 'required' tag`. */
const validatorFaults: Keeper = ({ text }) => {
  const faults = [...text.matchAll(/field validation for '(\w{1,60})' failed on the '(\w{1,40})' tag/gi)].map(
    ([, field, tag]) => `${field} ${tag}`,
  );
  return faults.length > 0 ? [...new Set(faults)].sort().slice(0, 4) : undefined;
};

/** Which status code the gateway gives each of its codes. */
const GRPC_CODES: Readonly<Record<string, number>> = {
  "1": 499,
  "2": 500,
  "3": 400,
  "4": 504,
  "5": 404,
  "6": 409,
  "7": 403,
  "8": 429,
  "9": 400,
  "10": 409,
  "11": 400,
  "12": 501,
  "13": 500,
  "14": 503,
  "15": 500,
  "16": 401,
};

/** Go and its frameworks. */
export const GO = [
  ...platform("Go", "https://pkg.go.dev/net/http#NotFound", [
    {
      id: "go-404-page-not-found",
      when: { is: ["404 page not found"] },
      told: ["not_found", "Go 404: no route for this path", ROUTE],
    },
    {
      id: "go-validator",
      source: "https://github.com/go-playground/validator",
      when: { text: ["field validation for"] },
      keep: validatorFaults,
      told: ["bad_request", "The app refused the payload: {1}", FIELD],
    },
    {
      id: "go-json",
      source: "https://pkg.go.dev/encoding/json",
      when: { text: ["cannot unmarshal"] },
      keep: matched(
        /json: cannot unmarshal (\w{1,20}) into go (?:struct field |value )?(?:of type )?([\w.[\]*]{1,80})(?: of type [\w.[\]*]{1,60})?/i,
      ),
      told: ["bad_request", "The app cannot read the payload: {1}", FIELD],
    },
    {
      id: "go-json-unknown-field",
      when: { text: ["json: unknown field"] },
      keep: matched(/json: unknown field "?(\w{1,60})/i),
      told: ["bad_request", "The app does not know the field {1}", FIELD],
    },
    {
      id: "go-json-empty",
      when: { text: ["unexpected end of json input"], notText: ["syntaxerror"] },
      told: [
        "bad_request",
        "The app cannot read the payload: the JSON is empty or cut",
        "Compare content type and body of {webhook}",
      ],
    },
    {
      id: "go-body-too-large",
      when: { text: ["http: request body too large"] },
      told: [
        "payload_too_large",
        "Go 413: the payload is larger than it allows",
        "Raise the MaxBytesReader of the app at {receiver}",
      ],
    },
    {
      id: "go-client-to-tls",
      source: "https://pkg.go.dev/net/http#Server",
      when: { text: ["client sent an http request to an https server"] },
      told: ["tls", "Go 400: plain HTTP was sent to its TLS port", "Use https in {webhook}'s endpoint URL"],
    },
    {
      id: "go-proxy-refused",
      when: { text: ["http: proxy error"] },
      keep: maybeReason,
      told: ["gateway", "Go proxy 502: {1}", "See whether the app behind the proxy at {receiver} runs"],
    },
    {
      id: "go-nil-pointer",
      when: { text: ["invalid memory address or nil pointer dereference"] },
      told: ["server_error", "Go 500: the app panicked on a nil pointer", LOGS],
    },
    {
      id: "go-handler-timeout",
      source: "https://pkg.go.dev/net/http#TimeoutHandler",
      when: { codes: [503], is: ["timeout\ntimeout", "timeout"], kind: "html" },
      told: ["timeout", "Go 503: the app took too long", "Find what is slow at {receiver}"],
    },
  ]),
  ...platform("Echo", "https://echo.labstack.com/docs/error-handling", [
    {
      id: "echo-jwt",
      when: {
        fields: { message: ["missing or malformed jwt", "invalid or expired jwt", "missing key in request header"] },
      },
      keep: messageOf("message"),
      told: ["auth", "Echo: {1}", "Give {webhook} a token of the app at {receiver}"],
    },
    {
      id: "echo-bind",
      when: { text: ["unmarshal type error: expected=", "syntax error: offset="] },
      keep: matched(/(?:unmarshal type error: expected=([\w.]{1,60}), got=(\w{1,20})|syntax error)/i),
      told: ["bad_request", "Echo 400: the payload cannot be read: {1}", FIELD],
    },
  ]),
  ...platform("Fiber", "https://docs.gofiber.io/guide/error-handling", [
    {
      id: "fiber-404",
      when: { text: ["cannot post"], kind: "text", codes: [404, 405] },
      told: ["not_found", "Fiber 404: no route for this path", ROUTE],
    },
  ]),
  ...platform("Prometheus Alertmanager", "https://prometheus.io/docs/alerting/latest/", [
    {
      id: "alertmanager",
      when: { fields: { status: "error", errorType: true, error: true } },
      keep: valuesOf("errorType"),
      told: [
        "bad_request",
        "Prometheus: {1}",
        "Compare the payload of {webhook} with what the API at {receiver} wants",
      ],
    },
  ]),
  ...platform("gRPC gateway", "https://grpc-ecosystem.github.io/grpc-gateway/", [
    {
      id: "grpc-gateway",
      when: { kind: "json", fields: { "/code": Object.keys(GRPC_CODES), "/message": true } },
      keep: (seen) => {
        const code = seen.fields.find(({ path }) => path === "code")?.value ?? "";
        return GRPC_CODES[code] === seen.statusCode ? all(() => [code], messageOf("/message"))(seen) : undefined;
      },
      told: ["as said", "gRPC {1}", LOGS],
    },
  ]),
];

function maybeReason({ text }: Parameters<Keeper>[0]): readonly string[] {
  return /(connection refused|i\/o timeout|no such host|eof)/i.exec(text)?.slice(1) ?? [];
}
