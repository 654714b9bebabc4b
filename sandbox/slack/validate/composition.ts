import { SLACK } from "./limits.ts";
import {
  anything,
  boolean,
  type Fields,
  isRecord,
  list,
  matching,
  needsExactlyOneOf,
  needsOneOf,
  object,
  oneOf,
  type Rule,
  refuse,
  string,
} from "./rule.ts";

/** The composition objects of https://docs.slack.dev/reference/block-kit/composition-objects */

export function plainText(max: number = SLACK.text): Rule {
  return textOfKind(["plain_text"], max);
}

export function mrkdwn(max: number = SLACK.text): Rule {
  return textOfKind(["mrkdwn"], max);
}

export function anyText(max: number = SLACK.text): Rule {
  return textOfKind(["plain_text", "mrkdwn"], max);
}

/** An absolute URL of a scheme that Slack opens. */
export function url(schemes: readonly string[] = ["http", "https", "slack", "mailto", "tel"]): Rule {
  return (value, place) => {
    if (typeof value !== "string") return refuse(place, "must be a string");
    if (value.length > SLACK.url) refuse(place, `must be less than ${SLACK.url + 1} characters`);
    const parsed = URL.canParse(value) ? new URL(value) : undefined;
    if (parsed === undefined || !schemes.includes(parsed.protocol.slice(0, -1))) refuse(place, "must be a valid URL");
  };
}

/** The fields of everything that a person can press or fill in. */
export const ACTIONABLE: Fields = { type: anything, action_id: string(SLACK.actionId) };

export const STYLE = oneOf("primary", "danger");

export const confirm = object(
  { title: plainText(SLACK.confirmTitle), text: anyText(SLACK.confirmText) },
  { confirm: plainText(SLACK.confirmButton), deny: plainText(SLACK.confirmButton), style: STYLE },
);

const OPTION_MORE: Fields = { description: plainText(SLACK.optionDescription) };
const value = string(SLACK.optionValue);

export const option = object({ text: plainText(SLACK.optionText), value }, OPTION_MORE);

/** Checkboxes and radio buttons take mrkdwn, in the description too. */
export const richOption = object(
  { text: anyText(SLACK.optionText), value },
  { description: anyText(SLACK.optionDescription) },
);

export const overflowOption = object({ text: plainText(SLACK.optionText), value }, { ...OPTION_MORE, url: url() });

export const optionGroup = object({
  label: plainText(SLACK.optionGroupLabel),
  options: list(option, SLACK.selectOptions),
});

export const conversationFilter = object(
  {},
  {
    include: list(oneOf("im", "mpim", "private", "public")),
    exclude_external_shared_channels: boolean,
    exclude_bot_users: boolean,
  },
  needsOneOf("include", "exclude_external_shared_channels", "exclude_bot_users"),
);

export const dispatchActionConfig = object(
  {},
  { trigger_actions_on: list(oneOf("on_enter_pressed", "on_character_entered")) },
);

export const slackFile = object(
  {},
  { id: matching(/^F[A-Z0-9]+$/, "a file id"), url: url(["https"]) },
  needsExactlyOneOf("id", "url"),
);

/** The fields that image blocks and image elements share. */
export const IMAGE_SOURCE: Fields = { image_url: url(["http", "https"]), slack_file: slackFile };

export const imageElement = object(
  { type: anything, alt_text: string(SLACK.altText) },
  IMAGE_SOURCE,
  needsExactlyOneOf("image_url", "slack_file"),
);

function textOfKind(kinds: readonly string[], max: number): Rule {
  const text = string(max);
  const plain = object({ type: anything, text }, { emoji: boolean });
  const marked = object({ type: anything, text }, { verbatim: boolean });
  return (subject, place) => {
    if (!isRecord(subject)) return refuse(place, "must provide an object");
    if (typeof subject.type !== "string" || !kinds.includes(subject.type)) {
      return refuse(place, `must be a text object of type ${kinds.join(" or ")}`);
    }
    if (subject.type === "plain_text") plain(subject, place);
    else marked(subject, place);
  };
}
