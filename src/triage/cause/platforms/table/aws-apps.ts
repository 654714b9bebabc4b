import { all, messageOf, valuesOf } from "../keep.ts";
import { type Keeper, platform } from "../rule.ts";

const NOT_AWS = ["server", "x-powered-by", "cf-ray"] as const;

/** Its answers are one field; an app's own answer with more is not it. */
const onlyMessage: Keeper = ({ fields }) => (fields.length === 1 ? [] : undefined);

const APIGW_SOURCE =
  "https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html";

/** Functions and API Gateway. */
export const AWS_APPS = [
  ...platform("Lambda", "https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-invocation.html", [
    {
      id: "lambda-task-timed-out",
      when: [{ text: ["task timed out after"] }, { fields: { errorType: "sandbox.timedout" } }],
      told: [
        "timeout",
        "Lambda: the function ran into its time limit",
        "Raise the timeout of the function at {receiver}, or find what it waits for",
      ],
    },
    {
      id: "lambda-throttled",
      when: [
        {
          fields: {
            reason: [
              "concurrentinvocationlimitexceeded",
              "reservedfunctionconcurrentinvocationlimitexceeded",
              "callerratelimitexceeded",
              "functioninvocationratelimitexceeded",
            ],
          },
        },
        { text: ["toomanyrequestsexception"], alsoText: ["rate exceeded"] },
      ],
      told: [
        "rate_limited",
        "Lambda 429: the function's concurrency is used up",
        "Raise the reserved concurrency of the function at {receiver}",
      ],
    },
    {
      id: "lambda-url-forbidden",
      when: { fields: { message: "forbidden" }, headers: { "x-amzn-errortype": "accessdenied" } },
      told: [
        "auth",
        "Lambda URL 403: it may not be called without a signature",
        "Set the auth type of the function URL of {receiver} to NONE and let everyone invoke it, or sign",
      ],
    },
    {
      id: "lambda-error",
      when: { fields: { errorType: true, errorMessage: true } },
      keep: all(valuesOf("errorType"), messageOf("errorMessage")),
      told: [
        "server_error",
        "Lambda: the function threw {1}",
        "Read the stack in the function's log of {receiver} in CloudWatch",
      ],
    },
  ]),
  ...platform("API Gateway", APIGW_SOURCE, [
    {
      id: "apigw-missing-authentication-token",
      when: { fields: { message: "missing authentication token" } },
      told: [
        "auth",
        "API Gateway 403: no such path or method, or no signature",
        "Compare stage, path and method of {webhook}'s endpoint URL with the API at {receiver}: this is what a wrong path gets",
      ],
    },
    {
      id: "apigw-endpoint-request-timed-out",
      when: { fields: { message: "endpoint request timed out" } },
      told: [
        "timeout",
        "API Gateway 504: the integration took longer than 29 seconds",
        "Let {receiver} answer at once and do the work afterwards",
      ],
    },
    {
      id: "apigw-not-authorized",
      when: { text: ["user is not authorized to access this resource"] },
      told: [
        "auth",
        "API Gateway 403: the authorizer or resource policy denied access",
        "Let the webhook pass in the authorizer or resource policy of the API at {receiver}",
      ],
    },
    {
      id: "apigw-limit-exceeded",
      when: { fields: { message: "limit exceeded" }, codes: [429] },
      told: [
        "platform_quota_or_sleep",
        "API Gateway 429: the usage plan's quota is used up",
        "Raise the quota of {webhook}'s API key in the usage plan of {receiver}",
      ],
    },
    {
      id: "apigw-too-many-requests",
      when: { fields: { message: "too many requests" }, codes: [429], notHeaders: NOT_AWS },
      keep: onlyMessage,
      told: ["rate_limited", "API Gateway 429: throttled", "Raise the throttling limits of the stage at {receiver}"],
    },
    {
      id: "apigw-invalid-request-body",
      when: { fields: { message: "invalid request body" }, codes: [400], notHeaders: NOT_AWS },
      keep: onlyMessage,
      told: [
        "bad_request",
        "API Gateway 400: the payload does not fit its model",
        "Compare the payload of {webhook} with the model of the method at {receiver}",
      ],
    },
    {
      id: "apigw-request-too-long",
      when: { fields: { message: ["request too long", "http content length exceeded 10485760 bytes."] } },
      told: [
        "payload_too_large",
        "API Gateway 413: the payload is larger than 10 MB",
        "Send smaller payloads to {receiver}",
      ],
    },
    {
      id: "apigw-forbidden",
      when: [
        { fields: { message: "forbidden" }, codes: [403], notHeaders: NOT_AWS },
        { fields: { message: "forbidden" }, codes: [403], headers: { "x-amzn-requestid": true } },
        { fields: { message: "forbidden" }, codes: [403], headers: { "apigw-requestid": true } },
      ],
      keep: onlyMessage,
      told: [
        "auth",
        "API Gateway 403: it forbids this request",
        "Check API key, resource policy and custom domain of the API at {receiver}, and its AWS WAF",
      ],
    },
    {
      id: "apigw-unauthorized",
      when: [
        { fields: { message: "unauthorized" }, codes: [401], notHeaders: NOT_AWS },
        { fields: { message: "unauthorized" }, codes: [401], headers: { "x-amzn-requestid": true } },
        { fields: { message: "unauthorized" }, codes: [401], headers: { "apigw-requestid": true } },
      ],
      keep: onlyMessage,
      told: [
        "auth",
        "API Gateway 401: its authorizer got no valid token",
        "Give {webhook} the token that the authorizer of {receiver} wants",
      ],
    },
    {
      id: "apigw-internal-server-error",
      when: [
        { fields: { message: "internal server error" }, codes: [500, 502, 503], notHeaders: NOT_AWS },
        { fields: { message: "internal server error" }, codes: [500, 502], headers: { "x-amzn-requestid": true } },
        { fields: { message: "internal server error" }, codes: [500, 502], headers: { "apigw-requestid": true } },
      ],
      keep: onlyMessage,
      told: [
        "server_error",
        "API Gateway: the Lambda function behind it failed or answered in a wrong form",
        "Read the function's log of {receiver} in CloudWatch: an exception, or an answer without statusCode and body",
      ],
    },
    {
      id: "apigw-not-found",
      when: { fields: { message: "not found" }, codes: [404], headers: { "apigw-requestid": true } },
      keep: onlyMessage,
      told: [
        "not_found",
        "API Gateway 404: no route for this path",
        "Compare stage, path and method of {webhook}'s endpoint URL with the routes at {receiver}",
      ],
    },
    {
      id: "apigw-service-unavailable",
      when: [
        { fields: { message: "service unavailable" }, codes: [503], headers: { "apigw-requestid": true } },
        { fields: { message: "service unavailable" }, codes: [503], notHeaders: NOT_AWS },
      ],
      keep: onlyMessage,
      told: [
        "gateway",
        "API Gateway 503: the integration took too long or was throttled",
        "Answer within 30 seconds at {receiver}, and raise the concurrency of its function",
      ],
    },
  ]),
];
