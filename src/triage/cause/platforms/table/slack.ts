import { matched } from "../keep.ts";
import { platform, type Told } from "../rule.ts";
import { NEW_URL } from "./steps.ts";

const SLACK_CODES: Record<string, Told> = {
  invalid_payload: [
    "bad_request",
    "Slack: the payload is not one it takes",
    'Send {"text": …} as JSON from {webhook}; an incoming webhook takes no other shape',
  ],
  action_prohibited: [
    "auth",
    "Slack: an administrator's restriction forbids the post",
    "Ask the workspace's administrator to lift the restriction, or post to another channel",
  ],
  posting_to_general_channel_denied: [
    "auth",
    "Slack: posting to #general is restricted",
    "Post to another channel, or let the creator of the webhook post to #general",
  ],
  channel_not_found: ["not_found", "Slack: there is no such channel", NEW_URL],
  user_not_found: ["not_found", "Slack: there is no such user", NEW_URL],
  no_text: ["bad_request", "Slack: the payload has no text", "Add text or blocks to the payload of {webhook}"],
  no_service: ["gone_or_moved", "Slack: the webhook is removed or disabled", NEW_URL],
  no_service_id: ["gone_or_moved", "Slack: the URL names no webhook", NEW_URL],
  no_team: ["gone_or_moved", "Slack: the workspace is gone", NEW_URL],
  no_active_hooks: ["gone_or_moved", "Slack: the webhook is disabled", NEW_URL],
  channel_is_archived: [
    "gone_or_moved",
    "Slack: the channel is archived",
    "Unarchive the channel, or create a webhook for another one",
  ],
  team_disabled: ["gone_or_moved", "Slack: the workspace is disabled", NEW_URL],
  invalid_token: ["auth", "Slack: the token in the URL is not valid", NEW_URL],
  invalid_auth: ["auth", "Slack: the token is not valid", "Give {webhook} a valid token of the Slack app"],
  not_authed: ["auth", "Slack: there is no token in the request", "Give {webhook} a token of the Slack app"],
  account_inactive: [
    "auth",
    "Slack: the token's user or workspace is deactivated",
    "Install the Slack app again and use its new token",
  ],
  token_revoked: ["auth", "Slack: the token was revoked", "Install the Slack app again and use its new token"],
  missing_scope: ["auth", "Slack: the token lacks a scope", "Add the scope that Slack names and install the app again"],
  not_in_channel: [
    "auth",
    "Slack: the bot is not in the channel",
    "Invite the bot of {webhook} to the channel in Slack",
  ],
  rate_limited: [
    "rate_limited",
    "Slack: too many posts",
    "Let {webhook} post at most one message a second to a channel",
  ],
  ratelimited: [
    "rate_limited",
    "Slack: too many requests",
    "Slow {webhook} down: let it wait as long as Slack's Retry-After says",
  ],
  rollup_error: [
    "server_error",
    "Slack: it failed to roll posts up",
    "See status.slack.com, and send the event of {webhook} once more",
  ],
  invalid_blocks: [
    "bad_request",
    "Slack: the blocks are not valid",
    "Check the blocks of {webhook} in Slack's Block Kit Builder",
  ],
  invalid_blocks_format: [
    "bad_request",
    "Slack: the blocks are not valid",
    "Send blocks as a list of objects from {webhook}",
  ],
  too_many_attachments: ["bad_request", "Slack: more than 100 attachments", "Send fewer attachments from {webhook}"],
  msg_too_long: [
    "payload_too_large",
    "Slack: the message is too long",
    "Shorten the message of {webhook} to 40,000 characters",
  ],
};

const SLACK_WORDS = Object.keys(SLACK_CODES);

const dashed = (codes: Record<string, Told>): Record<string, Told> =>
  Object.fromEntries(Object.entries(codes).map(([code, told]) => [code.replaceAll("_", "-"), told]));

export const SLACK = platform(
  "Slack",
  "https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks/#handling_errors",
  [
    {
      id: "slack",
      when: [
        { is: SLACK_WORDS },
        { is: SLACK_WORDS.flatMap((word) => [`false\n${word}`]), fields: { ok: "false" } },
        { fields: { ok: "false", error: SLACK_WORDS } },
        { fields: { ok: "false", error: true }, headers: { "x-slack-req-id": true } },
        { headers: { "x-slack-unique-id": true }, kind: "text" },
      ],
      keep: matched(/(?:^|\n)(?!false|true|null)([a-z]{2,20}(?:_[a-z]{1,20}){0,6})\n?(?:$|\n)/),
      known: dashed(SLACK_CODES),
      told: ["as said", "Slack: {1}", "Look {1} up in Slack's list of errors"],
    },
    {
      id: "slack",
      when: { text: ["slack"] },
      keep: matched(
        /slack[^\n]{0,160}?\b(invalid_payload|action_prohibited|channel_not_found|no_service|channel_is_archived|invalid_token|no_active_hooks|invalid_auth|token_revoked|missing_scope|not_in_channel|invalid_blocks)\b/i,
      ),
      known: dashed(SLACK_CODES),
      told: ["as said", "Slack: {1}", "Look {1} up in Slack's list of errors"],
    },
  ],
);
