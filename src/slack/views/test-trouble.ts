import type { ToldError } from "../../triage/told-error.ts";
import { quoted, richText, words } from "../blocks/build.ts";
import { fitMessage } from "../blocks/fit.ts";
import { outsideMrkdwn } from "../blocks/text.ts";
import type { Message } from "./message.ts";
import { sentence } from "./phrases.ts";

/** What is said to the presser of Send test delivery where there is no result to tell. */

/** Beginnings by what is known: whoever reads `Nothing was sent.` may send again. */
const HEADS = new Map([
  ["maybe_sent", "Nobody knows whether it was sent."],
  ["unkept", "It was sent."],
]);

/** Why there is no result, what of it is certain, and what to do. `fault` as the sending tells it. */
export function testTroubleMessage({ told, nextStep }: Pick<ToldError, "told" | "nextStep">, fault: string): Message {
  const head = HEADS.get(fault) ?? "Nothing was sent.";
  const lines = [
    [words(head, { bold: true }), words(" "), quoted(sentence(told), 500)],
    [words("Next: ", { bold: true }), quoted(sentence(nextStep), 500)],
  ];
  return fitMessage({
    text: `${head} ${outsideMrkdwn(sentence(told), 300)} ${outsideMrkdwn(sentence(nextStep), 300)}`,
    most: 0,
    blocks: () => [richText(lines)],
  });
}

/** For a second press: one question, one sending, whatever came of the first. */
export function testPressedMessage(command: string): Message {
  return ownWords(
    "This button was pressed before, so nothing is sent this time. To send another test delivery ask again with",
    command,
  );
}

/** For a press long after the question. */
export function testTooOldMessage(command: string): Message {
  return ownWords("This question is too old, so nothing is sent. Ask again with", command);
}

/** While it is being sent. */
export function sendingMessage(): Message {
  const text = "Sending the test delivery…";
  return { text, blocks: [richText([[words(text)]])] };
}

/** In the place of the question, once the result is posted for all. */
export function testSentMessage(): Message {
  const text = "Sent. The result stands in the channel.";
  return { text, blocks: [richText([[words(text)]])] };
}

function ownWords(told: string, command: string): Message {
  const shown = `${command} test`;
  return {
    text: `${told} ${shown}.`,
    blocks: [richText([[words(`${told} `), words(shown, { code: true }), words(".")]])],
  };
}
