import {
  ACTIONABLE,
  confirm,
  conversationFilter,
  dispatchActionConfig,
  imageElement,
  option,
  optionGroup,
  overflowOption,
  plainText,
  richOption,
  STYLE,
  url,
} from "./composition.ts";
import { SLACK } from "./limits.ts";
import { richText } from "./rich-text.ts";
import {
  anything,
  boolean,
  byType,
  type Fields,
  integer,
  isRecord,
  list,
  listOf,
  matching,
  needsExactlyOneOf,
  object,
  oneOf,
  type Rule,
  refuse,
  string,
} from "./rule.ts";

/** The elements of https://docs.slack.dev/reference/block-kit/block-elements, and which block takes which. */

const CONFIRM: Fields = { confirm };
const FOCUS: Fields = { focus_on_load: boolean };
const PLACEHOLDER: Fields = { placeholder: plainText(SLACK.placeholder) };
const DISPATCH: Fields = { dispatch_action_config: dispatchActionConfig };
const PICKER: Fields = { ...ACTIONABLE, ...CONFIRM, ...FOCUS, ...PLACEHOLDER };
const MULTI: Fields = { ...PICKER, max_selected_items: integer(1, SLACK.selectOptions) };
const TYPED: Fields = { ...ACTIONABLE, ...DISPATCH, ...FOCUS, ...PLACEHOLDER };
const id = string();
const ids = list(id);
const options = list(option, SLACK.selectOptions);
const option_groups = list(optionGroup, SLACK.optionGroups);
const numeral = matching(/^-?\d+(\.\d+)?$/, "a number written as a string");
const date = matching(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, "a date as YYYY-MM-DD");
const time = matching(/^([01]\d|2[0-3]):[0-5]\d$/, "a time as HH:mm");

export const button = object(
  { type: anything, text: plainText(SLACK.buttonText) },
  {
    ...ACTIONABLE,
    ...CONFIRM,
    value: string(SLACK.buttonValue),
    url: url(),
    style: STYLE,
    accessibility_label: string(SLACK.accessibilityLabel),
  },
);

const feedback = object(
  { text: plainText(SLACK.buttonText), value: string(SLACK.buttonValue) },
  { accessibility_label: string(SLACK.accessibilityLabel) },
);

const workflow = object({
  trigger: object(
    { url: url(["https"]) },
    { customizable_input_parameters: list(object({ name: string(), value: string() })) },
  ),
});

