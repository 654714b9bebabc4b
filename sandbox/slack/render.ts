import { blocksAsText } from "./render/blocks.ts";
import { clockTime } from "./render/date.ts";
import { mrkdwn } from "./render/mrkdwn.ts";
import { indent, paint, type RenderContext, safe } from "./render/text.ts";
import { isRecord, listOf } from "./validate/rule.ts";

export type { RenderContext } from "./render/text.ts";

/** A message as it is kept, or only as an app would send it. */
export interface Renderable {
  text?: string;
  blocks?: readonly unknown[];
  attachments?: readonly unknown[];
  fileIds?: readonly string[];
  user?: string;
  ts?: string;
  threadTs?: string;
  isBroadcast?: boolean;
  editedAt?: Date;
  ephemeralFor?: string;
}

/**
 * A message as a reader in that time zone would see it, as terminal text. Control characters in what it says are shown as
 * `\u{…}`, never sent to the terminal. A message with a `ts` gets a line saying who and when.
 */
export function renderMessage(message: Renderable, context: RenderContext): string {
  const hasBlocks = (message.blocks ?? []).length > 0;
  const body = hasBlocks ? blocksAsText(message.blocks ?? [], context) : mrkdwn(message.text ?? "", context);
  const attachments = (message.attachments ?? []).map((attachment) => attachmentAsText(attachment, context));
  const files = (message.fileIds ?? []).map((id) => `[file ${safe(id)}]`);
  return [headline(message, context), body, ...attachments, ...files].filter((part) => part !== "").join("\n");
}

/** A modal or Home view: title, blocks, the buttons at its foot. */
export function renderView(view: Readonly<Record<string, unknown>>, context: RenderContext): string {
  const title = paint(`== ${labelled(view.title) ?? "Home"} ==`, "bold", context);
  const foot = [view.close, view.submit].map(labelled).filter((label) => label !== undefined);
  const buttons = foot.map((label) => `[ ${label} ]`).join(" ");
  return [title, blocksAsText(listOf(view.blocks), context), buttons].filter((part) => part !== "").join("\n");
}

function headline(message: Renderable, context: RenderContext): string {
  if (message.ts === undefined) return "";
  const author = context.nameOf?.(message.user ?? "") ?? message.user ?? "";
  const notes = [
    message.ephemeralFor === undefined ? "" : "(only visible to you)",
    message.threadTs === undefined ? "" : "(in a thread)",
    message.isBroadcast === true ? "(also sent to the channel)" : "",
    message.editedAt === undefined ? "" : "(edited)",
  ];
  const words = [safe(author), clockTime(new Date(Number(message.ts) * 1000), context.timeZone), ...notes];
  return paint(words.filter((word) => word !== "").join(" "), "dim", context);
}

function attachmentAsText(attachment: unknown, context: RenderContext): string {
  if (!isRecord(attachment)) return "";
  const own = [attachment.pretext, attachment.title, attachment.text].filter((part) => typeof part === "string");
  const parts = own.map((part) => mrkdwn(part, context));
  return indent(
    [...parts, blocksAsText(listOf(attachment.blocks), context)].filter((part) => part !== "").join("\n"),
    "| ",
  );
}

function labelled(text: unknown): string | undefined {
  return isRecord(text) && typeof text.text === "string" ? safe(text.text) : undefined;
}
