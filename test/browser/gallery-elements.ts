import { mrkdwn, plain, richText, section } from "../sandbox/slack/samples.ts";
import type { SampleBlock } from "./gallery-blocks.ts";

interface ElementSample {
  /** All of it but its type and its action id. */
  fields: object;
  /** A CSS selector of what a person finds there. */
  shownAs: string;
}

const placeholder = plain("Choose");
const options = ["one", "two"].map((value) => ({ text: plain(`Option ${value}`), value }));
const told = [{ text: mrkdwn("*Told*"), value: "told", description: plain("of it") }];
const grouped = [{ label: plain("A group"), options }];
const alt_text = "Beside";
const rich = richText({ type: "rich_text_section", elements: [{ type: "text", text: "Rich" }] });

/** What the sandbox cannot do is told in its place. */
const TOLD = "p.hint[tabindex]";

/** One of every element, by type. */
export const ELEMENT_SAMPLES: Readonly<Record<string, ElementSample>> = {
  button: { fields: { text: plain("Press"), value: "1" }, shownAs: "button" },
  channels_select: { fields: { placeholder }, shownAs: "select" },
  checkboxes: {
    fields: { options: told, initial_options: told },
    shownAs: "[role=group] input[type=checkbox]:checked",
  },
  conversations_select: { fields: { placeholder }, shownAs: "select" },
  datepicker: { fields: { initial_date: "2026-11-19" }, shownAs: "input[type=date]" },
  datetimepicker: { fields: { initial_date_time: 1_795_190_065 }, shownAs: "input[type=datetime-local]" },
  email_text_input: { fields: { initial_value: "a@example.com" }, shownAs: "input[type=email]" },
  external_select: { fields: { placeholder }, shownAs: TOLD },
  feedback_buttons: {
    fields: {
      positive_button: { text: plain("Good"), value: "1" },
      negative_button: { text: plain("Bad"), value: "0" },
    },
    shownAs: "button + button",
  },
  file_input: { fields: {}, shownAs: TOLD },
  icon_button: { fields: { icon: "trash", text: plain("Remove") }, shownAs: "button[aria-label=Remove]" },
  image: { fields: { image_url: "https://example.com/a.png", alt_text }, shownAs: `img[alt="${alt_text}"]` },
  multi_channels_select: { fields: { placeholder }, shownAs: "select[multiple]" },
  multi_conversations_select: { fields: { placeholder }, shownAs: "select[multiple]" },
  multi_external_select: { fields: { placeholder }, shownAs: TOLD },
  multi_static_select: { fields: { option_groups: grouped }, shownAs: "select[multiple] optgroup[label='A group']" },
  multi_users_select: { fields: { placeholder }, shownAs: "select[multiple]" },
  number_input: { fields: { is_decimal_allowed: false, initial_value: "7" }, shownAs: "input[type=number]" },
  overflow: { fields: { options }, shownAs: "button[aria-haspopup=menu]" },
  plain_text_input: { fields: { multiline: true, initial_value: "Words" }, shownAs: "textarea" },
  radio_buttons: { fields: { options: told }, shownAs: "[role=radiogroup] input[type=radio]" },
  rich_text_input: { fields: { initial_value: rich }, shownAs: "textarea" },
  static_select: { fields: { placeholder, option_groups: grouped }, shownAs: "select optgroup[label='A group']" },
  timepicker: { fields: { initial_time: "09:00" }, shownAs: "input[type=time]" },
  url_text_input: { fields: { initial_value: "https://example.com" }, shownAs: "input[type=url]" },
  users_select: { fields: { placeholder }, shownAs: "select" },
  workflow_button: {
    fields: { text: plain("Start"), workflow: { trigger: { url: "https://example.com/start" } } },
    shownAs: "button",
  },
};

/** The blocks that take elements of several types. */
const HOSTS: Readonly<Record<string, (element: object) => object>> = {
  actions: (element) => ({ type: "actions", elements: [element] }),
  context_actions: (element) => ({ type: "context_actions", elements: [element] }),
  input: (element) => ({ type: "input", label: plain("A label"), element }),
  section: (accessory) => section("Beside it", { accessory }),
};

interface ElementBlock {
  /** Its type. */
  element: string;
  block: SampleBlock & { block_id: string };
  /** A CSS selector of what a person finds in it. */
  shownAs: string;
}

/** Every element in every block that one may think of; the block's id says which: `section-users_select`. */
export function elementBlocks(): ElementBlock[] {
  return Object.entries(HOSTS).flatMap(([host, around]) =>
    Object.entries(ELEMENT_SAMPLES).map(([type, { fields, shownAs }]) => {
      const action = type === "image" ? {} : { action_id: type };
      const block = { ...around({ type, ...action, ...fields }), type: host, block_id: `${host}-${type}` };
      return { element: type, block, shownAs };
    }),
  );
}
