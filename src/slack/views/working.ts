import { richText, words } from "../blocks/build.ts";
import type { Message } from "./message.ts";

/** Says that an answer is on its way. It is shown once and may stay for long, so there is nothing in it that goes on. */
export function workingMessage(): Message {
  const text = "Reading the providers' logs…";
  return { text, blocks: [richText([[words(text)]])] };
}
