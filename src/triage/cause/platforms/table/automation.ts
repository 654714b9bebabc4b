import { matched, messageOf, statusCode, valuesOf } from "../keep.ts";
import { platform } from "../rule.ts";

const TURN_ON = "Turn the scenario of {webhook} on in Make";

/** Tools that run workflows. */
export const AUTOMATION = [
  ...platform("n8n", "https://docs.n8n.io/integrations/builtin/core-nodes/n8n-nodes-base.webhook/common-issues/", [
    {
      id: "n8n-webhook-not-registered",
      when: { text: ["the requested webhook"], alsoText: ["is not registered"] },
      told: [
        "not_found",
        "n8n 404: no active workflow has this webhook",
        "Activate the workflow, and use its production URL in {webhook}, not the test one",
      ],
    },
    {
      id: "n8n-wrong-method",
      when: {
        text: ["this webhook is not registered for post requests", "this webhook is not registered for get requests"],
      },
      told: [
        "not_found",
        "n8n 404: the webhook takes another method",
        "Set the HTTP method of the webhook node to POST",
      ],
    },
    {
      id: "n8n-no-workflow-response",
      when: {
        fields: {
          message: [
            "error in workflow",
            "workflow could not be started!",
            "unused respond to webhook node found in the workflow",
          ],
        },
      },
      keep: messageOf("message"),
      told: ["server_error", "n8n 500: {1}", "See the failed execution in n8n at {receiver}"],
    },
    {
      id: "n8n-authorization",
      when: { is: ["authorization data is wrong!", "authorization is required!"] },
      told: [
        "auth",
        "n8n 403: the webhook node wants other credentials",
        "Put the credentials of the webhook node into {webhook}",
      ],
    },
    {
      id: "n8n-no-response-webhook",
      when: { text: ["no webhook response node executed", "no item to return got found"] },
      told: [
        "server_error",
        "n8n 500: the workflow ended without an answer",
        "See the workflow's last execution at {receiver}",
      ],
    },
  ]),
  ...platform("Make", "https://help.make.com/webhooks", [
    {
      id: "make-no-scenario-listening",
      when: { text: ["there is no scenario listening for this webhook"] },
      told: ["gone_or_moved", "Make 410: no scenario listens to this webhook", TURN_ON],
    },
    {
      id: "make-queue-full",
      when: { is: ["queue is full.", "queue is full"] },
      told: [
        "platform_quota_or_sleep",
        "Make 400: the webhook's queue is full",
        "Turn the scenario on or run it more often, and raise the plan's queue",
      ],
    },
    {
      id: "make-scenario-failed",
      when: { is: ["scenario failed to complete.", "scenario failed to complete"] },
      told: [
        "server_error",
        "Make 500: the scenario failed",
        "See the scenario's history in Make for the module that failed",
      ],
    },
    {
      id: "make-scenario-busy",
      when: { is: ["scenario is being executed.", "too many requests.", "the scenario is already running"] },
      keep: ({ lowerText, headers }) => (lowerText.startsWith("too many") && !headers.has("cf-ray") ? undefined : []),
      told: ["rate_limited", "Make: too many requests to this webhook", "Slow {webhook} down: Make takes 30 a second"],
    },
    {
      id: "make-not-enough-operations",
      when: { text: ["not enough operations", "insufficient operations", "organization has exceeded"] },
      told: [
        "platform_quota_or_sleep",
        "Make: the plan's operations are used up",
        "Buy operations, or wait for the next month",
      ],
    },
  ]),
  ...platform("Zapier", "https://help.zapier.com/hc/en-us/articles/8496288690317-Trigger-Zaps-from-webhooks", [
    {
      id: "zapier-hook-gone",
      when: [{ text: ["please unsubscribe me"] }, { text: ["hooks.zapier.com"], codes: [404, 410] }],
      told: ["gone_or_moved", "Zapier: the hook is gone", "Turn the Zap on, or put its present URL into {webhook}"],
    },
    {
      id: "zapier-payload-too-large",
      when: { text: ["webhook payload is too large", "payload exceeds"], codes: [413] },
      told: [
        "payload_too_large",
        "Zapier 413: the payload is larger than 10 MB",
        "Send smaller payloads from {webhook}",
      ],
    },
    {
      id: "zapier-throttled",
      when: { text: ["zapier"], codes: [429] },
      told: ["rate_limited", "Zapier 429: throttled", "Slow {webhook} down: let it send fewer events to {receiver}"],
    },
  ]),
  ...platform("Pipedream", "https://pipedream.com/docs/workflows/building-workflows/triggers", [
    {
      id: "pipedream-no-workflow",
      when: {
        text: ["this endpoint is not connected to a workflow", "pipedream.net"],
        codes: [404, 410],
      },
      told: [
        "not_found",
        "Pipedream 404: no workflow at this URL",
        "Deploy the workflow, or put its present URL into {webhook}",
      ],
    },
    {
      id: "pipedream-quota",
      when: { text: ["pipedream"], codes: [402, 429] },
      keep: statusCode,
      told: [
        "platform_quota_or_sleep",
        "Pipedream: the plan's limit is reached",
        "Raise the plan of the Pipedream workspace of {receiver}",
      ],
    },
  ]),
  ...platform("IFTTT", "https://ifttt.com/maker_webhooks", [
    {
      id: "ifttt-invalid-key",
      when: { text: ["you sent an invalid key"] },
      told: [
        "auth",
        "IFTTT 401: the key is not valid",
        "Put the key from IFTTT's Webhooks settings into {webhook}'s endpoint URL",
      ],
    },
    {
      id: "ifttt-not-connected",
      when: { text: ["the webhooks service is not connected", "your maker event is not"] },
      told: [
        "gone_or_moved",
        "IFTTT: the Webhooks service is not connected",
        "Connect the Webhooks service in IFTTT again",
      ],
    },
  ]),
  ...platform("Workato", "https://docs.workato.com/developing-connectors/sdk/guides/webhooks.html", [
    {
      id: "workato",
      when: { text: ["workato"], codes: [400, 401, 403, 404, 429] },
      keep: statusCode,
      told: [
        "as said",
        "Workato {code}: the recipe took no event",
        "Start the recipe, or put its present URL into {webhook}",
      ],
    },
  ]),
  ...platform("Tray.ai", "https://docs.tray.ai/", [
    {
      id: "tray-workflow-disabled",
      when: { text: ["tray.io", "tray.ai"], codes: [400, 403, 404, 410] },
      told: ["platform_quota_or_sleep", "Tray: the workflow is disabled", "Enable the workflow of {webhook} in Tray"],
    },
  ]),
  ...platform("Airflow", "https://airflow.apache.org/docs/apache-airflow/stable/stable-rest-api-ref.html", [
    {
      id: "airflow",
      when: { fields: { type: true, title: true, status: true }, text: ["airflow.apache.org"] },
      keep: valuesOf("status", "title"),
      told: ["as said", "Airflow: {1}", "Compare path and credentials of {webhook} with the API of {receiver}"],
    },
  ]),
  ...platform("Home automation", "https://www.home-assistant.io/docs/automation/trigger/#webhook-trigger", [
    {
      id: "node-red-404",
      when: { text: ["cannot post /red/", "node-red"], codes: [404] },
      told: [
        "not_found",
        "Node-RED 404: no http-in node at this path",
        "Deploy a flow with an http-in node at the webhook's path of {receiver}",
      ],
    },
  ]),
  ...platform("Svix Play", "https://docs.svix.com/", [
    {
      id: "svix-signature",
      source: "https://docs.svix.com/receiving/verifying-payloads/how",
      when: {
        text: [
          "no matching signature found",
          "missing required headers",
          "message timestamp too old",
          "message timestamp too new",
        ],
      },
      keep: matched(/(no matching signature|missing required headers|timestamp too (?:old|new))/i),
      told: [
        "auth",
        "The app refused the signature: {1}",
        "Put the signing secret of {webhook} into the app at {receiver}, and verify the raw body",
      ],
    },
  ]),
];
