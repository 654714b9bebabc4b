import { card, carousel, container, contextActions, plan, taskCard } from "./composed-blocks.ts";
import { anyText, IMAGE_SOURCE, imageElement, plainText, url } from "./composition.ts";
import { dataTable, dataVisualization, table } from "./data-blocks.ts";
import { accessory, actionsElement, inputElement } from "./elements.ts";
import { BLOCK_SURFACES, SLACK } from "./limits.ts";
import { richText } from "./rich-text.ts";
import {
  anything,
  boolean,
  byType,
  type Fields,
  integer,
  isRecord,
  list,
  needsExactlyOneOf,
  needsOneOf,
  object,
  oneOf,
  type Place,
  refuse,
  string,
} from "./rule.ts";

/** Every block type of https://docs.slack.dev/reference/block-kit/blocks */

const block_id = string(SLACK.blockId);

const CLASSIC: Fields = {
  section: object(
    { type: anything },
    {
      block_id,
      text: anyText(SLACK.sectionText),
      fields: list(anyText(SLACK.sectionField), SLACK.sectionFields),
      accessory,
      expand: boolean,
    },
    needsOneOf("text", "fields"),
  ),
  header: object(
    { type: anything, text: plainText(SLACK.headerText) },
    { block_id, level: integer(1, SLACK.headerLevel) },
  ),
  divider: object({ type: anything }, { block_id }),
  image: object(
    { type: anything, alt_text: string(SLACK.altText) },
    { block_id, title: plainText(SLACK.altText), ...IMAGE_SOURCE },
    needsExactlyOneOf("image_url", "slack_file"),
  ),
  actions: object({ type: anything, elements: list(actionsElement, SLACK.actionsElements) }, { block_id }),
  context: object(
    {
      type: anything,
      elements: list(
        byType({ image: imageElement, plain_text: anyText(), mrkdwn: anyText() }, "element in context"),
        SLACK.contextElements,
      ),
    },
    { block_id },
  ),
  input: object(
    { type: anything, label: plainText(SLACK.inputLabel), element: inputElement },
    { block_id, hint: plainText(SLACK.inputHint), optional: boolean, dispatch_action: boolean },
  ),
  rich_text: richText,
  video: object(
    {
      type: anything,
      video_url: url(["https"]),
      thumbnail_url: url(["https"]),
      alt_text: string(),
      title: plainText(SLACK.videoTitle),
    },
    {
      block_id,
      title_url: url(["https"]),
      author_name: string(SLACK.videoAuthor),
      provider_name: string(),
      provider_icon_url: url(["https"]),
      description: plainText(),
    },
  ),
  table,
};

const ALERT = object(
  { type: anything, text: anyText(SLACK.alertText) },
  { block_id, level: oneOf("default", "info", "warning", "error", "success") },
);

const BLOCKS: Fields = {
  ...CLASSIC,
  alert: ALERT,
  card,
  carousel,
  container: container(CLASSIC),
  context_actions: contextActions,
  data_table: dataTable,
  data_visualization: dataVisualization,
  file: anything,
  markdown: object({ type: anything, text: string(SLACK.markdownCharactersPerMessage) }, { block_id }),
  plan,
  task_card: taskCard,
};

/** Notes what Slack would refuse in one block on this surface. */
export function block(value: unknown, place: Place): void {
  BLOCK(value, place);
  if (!isRecord(value) || typeof value.type !== "string") return;
  const surfaces = BLOCK_SURFACES[value.type];
  if (surfaces !== undefined && !surfaces.includes(place.surface)) {
    refuse(place, `unsupported block on this surface (${place.surface}): ${value.type}`);
  }
}

const BLOCK = byType(BLOCKS, "block");
