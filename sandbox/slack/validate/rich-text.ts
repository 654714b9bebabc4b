import { url } from "./composition.ts";
import { SLACK } from "./limits.ts";
import {
  anything,
  boolean,
  byType,
  type Fields,
  integer,
  list,
  matching,
  number,
  object,
  oneOf,
  type Rule,
  string,
} from "./rule.ts";

/** Rich text: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block */

const style = object(
  {},
  {
    bold: boolean,
    code: boolean,
    italic: boolean,
    strike: boolean,
    underline: boolean,
    highlight: boolean,
    client_highlight: boolean,
    unlink: boolean,
  },
);
const STYLED: Fields = { style };
const BORDER: Fields = { border: oneOf(0, 1) };

const text = object({ type: anything, text: string() }, STYLED);
const link = object({ type: anything, url: url() }, { ...STYLED, text: string(), unsafe: boolean });

const LEAVES: Fields = {
  text,
  link,
  user: object({ type: anything, user_id: matching(/^[UW][A-Z0-9]+$/, "a user id") }, STYLED),
  usergroup: object({ type: anything, usergroup_id: string() }, STYLED),
  team: object({ type: anything, team_id: string() }, STYLED),
  channel: object({ type: anything, channel_id: matching(/^[CGD][A-Z0-9]+$/, "a channel id") }, STYLED),
  emoji: object({ type: anything, name: string() }, { ...STYLED, unicode: string(), url: url() }),
  broadcast: object({ type: anything, range: oneOf("here", "channel", "everyone") }, STYLED),
  color: object({ type: anything, value: matching(/^#[0-9a-fA-F]{6}$/, "a colour as #rrggbb") }, STYLED),
  date: object(
    { type: anything, timestamp: number, format: matching(/\{\w+\}/, "a date format with at least one token") },
    { ...STYLED, url: url(), fallback: string() },
  ),
};

const leaves = list(byType(LEAVES, "rich text element"), undefined, 0);
const section = object({ type: anything, elements: leaves });
const PARTS: Fields = {
  rich_text_section: section,
  rich_text_quote: object({ type: anything, elements: leaves }, BORDER),
  rich_text_preformatted: object(
    { type: anything, elements: list(byType({ text, link }, "element in rich_text_preformatted")) },
    { ...BORDER, language: string() },
  ),
  rich_text_list: object(
    {
      type: anything,
      style: oneOf("bullet", "ordered"),
      elements: list(byType({ rich_text_section: section }, "element in rich_text_list")),
    },
    { ...BORDER, indent: integer(0, SLACK.richTextIndent), offset: integer(0, Number.MAX_SAFE_INTEGER) },
  ),
};

/** A `rich_text` block, wherever it stands: as a block, in a cell, in a task card. */
export const richText: Rule = byType(
  {
    rich_text: object(
      { type: anything, elements: list(byType(PARTS, "rich text part")) },
      { block_id: string(SLACK.blockId) },
    ),
  },
  "rich text",
);
