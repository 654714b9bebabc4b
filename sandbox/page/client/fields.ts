import type { Json } from "../wire.ts";

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

/** The words of a text object, as they stand there. */
export function textOf(value: unknown): string {
  return isRecord(value) ? decoded(word(value.text)) : "";
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
