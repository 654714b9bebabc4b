import { anyText, imageElement, mrkdwn, plainText, url } from "./composition.ts";
import { button, contextActionsElement } from "./elements.ts";
import { SLACK } from "./limits.ts";
import { richText } from "./rich-text.ts";
import {
  anything,
  boolean,
  byType,
  type Fields,
  isRecord,
  list,
  matching,
  needsExactlyOneOf,
  needsOneOf,
  notBoth,
  object,
  oneOf,
  type Place,
  type Rule,
  refuse,
  string,
} from "./rule.ts";

/** Blocks that are put together from others: containers, cards, plans. */

const block_id = string(SLACK.blockId);
const title = anyText(SLACK.cardTitle);

export const card = object(
  { type: anything },
  {
    block_id,
    hero_image: imageElement,
    icon: imageElement,
    slack_icon: object({ type: oneOf("icon"), name: matching(/^[a-z][a-z0-9_-]*$/, "the name of an icon") }),
    title,
    subtitle: title,
    body: mrkdwn(SLACK.cardBody),
    subtext: mrkdwn(SLACK.cardSubtext),
    actions: list(button, SLACK.cardActions),
  },
  needsOneOf("hero_image", "title", "actions", "body"),
  notBoth("icon", "slack_icon"),
);

export const carousel = object(
  { type: anything, elements: list(byType({ card }, "element in carousel"), SLACK.carouselElements) },
  { block_id },
);

export const contextActions = object(
  { type: anything, elements: list(contextActionsElement, SLACK.contextActions) },
  { block_id },
);

/** A container takes ten of the classic blocks, tables included. */
export function container(classic: Fields): Rule {
  return object(
    { type: anything, child_blocks: list(byType(classic, "block in container"), SLACK.containerBlocks) },
    {
      block_id,
      title: plainText(SLACK.containerTitle),
      rich_text_title: richText,
      subtitle: anyText(SLACK.containerTitle),
      width: oneOf("narrow", "standard", "wide", "full"),
      icon: imageElement,
      is_collapsible: boolean,
      default_collapsed: boolean,
      has_header_divider: boolean,
    },
    needsExactlyOneOf("title", "rich_text_title"),
    collapsesSensibly,
  );
}

const source = object({ type: oneOf("url"), url: url(), text: string() });

export const taskCard = object(
  { type: anything, task_id: string(), title: string() },
  {
    block_id,
    details: richText,
    output: richText,
    sources: list(source),
    status: oneOf("pending", "in_progress", "complete", "error"),
  },
);

export const plan = object(
  { type: anything, title: string() },
  { block_id, tasks: list(byType({ task_card: taskCard }, "task in plan")) },
);

function collapsesSensibly(value: unknown, place: Place): void {
  if (!isRecord(value)) return;
  if (value.default_collapsed === true && value.is_collapsible !== true) {
    refuse(place, "default_collapsed needs is_collapsible");
  }
  if (value.has_header_divider === true && value.is_collapsible === true) {
    refuse(place, "has_header_divider cannot go with is_collapsible");
  }
}
