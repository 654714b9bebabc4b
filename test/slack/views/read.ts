import type { Button } from "@slack/types";
import type { Message, MessageBlock } from "../../../src/slack/views/message.ts";

/** What a person reads: every text in order, a line a block or a row, dates as their UTC fallback. */
export function readBlocks(blocks: readonly MessageBlock[]): string {
  return blocks
    .map((block) =>
      block.type === "data_table" ? block.rows.map((row) => row.map(textOf).join(" | ")).join("\n") : textOf(block),
    )
    .filter((line) => line !== "")
    .join("\n");
}

/** Buttons in the order in which they stand. */
export function buttonsOf(blocks: readonly MessageBlock[], actionId: string): Button[] {
  const found: Button[] = [];
  for (const block of blocks) {
    if (block.type === "section" && block.accessory?.type === "button") found.push(block.accessory);
    if (block.type === "actions") found.push(...block.elements.filter((element) => element.type === "button"));
  }
  return found.filter((button) => button.action_id === actionId);
}

/** Both forms in which a message may go out. */
export function formsOf(message: Message): MessageBlock[][] {
  return message.classic ? [message.blocks, message.classic] : [message.blocks];
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join("");
  if (typeof value !== "object" || value === null) return "";
  if ("fallback" in value && typeof value.fallback === "string") return value.fallback;
  if ("name" in value && "type" in value && value.type === "emoji") return `:${String(value.name)}:`;
  if ("text" in value && typeof value.text === "string")
    return value.text.replaceAll(/<!date\^[^|>]*\|([^>]*)>/g, "$1");
  return ["text", "fields", "elements", "rows"]
    .flatMap((key) => (key in value ? [separated(key, Reflect.get(value, key))] : []))
    .filter((part) => part !== "")
    .join("\n");
}

/** Fields and list items stand on lines of their own; runs of a rich text do not. */
function separated(key: string, part: unknown): string {
  if (!Array.isArray(part)) return textOf(part);
  const isLines =
    key === "fields" || part.some((item) => typeof item === "object" && item !== null && "elements" in item);
  return part.map(textOf).join(isLines ? "\n" : "");
}
