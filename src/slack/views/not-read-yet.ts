import { quoted, richText, words } from "../blocks/build.ts";
import { fitMessage } from "../blocks/fit.ts";
import { outsideMrkdwn } from "../blocks/text.ts";
import type { Message } from "./message.ts";

/** What is said of a button whose answer was not read in time: nothing went wrong, and a shorter time range would change nothing. */

/** `told`: what is not read, and why. `again`: when it is worth another press, such as `in about a minute`. */
export function notReadYetMessage({ told, again }: { told: string; again: string }): Message {
  return shown(told, `Press again ${again}.`);
}

/** Where nobody can tell what has held it up. */
export function pressTooSlowMessage(): Message {
  return shown(
    "This is not read yet.",
    "It took too long to read; what was read so far is kept. Press again in a minute.",
  );
}

function shown(told: string, next: string): Message {
  return fitMessage({
    text: `${outsideMrkdwn(told, 300)} ${next}`,
    most: 0,
    blocks: () => [richText([[quoted(told, 500, { bold: true }), words(` ${next}`)]])],
  });
}
