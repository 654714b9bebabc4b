import { type ComponentChild, h } from "preact";
import { useMemo } from "preact/hooks";
import type { Json, Scene, ShownMessage } from "../../wire.ts";
import { records, textOf, word } from "../fields.ts";

const STEPS = [
  "Ask /hooks what is failing.",
  "Press Attempts on a failed invocation.",
  "Break an endpoint here, and ask again.",
  "Move to the next digest.",
];

/** A short way through what there is to see, ticked off as it is gone. */
export function Path({ scene }: { scene: Scene }): ComponentChild {
  const { messages, story } = scene;
  const gone = useMemo(() => stepsGone(messages, story.brokenTs), [messages, story.brokenTs]);
  const items = STEPS.map((words, index) => {
    const isGone = gone[index] === true;
    return h("li", { class: isGone ? "gone" : "" }, words, isGone ? h("span", { class: "unseen" }, " Done.") : null);
  });
  return h("ol", { class: "path", "aria-label": "Four things to try" }, items);
}

/** Which of the steps are done, as the messages tell. @param brokenTs when an endpoint was first broken by hand. */
export function stepsGone(messages: readonly ShownMessage[], brokenTs: string | undefined): boolean[] {
  const ofBot = messages.filter(({ isBot }) => isBot);
  const answers = ofBot.filter((message) => !isDigest(message) && message.blocks.some(offersAttempts));
  return [
    answers.length > 0,
    ofBot.some(({ blocks }) => blocks.some(isAttemptsTitle)),
    brokenTs !== undefined && answers.some(({ ts }) => Number(ts) > Number(brokenTs)),
    ofBot.some(isDigest),
  ];
}

function isDigest({ text }: ShownMessage): boolean {
  return /^(\w+ digest:|All clear:|No all-clear:|Nothing to check:)/.test(text);
}

function isAttemptsTitle({ type, text }: Json): boolean {
  return type === "header" && textOf(text).startsWith("Attempts:");
}

function offersAttempts({ elements, accessory }: Json): boolean {
  return records([accessory, ...records(elements)]).some(({ action_id }) => word(action_id) === "attempts");
}
