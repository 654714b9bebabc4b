import type { Fill, Filled, Json } from "../wire.ts";
import { emoji } from "./emoji.ts";

/** Reading what an app has sent: anything may be missing. */

export function isRecord(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function records(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

export function word(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** The words of a plain text object. Emoji stand in it by name unless it says that those are letters. */
export function textOf(value: unknown): string {
  if (!isRecord(value)) return "";
  const text = decoded(word(value.text));
  return value.emoji === false ? text : text.replaceAll(/:([a-z+-][a-z0-9_+-]*):/g, (_whole, name) => emoji(name));
}

/** Under which what is filled into an element is kept. */
export function fillKey(blockId: string, { action_id }: Json): string {
  return `${blockId} ${word(action_id)}`;
}

/** What was filled in since it was there. */
export function filledOf(parts: { element: Json; blockId: string; surface: { filled: Fill } }): Filled | undefined {
  return parts.surface.filled[fillKey(parts.blockId, parts.element)];
}

/** Slack decodes these three, in plain text too. */
export function decoded(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/** Only links that a click may follow. */
export function safeUrl(value: unknown): string | undefined {
  const text = word(value);
  return /^(https?|mailto|tel|slack):/i.test(text) ? text : undefined;
}
