import { all, faultsUnder, masked, messageOf, statusCode } from "../keep.ts";
import { platform } from "../rule.ts";
import { TOKEN } from "./steps.ts";

/** Code and its issues. */
export const CODE_HOSTS = [
  ...platform("Jira", "https://developer.atlassian.com/cloud/jira/platform/rest/v3/intro/#status-codes", [
    {
      id: "jira-400",
      when: {
        kind: "json",
        codes: [400, 422],
        text: [
          "cannot be set",
          "is required",
          "specify a valid",
          "does not exist",
          "operation value must be",
          "is not valid",
          "you must specify",
          "data was not an array",
        ],
      },
      keep: (seen) =>
        seen.fields.every(({ path }) => path.startsWith("errors.") || path === "errorMessages" || path === "status") &&
        seen.fields.some(({ path }) => path === "errorMessages" || /^errors\.(?:customfield_|\w{3,40}$)/.test(path)) &&
        !seen.fields.some(({ path }) => path === "message")
          ? [
              ...(faultsUnder("errors")(seen) ?? []),
              ...seen.fields.filter(({ path }) => path === "errorMessages").map(({ value }) => masked(value)),
            ].slice(0, 4)
          : undefined,
      told: [
        "bad_request",
        "Jira refused the payload: {1}",
        "Compare the payload of {webhook} with the screen and fields of the Jira project",
      ],
    },
    {
      id: "jira",
      when: { fields: { errorMessages: true } },
      keep: messageOf("errorMessages"),
      told: ["as said", "Jira: {1}", "Check the user, project and permissions of {webhook} at {receiver}"],
    },
    {
      id: "jira-captcha",
      when: { headers: { "x-authentication-denied-reason": true } },
      told: [
        "auth",
        "Jira: it wants a CAPTCHA after failed sign-ins",
        "Sign in once as the user of {webhook} in a browser, and correct its token",
      ],
    },
    {
      id: "jira-xsrf",
      when: { text: ["xsrf check failed", "xsrf security token missing"] },
      told: [
        "auth",
        "Jira: the XSRF check failed",
        "Send the header X-Atlassian-Token: no-check, and no browser's User-Agent",
      ],
    },
    {
      id: "atlassian-site-unavailable",
      when: {
        text: ["your atlassian cloud site is currently unavailable", "site temporarily unavailable | atlassian"],
      },
      told: [
        "platform_quota_or_sleep",
        "Atlassian: the site is not available",
        "See the billing and status of the Atlassian site {receiver}",
      ],
    },
  ]),
  ...platform("GitHub", "https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api", [
    {
      id: "github-secondary-rate-limit",
      when: { text: ["you have exceeded a secondary rate limit", "you have triggered an abuse detection mechanism"] },
      told: [
        "rate_limited",
        "GitHub: too many requests at once",
        "Slow {webhook} down and wait as long as Retry-After says",
      ],
    },
    {
      id: "github-rate-limit",
      when: { text: ["api rate limit exceeded for", "api rate limit already exceeded"] },
      told: [
        "rate_limited",
        "GitHub: the hour's API calls are used up",
        "Sign in with a token in {webhook}, or slow it down",
      ],
    },
    {
      id: "github-validation",
      when: [
        {
          fields: { message: "validation failed", "errors.resource": true },
          headers: { "x-github-request-id": true },
        },
        { fields: { message: "validation failed", "errors.resource": true, documentation_url: true } },
      ],
      keep: ({ fields }) =>
        fields
          .filter(({ path }) => /^errors\.(?:resource|field|code)$/.test(path))
          .slice(0, 6)
          .map(({ value }) => value),
      told: [
        "bad_request",
        "GitHub refused the payload: {1}",
        "Compare the payload of {webhook} with what GitHub's documentation of this call asks for",
      ],
    },
    {
      id: "github",
      when: [{ fields: { message: true, documentation_url: true } }],
      keep: messageOf("message"),
      known: {
        "bad-credentials": [
          "auth",
          "GitHub 401: the token is not valid",
          "Give {webhook} a token that has not expired",
        ],
        "not-found": [
          "not_found",
          "GitHub 404: no such repository, or the token may not see it",
          "Check owner, repository and the token's access in {webhook}",
        ],
        "resource-not-accessible-by-integration": [
          "auth",
          "GitHub 403: the app may not do that",
          "Give the GitHub App of {webhook} the permission that the call needs",
        ],
        "requires-authentication": [
          "auth",
          "GitHub 401: no token in the request",
          "Give {webhook} a token for {receiver}",
        ],
      },
      told: ["as said", "GitHub: {1}", "Look the message up in GitHub's documentation"],
    },
    {
      id: "github",
      when: { text: ["resource not accessible by integration"] },
      keep: () => ["Resource not accessible by integration"],
      told: [
        "auth",
        "GitHub 403: the app may not do that",
        "Give the GitHub App of {webhook} the permission that the call needs",
      ],
    },
  ]),
  ...platform("GitLab", "https://docs.gitlab.com/api/rest/troubleshooting/", [
    {
      id: "gitlab",
      when: {
        fields: {
          message: [
            "401 unauthorized",
            "403 forbidden",
            "404 project not found",
            "404 not found",
            "404 trigger not found",
            "405 method not allowed",
          ],
        },
      },
      keep: messageOf("message"),
      told: ["as said", "GitLab: {1}", "Check project, token and scopes of {webhook} at {receiver}"],
    },
    {
      id: "gitlab-retry-later",
      when: { is: ["retry later\n", "this endpoint has been requested too many times. try again later."] },
      told: [
        "rate_limited",
        "GitLab 429: too many requests",
        "Slow {webhook} down: let it send fewer events to {receiver}",
      ],
    },
    {
      id: "gitlab-oauth",
      when: { fields: { error: "insufficient_scope", scope: true } },
      told: ["auth", "GitLab 403: the token lacks a scope", "Give {webhook} a token with the scope api"],
    },
    {
      id: "gitlab-whoops",
      when: { text: ["whoops, gitlab is taking too much time to respond", "gitlab is not responding"] },
      told: ["gateway", "GitLab 502: it does not respond", "See whether Puma of the GitLab at {receiver} runs"],
    },
  ]),
  ...platform("Bitbucket", "https://developer.atlassian.com/cloud/bitbucket/rest/intro/", [
    {
      id: "bitbucket",
      when: { fields: { type: "error", "error.message": true } },
      keep: all(
        ({ fields }) => (fields.some(({ path }) => /request_id|error\.type/.test(path)) ? undefined : []),
        statusCode,
        messageOf("error.message"),
      ),
      told: ["as said", "Bitbucket: {1}", TOKEN],
    },
  ]),
  ...platform("CircleCI", "https://circleci.com/docs/api/v2/", [
    {
      id: "circleci-project-not-found",
      when: { is: ["project not found"], fields: { message: true } },
      told: ["not_found", "CircleCI: there is no such project", "Check the project slug and token of {webhook}"],
    },
  ]),
];
