import { type ComponentChild, h } from "preact";
import { useState } from "preact/hooks";
import type { Scene, Story, StoryAct, StoryProvider } from "../wire.ts";
import type { Page } from "./page.ts";

const STORM = 20;
const LIMITED_REQUESTS = 30;
const BUSY = "Working on it…";
const DONE = "Done. Watch the channel, or ask the bot what is new.";
const REFUSABLE = ["data_table", "data_visualization", "table"];

interface PanelParts {
  page: Page;
  scene: Scene;
  /** Something covers it. */
  inert: boolean;
}

/** What the sections of the panel share. */
interface Stage {
  story: Story;
  isBusy: boolean;
  /** @param section where the button is, and what is said of it. */
  play(section: string, act: StoryAct): void;
  /** How it stands with what was last done in a section. */
  said(section: string): ComponentChild;
}

/** What happens around the bot, and how to make it happen. */
export function StoryPanel({ page, scene, inert }: PanelParts): ComponentChild {
  const { story } = scene;
  const [last, setLast] = useState({ section: "", words: "" });
  const isBusy = last.words === BUSY;
  const play = async (section: string, act: StoryAct) => {
    if (isBusy) return;
    setLast({ section, words: BUSY });
    await page.play(act);
    setLast({ section, words: page.model.trouble === undefined ? DONE : "That could not be done: see above." });
  };
  const said = (section: string) =>
    h("p", { class: "busy", role: "status" }, last.section === section ? last.words : "");
  const stage: Stage = { story, isBusy, play: (section, act) => void play(section, act), said };
  return h("aside", { class: "story", id: "story", "aria-label": "The story", tabIndex: -1, inert }, [
    h("h2", null, "The story"),
    clock(stage, scene, page.model.channel ?? ""),
    story.providers.map((provider) => h(Provider, { key: provider.id, provider, stage })),
    bot(stage),
  ]);
}

function clock(stage: Stage, { me, channels }: Scene, channel: string): ComponentChild {
  const { now, nextDigest } = stage.story;
  const { timeZone } = me;
  const nameOf = (id: string) => {
    const found = channels.find((one) => one.id === id);
    if (found === undefined) return "a channel that you do not see";
    return found.kind === "im" ? "your direct messages" : `#${found.name}`;
  };
  const toDigest = () => stage.play("clock", { act: "next_digest", user: me.id, channel });
  const wait = (minutes: number) => stage.play("clock", { act: "wait", minutes });
  const at = (iso: string) =>
    new Date(iso).toLocaleString("en-GB", {
      timeZone,
      weekday: "short",
      day: "numeric",
      month: "short",
      hour: "2-digit",
      minute: "2-digit",
    });
  return h("section", { "aria-labelledby": "story-clock" }, [
    h("h3", { id: "story-clock" }, "Clock"),
    h(
      "p",
      null,
      "It is ",
      h("strong", null, at(now)),
      ` (${timeZone}).`,
      h("br", null),
      nextDigest === undefined
        ? `No digest is set up: the button sets one up in ${nameOf(channel)}.`
        : [
            "The next digest comes on ",
            h("strong", null, at(nextDigest.at)),
            " to ",
            h("strong", null, nameOf(nextDigest.channel)),
            ".",
          ],
    ),
    h("p", { class: "actions" }, [
      button(stage, "Move to the next digest", toDigest),
      button(stage, "5 minutes on", () => wait(5)),
      button(stage, "1 hour on", () => wait(60)),
    ]),
    stage.said("clock"),
  ]);
}

