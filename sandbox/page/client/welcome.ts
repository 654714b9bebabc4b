import { type ComponentChild, h } from "preact";
import type { Scene, ShownChannel } from "../wire.ts";
import { focusComposer } from "./composer.ts";
import type { Page } from "./page.ts";

const FIRST_QUESTION = "/hooks";
const OTHER_QUESTIONS = ["/hooks webhooks", "/hooks digest", "/hooks status"];

interface WelcomeParts {
  page: Page;
  scene: Scene;
  channel: ShownChannel;
}

/** Where nobody has said anything yet: what this is, and what one may begin with. */
export function Welcome({ page, scene, channel }: WelcomeParts): ComponentChild {
  const ask = (text: string) => {
    focusComposer();
    void page.act({ act: "type", channel: channel.id, text });
  };
  const button = (text: string, label: string, style: string) =>
    h("button", { type: "button", class: style, onClick: () => ask(text) }, label);
  const beginning = [
    h(
      "p",
      null,
      h("strong", null, "Hooktriage tells the people on call which webhooks are failing, why, and what to do next."),
      " This is a small Slack in your browser; everything in it is made up and runs on this machine.",
    ),
  ];
  if (channel.isArchived) return h("div", { class: "welcome" }, beginning);
  const { kind, realName } = scene.me;
  if (kind !== "member") {
    const who = kind === "guest" ? "a guest" : "of another organisation";
    return h("div", { class: "welcome" }, [
      beginning,
      h("p", null, `You are ${realName}, ${who}: the bot gives nothing away to you. Ask, and see what it tells you.`),
      h("p", null, button(FIRST_QUESTION, `Ask it: ${FIRST_QUESTION}`, "button")),
    ]);
  }
  return h("div", { class: "welcome" }, [
    beginning,
    h("p", null, button(FIRST_QUESTION, `Ask what is failing: ${FIRST_QUESTION}`, "button primary")),
    h("p", { class: "hint" }, "Then press Attempts on a failed invocation, and read the thread."),
    h("p", { class: "actions" }, [
      h("span", { class: "hint" }, "Or ask"),
      OTHER_QUESTIONS.map((text) => button(text, text, "quiet")),
    ]),
    h("p", { class: "hint" }, [
      h("strong", null, "Story"),
      ", above, breaks endpoints, heals them and moves the clock. ",
      h("strong", null, "Traffic"),
      " shows all that passes between the bot and the rest.",
      channel.kind === "im" ? " Here the bot hears commands only: a plain line gets no answer." : null,
    ]),
  ]);
}
