import { matched, valuesOf } from "../keep.ts";
import { platform, type Told } from "../rule.ts";

const TEAMS_CODES: Record<string, Told> = {
  "400": [
    "bad_request",
    "Teams 400: it refused the card",
    "Check the card that {webhook} sends: Teams takes a MessageCard or an Adaptive Card with text",
  ],
  "403": [
    "auth",
    "Teams 403: the connector may not post",
    "Create the connector's webhook again and put its URL into {webhook}",
  ],
  "404": [
    "gone_or_moved",
    "Teams 404: the connector is gone",
    "Create a workflow for the channel and put its URL into {webhook}",
  ],
  "413": ["payload_too_large", "Teams 413: the card is larger than 28 kB", "Shorten the card that {webhook} sends"],
  "429": ["rate_limited", "Teams 429: too many posts", "Post at most four messages a second from {webhook}"],
};

const FLOW_CODES: Record<string, Told> = {
  directapiauthorizationrequired: [
    "auth",
    "Power Automate 401: the URL lacks its signature",
    "Copy the whole URL of the flow's trigger, with sp, sv and sig, into {webhook}",
  ],
  directapiinvalidauthorizationscheme: [
    "auth",
    "Power Automate 401: it takes the signature in the URL only",
    "Remove the Authorization header from {webhook}",
  ],
  authorizationfailed: [
    "auth",
    "Azure: authorization failed",
    "Give the identity of {webhook} the role that the message names",
  ],
  invalidauthenticationtoken: [
    "auth",
    "Azure 401: the token is not valid",
    "Give {webhook} a fresh token for {receiver}",
  ],
  workflowtriggerisnotenabled: [
    "platform_quota_or_sleep",
    "Power Automate 400: the flow is turned off",
    "Turn the flow of {webhook} on; it is turned off after long failures or without use",
  ],
  workflownotfound: [
    "gone_or_moved",
    "Power Automate 404: there is no such flow",
    "Put the present URL of the flow's trigger into {webhook}",
  ],
  workflowtriggernotfound: [
    "gone_or_moved",
    "Power Automate 404: the flow has no such trigger",
    "Put the present URL of the flow's trigger into {webhook}",
  ],
  triggerinputschemamismatch: [
    "bad_request",
    "Power Automate 400: the payload does not fit the trigger's schema",
    "Compare the payload of {webhook} with the schema in the flow's trigger",
  ],
  invalidtemplate: [
    "bad_request",
    "Power Automate 400: an expression in the flow fails",
    "See the flow's run for the expression that the payload of {webhook} breaks",
  ],
  noresponse: [
    "gateway",
    "Power Automate 502: the flow gave no answer",
    "Add a Response action on every path of the flow, or none at all",
  ],
  gatewaytimeout: [
    "timeout",
    "Power Automate 504: the flow took longer than two minutes",
    "Put the Response action of the flow first",
  ],
  actionconditionfailed: [
    "bad_request",
    "Power Automate: a condition of the flow failed",
    "Read the run of the flow in Power Automate: it names the condition",
  ],
  subscriptionrequestsratelimited: [
    "rate_limited",
    "Azure 429: too many requests of the subscription",
    "Slow {webhook} down: let it send fewer events to {receiver}",
  ],
  workflowtriggerversionmismatch: [
    "bad_request",
    "Power Automate 400: the trigger's version does not match",
    "Put the present URL of the flow's trigger into {webhook}",
  ],
  workflowrunquotaexceeded: [
    "platform_quota_or_sleep",
    "Power Automate 429: the plan's runs are used up",
    "Raise the plan of the flow's owner",
  ],
};

/** Teams and the flows that post to it. */
export const MICROSOFT_TEAMS = [
  ...platform(
    "Microsoft Teams",
    "https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using",
    [
      {
        id: "teams",
        when: { text: ["microsoft teams endpoint returned http error"] },
        keep: matched(/endpoint returned http error (\d{3})/i),
        known: TEAMS_CODES,
        told: [
          "as said",
          "Teams {1}: the post failed",
          "Try again later; create the connector's webhook anew if it stays",
        ],
      },
      {
        id: "teams-connector-gone",
        when: {
          text: [
            "connector configuration not found",
            "webhook request failed - tenant",
            "o365 connectors have been disabled",
            "connectors within teams are retired",
          ],
          notText: ["slack"],
        },
        told: [
          "gone_or_moved",
          "Teams: the connector is gone",
          "Create a workflow for the channel and put its URL into {webhook}",
        ],
      },
      {
        id: "teams-summary-required",
        when: { is: ["summary or text is required.", "summary or text is required"] },
        told: [
          "bad_request",
          "Teams 400: the card has no text",
          "Add text or summary to the card that {webhook} sends",
        ],
      },
      {
        id: "teams-bad-payload",
        when: {
          is: [
            "bad payload received by generic incoming webhook.",
            "invalid webhook request - empty payload",
            "invalid webhook request - tenant id",
          ],
        },
        told: [
          "bad_request",
          "Teams 400: it does not understand the payload",
          "Send a MessageCard or Adaptive Card from {webhook}",
        ],
      },
    ],
  ),
  ...platform("Power Automate", "https://learn.microsoft.com/azure/logic-apps/logic-apps-securing-a-logic-app", [
    {
      id: "power-automate",
      when: { fields: { "error.code": Object.keys(FLOW_CODES) } },
      keep: valuesOf("error.code"),
      known: FLOW_CODES,
      told: ["as said", "Power Automate: {1}", "Look the code {1} up in the documentation of Logic Apps"],
    },
    {
      id: "power-automate",
      when: {
        fields: { "error.code": true },
        text: ["workflow", "logic app", "trigger"],
        headers: { "x-ms-workflow-id": true },
      },
      keep: valuesOf("error.code"),
      known: FLOW_CODES,
      told: ["as said", "Power Automate: {1}", "Look the code {1} up in the documentation of Logic Apps"],
    },
  ]),
];