function Provider({ provider, stage }: { provider: StoryProvider; stage: Stage }): ComponentChild {
  const { id, name, webhooks, causes, faults, canTrip } = provider;
  const failing = webhooks.filter((webhook) => webhook.failing.length > 0);
  const well = webhooks.find((webhook) => webhook.failing.length === 0);
  const [chosen, choose] = useState<{ webhookId?: string; cause?: string }>({});
  const webhookId = chosen.webhookId ?? well?.id ?? "";
  const cause = chosen.cause ?? causes[0]?.name ?? "";
  const handle = (to: "break" | "storm" | "heal" | "trip" | "fail", fields: Record<string, string | number>) =>
    stage.play(id, { act: "provider", provider: id, handle: to, fields });
  const down = id === "zendesk" ? "500" : "down";
  return h("section", { "aria-labelledby": `story-${id}` }, [
    h("h3", { id: `story-${id}` }, name),
    h("ul", { class: "failing", "aria-label": `What is failing at ${name}` }, [
      failing.length === 0 ? h("li", { class: "well" }, "No endpoint is failing.") : null,
      failing.map((webhook) =>
        h("li", null, [
          h("span", { class: "bad", "aria-hidden": "true" }, "●"),
          h(
            "span",
            null,
            h("strong", { dir: "auto" }, webhook.name),
            h("br", null),
            h("small", null, webhook.failing.join(", ")),
          ),
          button(stage, "Heal", () => handle("heal", { webhookId: webhook.id }), `Heal ${webhook.name}`),
        ]),
      ),
      faults.map(({ kind, left }) =>
        h("li", null, [
          h("span", { class: "bad", "aria-hidden": "true" }, "●"),
          h("span", null, h("strong", null, "Its API: "), kind, left === undefined ? "" : `, ${left} more requests`),
        ]),
      ),
    ]),
    h("details", { open: canTrip }, [
      h("summary", null, "Make something happen"),
      picker(
        "Webhook",
        webhookId,
        webhooks.map((one) => [one.id, one.name]),
        (value) => choose({ ...chosen, webhookId: value }),
      ),
      picker(
        "Cause",
        cause,
        causes.map((one) => [one.name, one.name]),
        (value) => choose({ ...chosen, cause: value }),
      ),
      h("p", { class: "actions" }, [
        button(stage, "Break the endpoint", () => handle("break", { webhookId, cause })),
        button(stage, `Storm of ${STORM}`, () => handle("storm", { webhookId, cause, count: STORM })),
        canTrip ? button(stage, "Trip the circuit breaker", () => handle("trip", { webhookId })) : null,
        button(stage, "Heal the endpoint", () => handle("heal", { webhookId })),
      ]),
    ]),
    h("p", { class: "actions" }, [
      button(stage, `Take ${name}'s API down`, () => handle("fail", { kind: down })),
      button(stage, "Rate-limit its API", () =>
        handle("fail", { kind: "429", times: LIMITED_REQUESTS, retryAfter: 2 }),
      ),
      faults.length === 0 ? null : button(stage, "Heal its API", () => handle("heal", {})),
    ]),
    stage.said(id),
  ]);
}

function bot(stage: Stage): ComponentChild {
  const { isBotUp, refusedBlocks, armed } = stage.story;
  const play = (act: StoryAct) => stage.play("bot", act);
  const isRefusing = refusedBlocks.length > 0;
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
          { class: "failing", "aria-label": "What is still to go wrong" },
          armed.map((words) =>
            h("li", null, [h("span", { class: "bad", "aria-hidden": "true" }, "●"), h("span", null, words)]),
          ),
        ),
    h("p", { class: "actions" }, [
      button(stage, isBotUp ? "Stop the bot" : "Start the bot", () =>
        play({ act: isBotUp ? "stop_bot" : "start_bot" }),
      ),
      button(stage, "Let the bot hear nothing", () => play({ act: "deafen_bot" })),
      button(stage, isRefusing ? "Take all blocks again" : "Refuse newer blocks", () =>
        play({ act: "refuse_blocks", types: isRefusing ? [] : REFUSABLE }),
      ),
      button(stage, "Let the next form come too late", () => play({ act: "expire_trigger" })),
      button(stage, "Rate-limit Slack", () => play({ act: "limit_slack" })),
    ]),
    stage.said("bot"),
  ]);
}

function picker(
  label: string,
  value: string,
  options: (readonly [value: string, label: string])[],
  choose: (value: string) => void,
): ComponentChild {
  const onChange = ({ target }: Event) => {
    if (target instanceof HTMLSelectElement) choose(target.value);
  };
  const items = options.map(([one, words]) => h("option", { value: one, selected: one === value }, words));
  return h("label", { class: "picker" }, h("span", null, label), h("select", { onChange }, items));
}

/** One act at a time. What has the focus keeps it meanwhile: a button that is `disabled` would lose it. */
function button({ isBusy }: Stage, words: string, onPress: () => void, label?: string): ComponentChild {
  const onClick = () => {
    if (!isBusy) onPress();
  };
  const more = { "aria-label": label, "aria-disabled": isBusy ? "true" : undefined, onClick } as const;
  return h("button", { type: "button", class: "button", ...more }, words);
}
