import { richText, words } from "../blocks/build.ts";
import type { Message } from "./message.ts";

/** Says that an answer is on its way. */
export function workingMessage(): Message {
  const text = "Reading the providers' logs…";
  return { text, blocks: [richText([[words(text)]])] };
}
