import { block } from "./blocks.ts";
import { SLACK } from "./limits.ts";
import { metadata } from "./metadata.ts";
import { type BlockFault, inside, isRecord, list, listOf, type Place, refuse } from "./rule.ts";
import { fitsWholeMessage, idsAreUnique, messageTotals } from "./whole.ts";

export interface MessagePayload {
  text?: unknown;
  blocks?: unknown;
  attachments?: unknown;
  metadata?: unknown;
  [more: string]: unknown;
}

export interface MessageCheck {
  /** A response URL takes longer messages than `chat.postMessage` does: see `WHOLE_MESSAGE`. */
  viaResponseUrl?: boolean;
}

/** Every reason for which Slack would refuse this message; empty when it would take it. */
export function validateMessage(message: MessagePayload, check: MessageCheck = {}): BlockFault[] {
  const place: Place = { pointer: "", surface: "message", error: "invalid_blocks", faults: [] };
  if (isEmpty(message)) refuse(place, "needs text, blocks or attachments", "no_text");
  if (message.text !== undefined && message.text !== null && typeof message.text !== "string") {
    refuse(inside(place, "text"), "must be a string", "invalid_arguments");
  }
  if (isGiven(message.blocks)) messageBlocks(message.blocks, inside(place, "blocks"), check);
  if (isGiven(message.attachments)) attachments(message.attachments, inside(place, "attachments"), check);
  if (isGiven(message.metadata)) metadata(message.metadata, inside(place, "metadata"));
  return place.faults;
}

function messageBlocks(blocks: unknown, place: Place, check: MessageCheck): void {
  if (!Array.isArray(blocks)) {
    refuse(place, "must be an array", "invalid_blocks_format");
    return;
  }
  list(block, SLACK.blocksPerMessage, 0)(blocks, place);
  idsAreUnique(blocks, place);
  messageTotals(blocks, place);
  if (check.viaResponseUrl !== true) fitsWholeMessage(blocks, place);
}

function attachments(value: unknown, place: Place, check: MessageCheck): void {
  if (!Array.isArray(value)) {
    refuse(place, "must be an array", "invalid_attachments");
    return;
  }
  if (value.length > SLACK.attachments) {
    refuse(place, `no more than ${SLACK.attachments} items allowed`, "too_many_attachments");
  }
  for (const [index, attachment] of value.entries()) {
    const at = inside(place, index);
    if (!isRecord(attachment)) refuse(at, "must provide an object", "invalid_attachments");
    else if (isGiven(attachment.blocks)) messageBlocks(attachment.blocks, inside(at, "blocks"), check);
  }
}

function isEmpty(message: MessagePayload): boolean {
  const text = typeof message.text === "string" ? message.text.trim() : message.text;
  const hasText = isGiven(text) && text !== "";
  const hasBlocks = Array.isArray(message.blocks) ? message.blocks.length > 0 : isGiven(message.blocks);
  return !hasText && !hasBlocks && listOf(message.attachments).length === 0;
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}
