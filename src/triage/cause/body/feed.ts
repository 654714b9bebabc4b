import type { Parser } from "htmlparser2";

const PIECE_CHARS = 2 * 1024;

/** Gives a parser a text piece by piece until it has had enough: its cost grows with the square of the depth of open elements. */
export function feed(parser: Parser, text: string, isEnough: () => boolean): void {
  for (let at = 0; at < text.length && !isEnough(); at += PIECE_CHARS) parser.write(text.slice(at, at + PIECE_CHARS));
  parser.end();
}
