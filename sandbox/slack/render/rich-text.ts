import { isRecord, listOf } from "../validate/rule.ts";
import { slackDate } from "./date.ts";
import { indent, type RenderContext, safe } from "./text.ts";

type Part = Record<string, unknown>;

/** A `rich_text` block. Its texts are taken as they are: no mrkdwn, no entities. */
export function richTextAsText(block: Part, context: RenderContext): string {
  return listOf(block.elements)
    .filter(isRecord)
    .map((part) => partAsText(part, context))
    .join("\n");
}

function partAsText(part: Part, context: RenderContext): string {
  const inside = listOf(part.elements).filter(isRecord);
  if (part.type === "rich_text_list") return listAsText(part, inside, context);
  const text = leaves(inside, context);
  if (part.type === "rich_text_quote") return indent(text, "> ");
  if (part.type === "rich_text_preformatted") return indent(text.replace(/\n$/, ""), "    ");
  return text.replace(/\n$/, "");
}

function listAsText(list: Part, sections: Part[], context: RenderContext): string {
  const start = typeof list.offset === "number" ? list.offset : 0;
  const margin = "  ".repeat(typeof list.indent === "number" ? list.indent : 0);
  const items = sections.map((section, index) => {
    const bullet = list.style === "ordered" ? `${start + index + 1}.` : "•";
    return `${margin}${bullet} ${leaves(listOf(section.elements).filter(isRecord), context)}`;
  });
  return items.join("\n");
}

function leaves(elements: Part[], context: RenderContext): string {
  return elements.map((leaf) => safe(leafAsText(leaf, context))).join("");
}

function leafAsText(leaf: Part, context: RenderContext): string {
  const word = (key: string) => (typeof leaf[key] === "string" ? leaf[key] : "");
  switch (leaf.type) {
    case "text":
      return word("text");
    case "link":
      return word("text") === "" || word("text") === word("url") ? word("url") : `${word("text")} (${word("url")})`;
    case "user":
      return `@${context.nameOf?.(word("user_id")) ?? word("user_id")}`;
    case "usergroup":
      return `@${word("usergroup_id")}`;
    case "team":
      return `@${word("team_id")}`;
    case "channel":
      return `#${context.nameOf?.(word("channel_id")) ?? word("channel_id")}`;
    case "emoji":
      return `:${word("name")}:`;
    case "broadcast":
      return `@${word("range")}`;
    case "color":
      return word("value");
    case "date":
      return slackDate(Number(leaf.timestamp), word("format"), context) ?? word("fallback");
    default:
      return "";
  }
}
