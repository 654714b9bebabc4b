import { type ComponentChild, h } from "preact";
import type { Json } from "../wire.ts";
import { emoji } from "./emoji.ts";
import { isRecord, records, word } from "./fields.ts";
import { date, link, mention, type Reader } from "./mrkdwn.ts";

/** https://docs.slack.dev/reference/block-kit/blocks/rich-text-block. Its texts are taken as they are: no markup, no entities. */
export function richText(block: Json, reader: Reader): ComponentChild {
  const parts = records(block.elements);
  return h(
    "div",
    { class: "rich-text" },
    parts.map((part) => partOf(part, reader)),
  );
}

function partOf(part: Json, reader: Reader): ComponentChild {
  const inside = records(part.elements);
  switch (part.type) {
    case "rich_text_list":
      return listOf(part, inside, reader);
    case "rich_text_quote":
      return h("blockquote", null, leaves(inside, reader));
    case "rich_text_preformatted":
      // What is wider than the message is scrolled, with the keyboard too.
      return h("pre", { tabIndex: 0 }, leaves(inside, reader));
    default:
      return h("p", null, leaves(inside, reader));
  }
}

function listOf(list: Json, sections: Json[], reader: Reader): ComponentChild {
  const items = sections.map((section) => h("li", null, leaves(records(section.elements), reader)));
  const indent = typeof list.indent === "number" ? Math.min(list.indent, 8) : 0;
  const classes = `indent-${indent}${list.border === 1 ? " bordered" : ""}`;
  if (list.style !== "ordered") return h("ul", { class: classes }, items);
  const start = typeof list.offset === "number" ? list.offset + 1 : 1;
  return h("ol", { class: classes, start }, items);
}

function leaves(elements: Json[], reader: Reader): ComponentChild[] {
  return elements.map((leaf) => styled(leaf, leafOf(leaf, reader)));
}

function leafOf(leaf: Json, reader: Reader): ComponentChild {
  switch (leaf.type) {
    case "text":
      return word(leaf.text);
    case "link":
      return link(leaf.url, word(leaf.text) || word(leaf.url));
    case "user":
      return mention(`@${reader.nameOf(word(leaf.user_id)) ?? word(leaf.user_id)}`);
    case "channel":
      return mention(`#${reader.nameOf(word(leaf.channel_id)) ?? word(leaf.channel_id)}`);
    case "usergroup":
      return mention(`@${word(leaf.usergroup_id)}`);
    case "team":
      return mention(`@${word(leaf.team_id)}`);
    case "broadcast":
      return mention(`@${word(leaf.range)}`);
    case "emoji":
      return emoji(word(leaf.name));
    case "color":
      return h("span", null, swatch(word(leaf.value)), word(leaf.value));
    case "date":
      return date(Number(leaf.timestamp), word(leaf.format), word(leaf.fallback), reader);
    default:
      return h("mark", null, `(${word(leaf.type)} is not drawn)`);
  }
}

function swatch(color: string): ComponentChild {
  const fill = /^#[0-9a-f]{3,8}$/i.test(color) ? color : "none";
  return h(
    "svg",
    { class: "swatch", viewBox: "0 0 10 10", "aria-hidden": "true" },
    h("rect", { width: 10, height: 10, fill }),
  );
}

function styled(leaf: Json, inner: ComponentChild): ComponentChild {
  const style = isRecord(leaf.style) ? leaf.style : {};
  let shown = inner;
  if (style.code === true) shown = h("code", null, shown);
  if (style.bold === true) shown = h("strong", null, shown);
  if (style.italic === true) shown = h("em", null, shown);
  if (style.strike === true) shown = h("s", null, shown);
  if (style.underline === true) shown = h("u", null, shown);
  if (style.highlight === true || style.client_highlight === true) shown = h("mark", null, shown);
  return shown;
}
