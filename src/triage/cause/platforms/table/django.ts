import { faultsAtRoot, masked } from "../keep.ts";
import { type Keeper, platform } from "../rule.ts";
import { FIELD, LOGS, ROUTE } from "./steps.ts";

/** The document is this one field. */
const alone: Keeper = ({ fields }) => (fields.length === 1 ? [] : undefined);

/** `{"email": ["This field is required."]}`: lists of sentences and nothing else. */
const drfFaults: Keeper = (seen) => {
  const { fields } = seen;
  if (fields.length === 0 || fields.length > 30) return undefined;
  const isDrf = fields.every(
    ({ path, value }) => !/^(?:detail|message|error|code|status)$/.test(path) && /^[A-Z"“].{3,200}\.$/.test(value),
  );
  return isDrf && fields.some(({ value }) => DRF_SAYS.test(value)) ? faultsAtRoot(seen) : undefined;
};

const DRF_SAYS =
  /^(?:This field |Not a valid |A valid |Ensure |Enter a valid |Must be |Invalid |Expected a |Incorrect type|".{0,80}" is not a valid |Date has |Datetime has |Time has |The fields )/;

/** Django and its REST framework. */
export const DJANGO = [
  ...platform("Django REST framework", "https://www.django-rest-framework.org/api-guide/exceptions/", [
    {
      id: "drf-throttled",
      when: { text: ["request was throttled"] },
      told: [
        "rate_limited",
        "Django REST framework 429: throttled",
        "Raise the throttle rate of the webhook's view at {receiver}",
      ],
    },
    {
      id: "drf-not-authenticated",
      when: {
        fields: {
          detail: ["authentication credentials were not provided.", "authentication credentials were not provided"],
        },
      },
      told: [
        "auth",
        "Django REST framework: no credentials in the request",
        "Give {webhook} the credentials of the app at {receiver}, or open its view",
      ],
    },
    {
      id: "drf-permission-denied",
      when: { fields: { detail: "you do not have permission to perform this action." } },
      told: [
        "auth",
        "Django REST framework 403: this user may not do that",
        "Give the user of {webhook} the permission at {receiver}",
      ],
    },
    {
      id: "drf-invalid-token",
      when: {
        fields: {
          detail: [
            "invalid token.",
            "invalid token header. no credentials provided.",
            "given token not valid for any token type",
            "token is invalid or expired",
            "user inactive or deleted.",
            "invalid username/password.",
            "incorrect authentication credentials.",
          ],
        },
      },
      keep: ({ fields }) => fields.filter(({ path }) => path === "detail").map(({ value }) => value),
      told: ["auth", "Django REST framework 401: {1}", "Give {webhook} a valid token of the app at {receiver}"],
    },
    {
      id: "drf-parse-error",
      when: { text: ["json parse error - "] },
      told: [
        "bad_request",
        "Django REST framework 400: the body is not valid JSON",
        "Compare content type and body of {webhook}",
      ],
    },
    {
      id: "drf-unsupported-media-type",
      when: { text: ["unsupported media type"], codes: [415], fields: { detail: true } },
      keep: ({ lowerText }) => (lowerText.startsWith("unsupported media type") ? [] : undefined),
      told: [
        "bad_request",
        "Django REST framework 415: it does not take this content type",
        "Add a parser for what {webhook} sends to the view at {receiver}",
      ],
    },
    {
      id: "drf-method-not-allowed",
      when: {
        codes: [405],
        text: ["not allowed"],
        fields: {
          detail: [
            'method "post" not allowed.',
            'method "put" not allowed.',
            'method "patch" not allowed.',
            'method "get" not allowed.',
          ],
        },
      },
      told: ["bad_request", "Django REST framework 405: this path does not take this method", ROUTE],
    },
    {
      id: "drf-not-found",
      when: { fields: { detail: ["not found.", "no data matches the given query."] }, codes: [404] },
      keep: alone,
      told: ["not_found", "Django REST framework 404: there is no such thing", ROUTE],
    },
    {
      id: "drf-csrf",
      when: { text: ["csrf failed"] },
      told: [
        "auth",
        "Django REST framework 403: the CSRF check failed",
        "Use token authentication in place of a session for {webhook}",
      ],
    },
    {
      id: "drf-400",
      when: {
        kind: "json",
        codes: [400],
        text: [
          "this field",
          "not a valid",
          "a valid",
          "ensure",
          "enter a valid",
          "invalid",
          "expected a",
          "must be",
          "date has",
          "datetime has",
          "incorrect type",
          "the fields",
        ],
      },
      keep: drfFaults,
      told: ["bad_request", "The app refused the payload: {1}", FIELD],
    },
  ]),
  ...platform("Django", "https://github.com/django/django/blob/main/django/views/csrf.py", [
    {
      id: "django-csrf",
      when: { text: ["csrf verification failed. request aborted", "csrf cookie not set", "csrf token missing"] },
      told: [
        "auth",
        "Django 403: the CSRF check failed",
        "Exempt the webhook's view of {receiver} from it: csrf_exempt",
      ],
    },
    {
      id: "django-disallowed-host",
      when: { text: ["disallowedhost", "you may need to add", "invalid http_host header"], notText: ["keyerror"] },
      keep: ({ lowerText }) => (/disallowedhost|http_host/.test(lowerText) ? [] : undefined),
      told: [
        "bad_request",
        "Django 400: this host is not in ALLOWED_HOSTS",
        "Add {receiver} to ALLOWED_HOSTS of the app",
      ],
    },
    {
      id: "django-append-slash",
      when: { text: ["append_slash set"] },
      told: [
        "bad_request",
        "Django 500: the URL wants a slash at its end",
        "Add a slash to the end of {webhook}'s endpoint URL",
      ],
    },
    {
      id: "django-404",
      when: [
        { text: ["using the urlconf defined in"], alsoText: ["page not found"] },
        { codes: [404], is: ["not found\nthe requested resource was not found on this server."] },
      ],
      told: ["not_found", "Django 404: no route for this path", ROUTE],
    },
    {
      id: "django",
      when: { text: ["django version"], alsoText: ["exception type"] },
      keep: ({ lines }) => {
        const at = lines.findIndex((line) => /^Exception Type:?/.test(line));
        const told = lines[at]?.replace(/^Exception Type:?\s{0,3}/, "") || lines[at + 1];
        return told === undefined
          ? undefined
          : [masked(told), ...(/^[^\n]{3,120}$/.test(lines[1] ?? "") ? [masked(lines[1] ?? "")] : [])];
      },
      told: ["server_error", "Django: {1}", LOGS],
    },
    {
      id: "django-500",
      when: { codes: [500], is: ["server error (500)"] },
      told: ["server_error", "Django 500: the app threw an error", LOGS],
    },
    {
      id: "django-400",
      when: { codes: [400], is: ["bad request (400)"] },
      told: [
        "bad_request",
        "Django 400: it refused the request, mostly for its host",
        "Add {receiver} to ALLOWED_HOSTS of the app",
      ],
    },
  ]),
];
