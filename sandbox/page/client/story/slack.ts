import { type ComponentChild, h } from "preact";
import type { StoryAct } from "../../wire.ts";
import { button, type SectionParts, trouble } from "./parts.ts";

const REFUSABLE = ["data_table", "data_visualization", "table"];

/** How Slack and the bot are, and what may go wrong between them. */
export function slackSection(parts: SectionParts): ComponentChild {
  const { isBotUp, refusedBlocks, armed } = parts.story;
  const play = (act: StoryAct) => parts.play("bot", act);
  const isRefusing = refusedBlocks.length > 0;
  const list = { class: "failing", "aria-label": "What is still to go wrong" } as const;
  return h("section", { "aria-labelledby": "story-bot" }, [
    h("h3", { id: "story-bot" }, "Slack and the bot"),
    h(
      "p",
      null,
      isBotUp ? "The bot is up." : "The bot is down.",
      isRefusing ? ` Slack refuses blocks of the types ${refusedBlocks.join(", ")}.` : "",
    ),
    armed.length === 0
      ? null
      : h(
          "ul",
          list,
          armed.map((words) => trouble(h("span", null, words))),
        ),
    h("p", { class: "actions" }, [
      button(parts, isBotUp ? "Stop the bot" : "Start the bot", () =>
        play({ act: isBotUp ? "stop_bot" : "start_bot" }),
      ),
      button(parts, "Let the bot hear nothing", () => play({ act: "deafen_bot" })),
      button(parts, isRefusing ? "Take all blocks again" : "Refuse newer blocks", () =>
        play({ act: "refuse_blocks", types: isRefusing ? [] : REFUSABLE }),
      ),
      button(parts, "Let the next form come too late", () => play({ act: "expire_trigger" })),
      button(parts, "Rate-limit Slack", () => play({ act: "limit_slack" })),
    ]),
    parts.said("bot"),
  ]);
}
