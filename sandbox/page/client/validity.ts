import type { Fill, Filled, Json } from "../wire.ts";
import { inputId } from "./blocks.ts";
import { fillKey, isRecord, word } from "./fields.ts";

/** What Slack's client says of a form before it sends it, by block id. @param scope of the ids of its fields. */
export function wrongIn(blocks: readonly Json[], scope: string, filled: Fill): Record<string, string> {
  const wrong: Record<string, string> = {};
  for (const { type, block_id, optional, element } of blocks) {
    const blockId = word(block_id);
    if (type !== "input" || !isRecord(element)) continue;
    const value = filled[fillKey(blockId, element)];
    const isEmpty = value === undefined ? !hasInitial(element) : value.length === 0;
    // The browser first: what it cannot read as a number is empty too.
    const said =
      saidBy(document.getElementById(inputId(scope, blockId))) || (isEmpty ? "" : outOfBounds(element, value));
    if (said !== "") wrong[blockId] = said;
    else if (isEmpty && optional !== true) wrong[blockId] = "Please complete this required field.";
  }
  return wrong;
}

/** No address, no whole number, too large: fields know that by themselves. */
function saidBy(field: HTMLElement | null): string {
  return field instanceof HTMLInputElement ? field.validationMessage : "";
}

function outOfBounds({ initial_value, min_length, max_selected_items }: Json, value: Filled | undefined): string {
  const { length } = value ?? word(initial_value);
  if (typeof min_length === "number" && length < min_length) return `Please use at least ${min_length} characters.`;
  const isMany = typeof max_selected_items === "number" && typeof value === "object";
  return isMany && length > max_selected_items ? `Please choose at most ${max_selected_items}.` : "";
}

function hasInitial(element: Json): boolean {
  return Object.entries(element).some(
    ([key, value]) => key.startsWith("initial_") && value !== "" && value !== undefined,
  );
}
