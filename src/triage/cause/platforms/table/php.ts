import { masked, matched, messageOf, statusCode, valuesOf } from "../keep.ts";
import { platform } from "../rule.ts";
import { FIELD, LOGS, ROUTE } from "./steps.ts";

/** The other frameworks of PHP. */
export const PHP = [
  ...platform("Symfony", "https://symfony.com/doc/current/controller/error_pages.html", [
    {
      id: "symfony",
      when: [
        { text: ["oops! an error occurred"], alsoText: ["the server returned a"] },
        { text: ["an error occurred: "], kind: "html", raw: ["<title>an error occurred: "] },
      ],
      keep: statusCode,
      told: ["as said", "Symfony {code}: the app answered with its error page", LOGS],
    },
    {
      id: "symfony-404",
      when: { text: ["no route found for"] },
      told: ["not_found", "Symfony: no route for this path and method", ROUTE],
    },
    {
      id: "api-platform-validation",
      source: "https://api-platform.com/docs/core/validation/",
      when: { fields: { "violations.propertyPath": true, "violations.message": true } },
      keep: ({ fields }) =>
        [
          ...new Set(
            fields
              .filter(({ path }) => /violations\.(?:propertyPath|message)$/.test(path))
              .map(({ value }) => masked(value)),
          ),
        ].slice(0, 6),
      told: ["bad_request", "The app refused the payload: {1}", FIELD],
    },
  ]),
  ...platform("Slim", "https://www.slimframework.com/docs/v4/middleware/error-handling.html", [
    {
      id: "slim",
      when: [
        { text: ["slim application error"] },
        { text: ["a website error has occurred. sorry for the temporary inconvenience"] },
      ],
      keep: statusCode,
      told: ["server_error", "Slim {code}: the app threw an error", LOGS],
    },
  ]),
  ...platform("WordPress", "https://developer.wordpress.org/rest-api/", [
    {
      id: "wordpress-critical-error",
      when: { text: ["there has been a critical error on this website"] },
      told: [
        "server_error",
        "WordPress 500: a plugin or theme broke",
        "Read debug.log of {receiver}; the site's administrator got a mail with a recovery link",
      ],
    },
    {
      id: "wordpress-database",
      when: { text: ["error establishing a database connection"] },
      told: [
        "server_error",
        "WordPress 500: it cannot reach its database",
        "Start the database of {receiver} and check wp-config.php",
      ],
    },
    {
      id: "wordpress-maintenance",
      when: { text: ["briefly unavailable for scheduled maintenance"] },
      told: [
        "gateway",
        "WordPress 503: it is under maintenance",
        "Delete .maintenance at {receiver} if the update got stuck",
      ],
    },
    {
      id: "wordpress-rest",
      when: { fields: { code: true, message: true, "data.status": true } },
      keep: ({ fields }) => {
        const code = fields.find(({ path }) => path === "code")?.value;
        return code !== undefined && /^[a-z][\w-]{3,60}$/.test(code)
          ? [
              code,
              ...fields
                .filter(({ path }) => path.startsWith("data.params."))
                .slice(0, 3)
                .map(({ path }) => path.slice(12)),
            ]
          : undefined;
      },
      known: {
        "rest-no-route": [
          "not_found",
          "WordPress 404: no REST route for this path",
          "Activate the plugin that serves the webhook's path at {receiver}, and save its permalinks",
        ],
        "rest-forbidden": [
          "auth",
          "WordPress 401: it may not do that",
          "Give {webhook} an application password of a user who may",
        ],
        "rest-not-logged-in": ["auth", "WordPress 401: nobody is logged in", "Give {webhook} an application password"],
        "rest-login-required": [
          "auth",
          "WordPress 401: the REST API wants a login",
          "Open the webhook's path in the plugin that closes the REST API of {receiver}",
        ],
        "rest-disabled": [
          "blocked",
          "WordPress: the REST API is switched off",
          "Open the webhook's path in the plugin that closes the REST API of {receiver}",
        ],
      },
      told: ["as said", "WordPress: {1}", "Look the code {1} up in the plugin that serves the path at {receiver}"],
    },
    {
      id: "wordpress-admin-ajax",
      when: { codes: [400, 403], is: ["0", "-1"] },
      keep: statusCode,
      told: [
        "bad_request",
        "WordPress {code}: no plugin took the request",
        "Check the action in {webhook}'s endpoint URL and that its plugin is active at {receiver}",
      ],
    },
    {
      id: "woocommerce",
      source: "https://woocommerce.github.io/woocommerce-rest-api-docs/",
      when: { text: ["woocommerce_rest_"] },
      keep: matched(/\b(woocommerce_rest_\w{3,60})\b/),
      told: ["auth", "WooCommerce: {1}", "Give {webhook} a REST key of WooCommerce with write access"],
    },
  ]),
  ...platform("PHP", "https://www.php.net/manual/en/language.errors.php", [
    {
      id: "php-memory",
      source: "https://www.php.net/manual/ini.core.php#ini.memory-limit",
      when: { text: ["allowed memory size of"], alsoText: ["bytes exhausted"] },
      told: [
        "server_error",
        "PHP ran out of memory",
        "Raise memory_limit of the PHP at {receiver}, or find what needs so much",
      ],
    },
    {
      id: "php-fatal",
      when: { text: ["fatal error", "parse error"], alsoText: ["on line"] },
      keep: ({ text }) => {
        const [, said] = /(?:fatal|parse) error:\s{0,3}([^\n]{3,200})/i.exec(text) ?? [];
        return said === undefined
          ? undefined
          : [masked((said.split(/ in \/| in [A-Z]:\\| thrown in| Stack trace/, 1)[0] ?? said).trim())];
      },
      told: ["server_error", "PHP broke: {1}", LOGS],
    },
    {
      id: "php-fpm-404",
      when: { is: ["file not found.", "no input file specified."] },
      told: [
        "not_found",
        "PHP-FPM 404: there is no such script",
        "Correct SCRIPT_FILENAME or root of the web server at {receiver}, or the path of {webhook}",
      ],
    },
    {
      id: "php-execution-time",
      when: { text: ["maximum execution time of"] },
      told: [
        "timeout",
        "PHP: the script ran into its time limit",
        "Raise max_execution_time at {receiver}, or answer first and work later",
      ],
    },
  ]),
  ...platform("Joomla", "https://docs.joomla.org/", [
    {
      id: "joomla",
      when: {
        fields: { "errors.title": ["resource not found", "forbidden", "internal server error"], "errors.code": true },
      },
      keep: valuesOf("errors.code"),
      told: ["as said", "Joomla {1}", ROUTE],
    },
  ]),
  ...platform("Magento", "https://developer.adobe.com/commerce/webapi/get-started/errors/", [
    {
      id: "magento",
      when: [
        { fields: { message: true, "parameters.resources": true } },
        { text: ["the consumer isn't authorized to access", "request does not match any route"] },
      ],
      keep: messageOf("message"),
      told: ["as said", "Magento: {1}", "Give the integration of {webhook} access to this resource at {receiver}"],
    },
  ]),
  ...platform("Drupal", "https://www.drupal.org/docs", [
    {
      id: "drupal-unexpected",
      when: { text: ["the website encountered an unexpected error"] },
      told: ["server_error", "Drupal 500: it threw an error", LOGS],
    },
  ]),
];
