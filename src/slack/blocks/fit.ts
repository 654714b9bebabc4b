import { LIMITS } from "./limits.ts";
import { cutMrkdwn } from "./text.ts";
import type { Message, MessageBlock } from "./types.ts";

/** A message that can be built with less in it. */
export interface Draft {
  text: string;
  /** How many items there are to show, or how generous the message may be. */
  most: number;
  /** The message with the `shown` most important items; it says itself how many it leaves out. */
  blocks: (shown: number) => MessageBlock[];
  /** The same without blocks that Slack may refuse. */
  classic?: (shown: number) => MessageBlock[];
}

/** The message with as many items as Slack takes. */
export function fitMessage(draft: Draft): Message {
  return {
    text: cutMrkdwn(draft.text, LIMITS.messageText),
    blocks: fitBlocks(draft.most, draft.blocks),
    ...(draft.classic && { classic: fitBlocks(draft.most, draft.classic) }),
  };
}

/** Whether Slack takes these blocks in one message. */
export function isWithinLimits(blocks: readonly MessageBlock[]): boolean {
  return (
    blocks.length <= LIMITS.messageBlocks &&
    blocks.filter((block) => block.type === "data_table").length <= LIMITS.tablesInMessage &&
    visibleLength(blocks) <= LIMITS.messageVisible &&
    JSON.stringify(blocks).length <= LIMITS.messageJson
  );
}

/** The characters that a reader could see: texts, captions, and what stands in for dates. */
export function visibleLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + visibleLength(item), 0);
  if (typeof value !== "object" || value === null) return 0;
  let length = 0;
  for (const [key, item] of Object.entries(value)) {
    length += typeof item === "string" ? (VISIBLE_KEYS.has(key) ? item.length : 0) : visibleLength(item);
  }
  return length;
}

const VISIBLE_KEYS = new Set(["text", "caption", "fallback", "accessibility_label"]);

function fitBlocks(most: number, build: (shown: number) => MessageBlock[]): MessageBlock[] {
  const whole = build(most);
  if (isWithinLimits(whole)) return whole;
  let best: MessageBlock[] | undefined;
  let fitting = 0;
  let tooMany = most;
  while (tooMany - fitting > 1) {
    const middle = Math.floor((fitting + tooMany) / 2);
    const blocks = build(middle);
    if (isWithinLimits(blocks)) {
      best = blocks;
      fitting = middle;
    } else {
      tooMany = middle;
    }
  }
  return best ?? cutEnd(build(0));
}

/** The end of a message matters least. */
function cutEnd(blocks: MessageBlock[]): MessageBlock[] {
  while (blocks.length > 1 && !isWithinLimits(blocks)) blocks.pop();
  return blocks;
}