const ELEMENTS: Fields = {
  button,
  image: imageElement,
  overflow: object(
    { type: anything, options: list(overflowOption, SLACK.overflowOptions) },
    { ...ACTIONABLE, ...CONFIRM },
  ),
  checkboxes: object(
    { type: anything, options: list(richOption, SLACK.checkboxOptions) },
    { ...ACTIONABLE, ...CONFIRM, ...FOCUS, initial_options: list(richOption, SLACK.checkboxOptions) },
    initialIsOffered("initial_options"),
  ),
  radio_buttons: object(
    { type: anything, options: list(richOption, SLACK.radioOptions) },
    { ...ACTIONABLE, ...CONFIRM, ...FOCUS, initial_option: richOption },
    initialIsOffered("initial_option"),
  ),
  static_select: object(
    {},
    { ...PICKER, options, option_groups, initial_option: option },
    needsExactlyOneOf("options", "option_groups"),
    initialIsOffered("initial_option"),
  ),
  multi_static_select: object(
    {},
    { ...MULTI, options, option_groups, initial_options: options },
    needsExactlyOneOf("options", "option_groups"),
    initialIsOffered("initial_options"),
  ),
  external_select: object({}, { ...PICKER, initial_option: option, min_query_length: integer(0, 100) }),
  multi_external_select: object({}, { ...MULTI, initial_options: options, min_query_length: integer(0, 100) }),
  users_select: object({}, { ...PICKER, initial_user: id }),
  multi_users_select: object({}, { ...MULTI, initial_users: ids }),
  conversations_select: object(
    {},
    {
      ...PICKER,
      initial_conversation: id,
      default_to_current_conversation: boolean,
      response_url_enabled: inModalOnly,
      filter: conversationFilter,
    },
  ),
  multi_conversations_select: object(
    {},
    { ...MULTI, initial_conversations: ids, default_to_current_conversation: boolean, filter: conversationFilter },
  ),
  channels_select: object({}, { ...PICKER, initial_channel: id, response_url_enabled: inModalOnly }),
  multi_channels_select: object({}, { ...MULTI, initial_channels: ids }),
  datepicker: object({}, { ...PICKER, initial_date: date }),
  timepicker: object({}, { ...PICKER, initial_time: time, timezone: string() }),
  datetimepicker: object(
    {},
    { ...ACTIONABLE, ...CONFIRM, ...FOCUS, initial_date_time: integer(1_000_000_000, 9_999_999_999) },
  ),
  plain_text_input: object(
    {},
    {
      ...TYPED,
      initial_value: string(SLACK.plainTextInputLength, 0),
      multiline: boolean,
      min_length: integer(0, SLACK.plainTextInputLength),
      max_length: integer(1, SLACK.plainTextInputLength),
    },
  ),
  email_text_input: object({}, { ...TYPED, initial_value: string() }),
  url_text_input: object({}, { ...TYPED, initial_value: string() }),
  number_input: object(
    { type: anything, is_decimal_allowed: boolean },
    { ...TYPED, initial_value: numeral, min_value: numeral, max_value: numeral },
  ),
  rich_text_input: object(
    {},
    {
      ...TYPED,
      initial_value: richText,
      min_lines: integer(1, SLACK.richTextInputLines),
      max_lines: integer(1, SLACK.richTextInputLines),
    },
  ),
  file_input: object(
    {},
    { ...ACTIONABLE, filetypes: list(string()), max_files: integer(1, SLACK.fileInputFiles) },
    (_value, place) => {
      if (place.surface !== "modal") refuse(place, "file_input is allowed in modals only");
    },
  ),
  workflow_button: object(
    { type: anything, text: plainText(SLACK.buttonText), workflow },
    { ...ACTIONABLE, ...CONFIRM, style: STYLE, accessibility_label: string(SLACK.accessibilityLabel) },
  ),
  icon_button: object(
    { type: anything, icon: oneOf("trash"), text: plainText(SLACK.buttonText) },
    {
      ...ACTIONABLE,
      ...CONFIRM,
      value: string(SLACK.buttonValue),
      accessibility_label: string(SLACK.accessibilityLabel),
      visible_to_user_ids: ids,
    },
  ),
  feedback_buttons: object({ type: anything, positive_button: feedback, negative_button: feedback }, ACTIONABLE),
};

/** Every type of element that there is. */
export const ELEMENT_TYPES: readonly string[] = Object.keys(ELEMENTS);

const SELECTS = ["static", "external", "users", "conversations", "channels"].flatMap((kind) => [
  `${kind}_select`,
  `multi_${kind}_select`,
]);
const CHOICES = [...SELECTS, "checkboxes", "radio_buttons", "datepicker", "timepicker"];

export const actionsElement = elementOf("actions", [
  ...CHOICES,
  "button",
  "overflow",
  "datetimepicker",
  "workflow_button",
  "rich_text_input",
]);
export const accessory = elementOf("section", [...CHOICES, "button", "overflow", "image", "workflow_button"]);
export const contextActionsElement = elementOf("context_actions", ["feedback_buttons", "icon_button"]);
export const inputElement = elementOf("input", [
  ...CHOICES,
  "datetimepicker",
  "plain_text_input",
  "email_text_input",
  "url_text_input",
  "number_input",
  "rich_text_input",
  "file_input",
]);

function elementOf(block: string, types: readonly string[]): Rule {
  const allowed: Record<string, Rule> = {};
  for (const [type, rule] of Object.entries(ELEMENTS)) if (types.includes(type)) allowed[type] = rule;
  return byType(allowed, `element in ${block}`);
}

function inModalOnly(value: unknown, place: Parameters<Rule>[1]): void {
  boolean(value, place);
  if (place.surface !== "modal") refuse(place, "response_url_enabled is allowed in modals only");
}

/** What is chosen at first must be among what is offered, to the letter. */
function initialIsOffered(key: "initial_option" | "initial_options"): Rule {
  return (value, place) => {
    if (!isRecord(value) || value[key] === undefined) return;
    const grouped = listOf(value.option_groups).flatMap((group) => (isRecord(group) ? listOf(group.options) : []));
    const offered = [...listOf(value.options), ...grouped].map((item) => JSON.stringify(item));
    const initial = key === "initial_option" ? [value[key]] : listOf(value[key]);
    if (!initial.every((item) => offered.includes(JSON.stringify(item)))) {
      refuse({ ...place, pointer: `${place.pointer}/${key}` }, `${key} must match the options`);
    }
  };
}
