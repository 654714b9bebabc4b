import type { ModalView, PlainTextElement, PlainTextOption, SectionBlock } from "@slack/types";
import { cut } from "../blocks/text.ts";
import { encodeFormPlace, type FormPlace } from "../button-values.ts";
import { channelMrkdwn } from "./digest-phrases.ts";

/** The form that sets up a digest. Each input is alone in a block of its name. */
export const DIGEST_FORM = "digest_form";

const DAYS = [
  ["every_day", "Every day"],
  ["weekdays", "Weekdays, Monday to Friday"],
  ["1", "Mondays"],
  ["2", "Tuesdays"],
  ["3", "Wednesdays"],
  ["4", "Thursdays"],
  ["5", "Fridays"],
  ["6", "Saturdays"],
  ["0", "Sundays"],
] as const;
const ALL_CLEAR = [
  ["line", "Post one line"],
  ["silent", "Post nothing"],
] as const;
const ZONE_LENGTH = 64;
/** As many as a command may have. */
const TERMS_LENGTH = 500;

/** Nine in the morning of the opener's zone, every day, unless they say otherwise. */
export function digestForm({ channel, timeZone }: FormPlace): ModalView {
  const days = DAYS.map(([value, text]) => option(value, text));
  const allClear = ALL_CLEAR.map(([value, text]) => option(value, text));
  return {
    type: "modal",
    callback_id: DIGEST_FORM,
    private_metadata: encodeFormPlace({ channel, timeZone }) ?? "",
    title: plain("New digest"),
    submit: plain("Set it up"),
    close: plain("Cancel"),
    blocks: [
      placeBlock(channel),
      {
        type: "input",
        block_id: "days",
        label: plain("Days"),
        element: { type: "static_select", action_id: "days", options: days, ...initial(days) },
      },
      {
        type: "input",
        block_id: "time",
        label: plain("Time"),
        element: { type: "timepicker", action_id: "time", initial_time: "09:00" },
      },
      {
        type: "input",
        block_id: "timeZone",
        label: plain("Time zone"),
        hint: plain("A city or a zone's name, such as Europe/Berlin."),
        element: {
          type: "plain_text_input",
          action_id: "timeZone",
          initial_value: cut(timeZone, ZONE_LENGTH),
          max_length: ZONE_LENGTH,
        },
      },
      {
        type: "input",
        block_id: "terms",
        optional: true,
        label: plain("Only what matches"),
        hint: plain("Words of a webhook's name and terms, as in /hooks failures. Empty for everything."),
        element: {
          type: "plain_text_input",
          action_id: "terms",
          placeholder: plain('webhook:"Jira sync" code:5xx'),
          max_length: TERMS_LENGTH,
        },
      },
      {
        type: "input",
        block_id: "allClear",
        label: plain("When nothing failed"),
        element: { type: "radio_buttons", action_id: "allClear", options: allClear, ...initial(allClear) },
      },
    ],
  };
}

function placeBlock(channel: string): SectionBlock {
  const where = `in ${channelMrkdwn(channel)}`;
  const text = `What failed since the digest before, posted ${where}.`;
  return { type: "section", text: { type: "mrkdwn", text, verbatim: true } };
}

function option(value: string, text: string): PlainTextOption {
  return { value, text: plain(text) };
}

function initial(options: readonly PlainTextOption[]): { initial_option?: PlainTextOption } {
  const [first] = options;
  return first ? { initial_option: first } : {};
}

function plain(text: string): PlainTextElement {
  return { type: "plain_text", text, emoji: false };
}
