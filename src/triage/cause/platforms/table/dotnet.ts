import { faultsUnder, masked, matched, valuesOf } from "../keep.ts";
import { platform } from "../rule.ts";
import { FIELD, LOGS, ROUTE } from "./steps.ts";

const ASP_FAULTS = faultsUnder("errors");

export const DOTNET = platform("ASP.NET Core", "https://learn.microsoft.com/aspnet/core/web-api/handle-errors", [
  {
    id: "aspnet-400",
    when: {
      codes: [400, 422],
      fields: { title: ["one or more validation errors occurred.", "one or more model validation errors occurred."] },
    },
    keep: ASP_FAULTS,
    told: ["bad_request", "The app refused the payload: {1}", FIELD],
  },
  {
    id: "aspnet-500-problem",
    when: { fields: { title: "an error occurred while processing your request.", traceId: true } },
    keep: ({ fields }) => (fields.some(({ path }) => path === "detail") ? undefined : []),
    told: ["server_error", "ASP.NET Core 500: the app threw an error", LOGS],
  },
  {
    id: "aspnet",
    when: { fields: { type: true, title: true, status: true, traceId: true } },
    keep: ({ statusCode, fields }) => {
      const type = fields.find(({ path }) => path === "type")?.value ?? "";
      // A detail is the app's own, and tells more.
      const isPlain = !fields.some(({ path }) => path === "detail" || path.startsWith("errors"));
      return statusCode !== undefined && isPlain && /rfc(?:9110|7231|7235|4918)/.test(type)
        ? [String(statusCode)]
        : undefined;
    },
    known: {
      "401": [
        "auth",
        "ASP.NET Core 401: no valid credentials in the request",
        "Give {webhook} a token of the app at {receiver}",
      ],
      "404": ["not_found", "ASP.NET Core 404: there is no such route or thing", ROUTE],
      "415": [
        "bad_request",
        "ASP.NET Core 415: the app does not take this content type",
        "Send application/json from {webhook}",
      ],
    },
    told: ["as said", "ASP.NET Core {1}", LOGS],
  },
  {
    id: "aspnet-developer-page",
    when: { text: ["an unhandled exception occurred while processing the request"] },
    keep: ({ lines }) => {
      const at = lines.findIndex((line) => /an unhandled exception occurred/i.test(line));
      const said = lines[at + 1];
      return said === undefined ? [] : [masked(said)];
    },
    told: ["server_error", "ASP.NET Core: {1}", LOGS],
  },
  {
    id: "aspnet-runtime-error",
    source: "https://learn.microsoft.com/aspnet/mvc/overview/",
    when: { text: ["server error in '"] },
    keep: ({ lines }) => {
      const said = lines.find((line) => !/server error in|^runtime error$/i.test(line) && line.length > 3);
      return [/runtime error/i.test(lines.join(" ").slice(0, 400)) ? "runtime error" : masked(said ?? "")];
    },
    told: ["as said", "ASP.NET: {1}", "Read the event log of {receiver}, or set customErrors to see what broke"],
  },
  {
    id: "aspnet-web-api-no-action",
    source: "https://learn.microsoft.com/aspnet/web-api/overview/",
    when: { text: ["no http resource was found that matches the request uri"] },
    told: ["not_found", "ASP.NET Web API 404: no route for this path", ROUTE],
  },
  {
    id: "aspnet-web-api-method",
    when: { text: ["the requested resource does not support http method"] },
    told: ["bad_request", "ASP.NET Web API 405: this path does not take this method", ROUTE],
  },
  {
    id: "aspnet-web-api-error",
    when: { fields: { exceptionMessage: true, exceptionType: true } },
    keep: valuesOf("exceptionType", "exceptionMessage"),
    told: ["server_error", "ASP.NET Web API: {1}", LOGS],
  },
  {
    id: "aspnet-web-api-authorization",
    when: { text: ["authorization has been denied for this request"] },
    told: [
      "auth",
      "ASP.NET Web API 401: authorization has been denied",
      "Give {webhook} a token of the app at {receiver}",
    ],
  },
  {
    id: "aspnet-system-text-json",
    when: { text: ["the json value could not be converted to"] },
    keep: matched(/path: (\$[\w.[\]]{0,80})/i),
    told: ["bad_request", "The app cannot read the payload at {1}", FIELD],
  },
  {
    id: "abp",
    source: "https://abp.io/docs/latest/framework/fundamentals/exception-handling",
    when: { fields: { "error.code": true, "error.message": true, "error.validationErrors.message": true } },
    keep: ({ fields }) =>
      fields
        .filter(({ path }) => path.startsWith("error.validationErrors."))
        .slice(0, 6)
        .map(({ value }) => masked(value)),
    told: ["bad_request", "The app refused the payload: {1}", FIELD],
  },
]);
