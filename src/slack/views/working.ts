import { richText, words } from "../blocks/build.ts";
import { type ReadSoFar, readSoFar } from "./late.ts";
import type { Message } from "./message.ts";

/** Says that an answer is on its way, and how far it is. */
export function workingMessage(read?: ReadSoFar): Message {
  const far = readSoFar(read);
  const text = `Reading the providers' logs${far === "" ? "" : `: ${far}`}…`;
  return { text, blocks: [richText([[words(text)]])] };
}
