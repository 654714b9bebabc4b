import { styleText } from "node:util";
import stringWidth from "string-width";

export interface RenderContext {
  now: Date;
  /** The reader's IANA zone. */
  timeZone: string;
  /** Styles for a terminal; off unless told. */
  color?: boolean;
  /** The name of a person or channel id. */
  nameOf?: (id: string) => string | undefined;
}

/** They keep a name's direction to itself: whoever reads sees nothing of them. */
const ISOLATES = /[\u2066-\u2069]/g;

/** Nothing in here can move the cursor, colour the terminal or turn the direction of the text. */
export function safe(text: string): string {
  const control = /[\p{Cc}\u200e\u200f\u202a-\u202e]/gu;
  return text.replaceAll(ISOLATES, "").replaceAll(control, (character) => {
    if (character === "\n" || character === "\t") return character;
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}

export function paint(text: string, style: "bold" | "dim" | "cyan", context: RenderContext): string {
  return context.color === true ? styleText(style, text, { validateStream: false }) : text;
}

export function indent(text: string, by: string): string {
  return text
    .split("\n")
    .map((line) => by + line)
    .join("\n");
}

export type Alignment = "left" | "center" | "right";

/** Fills up to a width as the terminal counts it: emoji and CJK are two columns wide. */
export function pad(text: string, width: number, alignment: Alignment = "left"): string {
  const room = Math.max(width - stringWidth(text), 0);
  const before = { left: 0, center: Math.floor(room / 2), right: room }[alignment];
  return " ".repeat(before) + text + " ".repeat(room - before);
}

export function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => stringWidth(text)));
}
