import type { Faults } from "../faults.ts";
import type { Block, Message } from "../model.ts";
import type { Content } from "../posting.ts";
import { type MessageCheck, validateMessage } from "../validate/index.ts";
import { isRecord } from "../validate/rule.ts";
import { type Args, PayloadError } from "./call.ts";

/** Slack cuts a text here and warns: https://docs.slack.dev/changelog/2018-truncating-really-long-messages */
const TEXT_CUT = 40_000;

export interface CheckedContent {
  content: Content;
  warning?: "message_truncated";
}

/** Reads what a call wants to say. Throws `PayloadError` for what Slack refuses. */
export function contentOf(args: Args, check: MessageCheck = {}): CheckedContent {
  const text = args.text("text");
  const payload = {
    text,
    blocks: args.json("blocks", "invalid_blocks_format"),
    attachments: args.json("attachments", "invalid_attachments"),
    metadata: args.json("metadata", "metadata_must_be_sent_as_json"),
  };
  const faults = validateMessage(payload, check);
  if (faults.length > 0) throw new PayloadError(faults);

  const content: Content = {};
  if (text !== undefined) content.text = text.slice(0, TEXT_CUT);
  if (Array.isArray(payload.blocks)) content.blocks = payload.blocks.filter(isBlock);
  if (Array.isArray(payload.attachments)) content.attachments = payload.attachments;
  if (isMetadata(payload.metadata)) content.metadata = payload.metadata;
  return (text ?? "").length > TEXT_CUT ? { content, warning: "message_truncated" } : { content };
}

/** Throws `PayloadError` where the workspace was told to refuse blocks of a type. */
export function needKnownBlocks(faults: Faults, args: Args): void {
  const refused = faults.refusalOf(args.json("blocks", "invalid_blocks_format"));
  if (refused.length > 0) throw new PayloadError(refused);
}

function isBlock(value: unknown): value is Block {
  return isRecord(value);
}

function isMetadata(value: unknown): value is NonNullable<Message["metadata"]> {
  return isRecord(value) && typeof value.event_type === "string" && isRecord(value.event_payload);
}
