import { matched, valuesOf } from "../keep.ts";
import { platform } from "../rule.ts";
import { LOOK } from "./steps.ts";

const RAW =
  "Put the signing secret of {webhook} into the app at {receiver}, and verify the raw body before it is parsed";

/** Payments and shops. */
/** Codes of its own that come without a link to its documentation too: https://docs.stripe.com/error-codes */
const STRIPE_CODES = new Set(
  (
    "resource_missing parameter_unknown parameter_missing parameter_invalid_integer parameter_invalid_empty resource_already_exists " +
    "lock_timeout api_key_expired secret_key_required platform_api_key_expired card_declined expired_card incorrect_cvc url_invalid " +
    "account_invalid charge_already_refunded idempotency_key_in_use livemode_mismatch testmode_charges_only"
  ).split(" "),
);

export const PAYMENTS = [
  ...platform("Stripe's library", "https://docs.stripe.com/webhooks/signature", [
    {
      id: "stripe-lib-no-signature-match",
      when: { text: ["no signatures found matching the expected signature for payload"] },
      told: ["auth", "The app refused the signature: it was made with another secret or body", RAW],
    },
    {
      id: "stripe-lib-no-header",
      when: {
        text: [
          "no stripe-signature header value was provided",
          "unable to extract timestamp and signatures from header",
        ],
      },
      told: [
        "auth",
        "The app refused the request: it has no signature",
        "Point {webhook} to a path that does not want Stripe's signature, or sign",
      ],
    },
    {
      id: "stripe-lib-timestamp",
      when: { text: ["timestamp outside the tolerance zone"] },
      told: [
        "auth",
        "The app refused the signature: its time is too old",
        "Correct the clock of the app at {receiver}, and do not replay old events",
      ],
    },
    {
      id: "stripe-lib-raw-body",
      when: { text: ["webhook payload must be provided as a string or a buffer"] },
      told: ["server_error", "The app gave the parsed body to the signature check", RAW],
    },
  ]),
  ...platform("Stripe", "https://docs.stripe.com/error-codes", [
    {
      id: "stripe-idempotency",
      when: [
        { fields: { "error.type": "idempotency_error" } },
        { text: ["keys for idempotent requests can only be used with the same parameters"] },
      ],
      told: [
        "bad_request",
        "Stripe 400: the idempotency key was used for another request",
        "Give each request of {webhook} its own idempotency key",
      ],
    },
    {
      id: "stripe",
      when: {
        fields: {
          "error.type": [
            "invalid_request_error",
            "card_error",
            "api_error",
            "authentication_error",
            "rate_limit_error",
            "permission_error",
          ],
          "error.message": true,
        },
      },
      keep: ({ fields, headers }) => {
        const value = (name: string) => fields.find(({ path }) => path === `error.${name}`)?.value;
        const isStripe = fields.some(({ path, value: told }) =>
          path === "error.doc_url" ? told.includes("stripe") : path === "error.request_log_url",
        );
        if (!isStripe && !STRIPE_CODES.has(value("code") ?? "") && !headers.has("stripe-version")) return undefined;
        return [value("code") ?? value("type") ?? "", ...(value("param") === undefined ? [] : [value("param") ?? ""])];
      },
      told: ["as said", "Stripe: {1}", LOOK],
    },
  ]),
  ...platform("Paddle", "https://developer.paddle.com/errors/overview", [
    {
      id: "paddle",
      when: {
        fields: { "error.type": ["request_error", "api_error"], "error.code": true, "error.documentation_url": true },
      },
      keep: valuesOf("error.code"),
      told: ["as said", "Paddle: {1}", LOOK],
    },
  ]),
  ...platform("PayPal", "https://developer.paypal.com/api/rest/responses/", [
    {
      id: "paypal",
      when: { fields: { name: true, debug_id: true } },
      keep: valuesOf("name", "details.issue"),
      told: ["as said", "PayPal: {1}", LOOK],
    },
  ]),
  ...platform("Square", "https://developer.squareup.com/docs/build-basics/handling-errors", [
    {
      id: "square",
      when: {
        fields: {
          "errors.category": [
            "api_error",
            "authentication_error",
            "invalid_request_error",
            "rate_limit_error",
            "payment_method_error",
          ],
          "errors.code": true,
        },
      },
      keep: valuesOf("errors.code", "errors.field"),
      told: ["as said", "Square: {1}", LOOK],
    },
  ]),
  ...platform("Shopify", "https://shopify.dev/docs/api/usage/response-codes", [
    {
      id: "shopify-invalid-token",
      when: { text: ["invalid api key or access token (unrecognized login or wrong password)"] },
      told: ["auth", "Shopify 401: the access token is not valid", "Install the app of {webhook} in the store again"],
    },
    {
      id: "shopify-rate-limited",
      when: {
        text: [
          "exceeded 2 calls per second for api client",
          "exceeded 4 calls per second for api client",
          "reduce request rates to resume uninterrupted service",
        ],
      },
      told: [
        "rate_limited",
        "Shopify 429: too many calls",
        "Slow {webhook} down: let it send fewer events to {receiver}",
      ],
    },
    {
      id: "shopify-scope",
      when: { text: ["this action requires merchant approval for"] },
      keep: matched(/merchant approval for (\w{3,40}) scope/i),
      told: [
        "auth",
        "Shopify 403: the app lacks the scope {1}",
        "Let the merchant approve that scope for the app of {webhook}",
      ],
    },
    {
      id: "shopify-unavailable-shop",
      when: { fields: { errors: ["unavailable shop", "not found"] }, headers: { "x-shopid": true } },
      keep: valuesOf("errors"),
      told: ["gone_or_moved", "Shopify: {1}", "See whether the store of {webhook} is closed or frozen"],
    },
  ]),
];
