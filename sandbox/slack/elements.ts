import { shapeOf } from "./element-shapes.ts";
import type { Block } from "./model.ts";
import { isRecord, listOf } from "./validate/rule.ts";

/** The elements in a message or view that a person can press, choose from or fill in. */
export interface Actionable {
  blockId: string;
  actionId: string;
  /** What the person sees on it: a button's text, or the placeholder. */
  label: string;
  element: Block;
}

/** Where a block has its elements, one or several. A carousel has cards in place of elements, a container has blocks. */
const LISTS = ["elements", "actions"] as const;
const SINGLES = ["accessory", "element"] as const;

/** In the order in which they stand, accessory buttons and those in containers included. Only what has an id can be used. */
export function actionablesIn(blocks: readonly unknown[], outerId = ""): Actionable[] {
  const found: Actionable[] = [];
  for (const block of blocks) {
    if (!isRecord(block)) continue;
    const blockId = typeof block.block_id === "string" ? block.block_id : outerId;
    const elements = [...listOf(block.elements), block.accessory, block.element, ...listOf(block.actions)];
    for (const element of elements) {
      if (isCard(element)) found.push(...actionablesIn([element], blockId));
      if (!isRecord(element) || typeof element.action_id !== "string") continue;
      found.push({ blockId, actionId: element.action_id, label: labelOf(element, block), element });
    }
    found.push(...actionablesIn(listOf(block.child_blocks), blockId));
  }
  return found;
}

/**
 * Names what the app left nameless, as Slack does: "If not specified, block_id will be generated".
 * https://docs.slack.dev/reference/block-kit/blocks
 */
export function named(blocks: readonly unknown[], nextId: (prefix: string) => string): Block[] {
  return blocks.filter(isRecord).map((block) => {
    const inside = withNamedElements(block, nextId);
    const children =
      block.child_blocks === undefined ? {} : { child_blocks: named(listOf(block.child_blocks), nextId) };
    return { ...inside, ...children, block_id: block.block_id ?? nextId("b") };
  });
}

function withNamedElements(block: Block, nextId: (prefix: string) => string): Block {
  const one = (element: unknown): unknown => {
    if (isCard(element)) return withNamedElements(element, nextId);
    if (!isRecord(element) || shapeOf(element) === undefined) return element;
    return { ...element, action_id: element.action_id ?? nextId("a") };
  };
  const changed: Block = { ...block };
  for (const key of LISTS) if (Array.isArray(block[key])) changed[key] = block[key].map(one);
  for (const key of SINGLES) if (block[key] !== undefined) changed[key] = one(block[key]);
  return changed;
}

function isCard(element: unknown): element is Block {
  return isRecord(element) && element.type === "card";
}

function labelOf(element: Block, block: Block): string {
  for (const text of [element.text, element.placeholder, block.label]) {
    if (isRecord(text) && typeof text.text === "string") return text.text;
  }
  return "";
}
