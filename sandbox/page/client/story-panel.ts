import { type ComponentChild, h } from "preact";
import { useState } from "preact/hooks";
import type { Scene, Story, StoryAct, StoryProvider } from "../wire.ts";
import type { Page } from "./page.ts";

const STORM = 20;
const LIMITED_REQUESTS = 30;
const REFUSABLE = ["data_table", "data_visualization", "table"];

interface PanelParts {
  page: Page;
  scene: Scene;
}

type Play = (act: StoryAct) => Promise<void>;

/** What happens around the bot, and how to make it happen. */
export function StoryPanel({ page, scene }: PanelParts): ComponentChild {
  const { story, me } = scene;
  const channel = page.model.channel ?? "";
  const [busy, setBusy] = useState("");
  const play: Play = async (act) => {
    setBusy("Working on it…");
    await page.play(act);
    setBusy(page.model.trouble === undefined ? "Done. Watch the channel, or ask the bot what is new." : "");
  };
  return h("aside", { class: "story", id: "story", "aria-label": "The story", tabIndex: -1 }, [
    h("h2", null, "The story"),
    clock(
      story,
      me.timeZone,
      () => play({ act: "next_digest", user: me.id, channel }),
      (minutes) => play({ act: "wait", minutes }),
    ),
    story.providers.map((provider) => h(Provider, { key: provider.id, provider, play })),
    bot(story, play),
    h("p", { class: "busy", role: "status" }, page.model.trouble === undefined ? busy : ""),
  ]);
}

function clock(
  { now, nextDigestAt }: Story,
  timeZone: string,
  toDigest: () => void,
  wait: (minutes: number) => void,
): ComponentChild {
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
      nextDigestAt === undefined
        ? "No digest is set up: the button sets one up here."
        : ["The next digest comes on ", h("strong", null, at(nextDigestAt)), "."],
    ),
    h("p", { class: "actions" }, [
      button("Move to the next digest", toDigest),
      button("5 minutes on", () => wait(5)),
      button("1 hour on", () => wait(60)),
    ]),
  ]);
}

function Provider({ provider, play }: { provider: StoryProvider; play: Play }): ComponentChild {
  const { id, name, webhooks, causes, faults, canTrip } = provider;
  const failing = webhooks.filter((webhook) => webhook.failing.length > 0);
  const well = webhooks.find((webhook) => webhook.failing.length === 0);
  const [chosen, choose] = useState<{ webhookId?: string; cause?: string }>({});
  const webhookId = chosen.webhookId ?? well?.id ?? "";
  const cause = chosen.cause ?? causes[0]?.name ?? "";
  const handle = (to: "break" | "storm" | "heal" | "trip" | "fail", fields: Record<string, string | number>) =>
    void play({ act: "provider", provider: id, handle: to, fields });
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
          button("Heal", () => handle("heal", { webhookId: webhook.id }), `Heal ${webhook.name}`),
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
        button("Break the endpoint", () => handle("break", { webhookId, cause })),
        button(`Storm of ${STORM}`, () => handle("storm", { webhookId, cause, count: STORM })),
        canTrip ? button("Trip the circuit breaker", () => handle("trip", { webhookId })) : null,
        button("Heal the endpoint", () => handle("heal", { webhookId })),
      ]),
    ]),
    h("p", { class: "actions" }, [
      button("Take it down", () => handle("fail", { kind: down })),
      button("Rate-limit its API", () => handle("fail", { kind: "429", times: LIMITED_REQUESTS, retryAfter: 2 })),
      faults.length === 0 ? null : button("Heal its API", () => handle("heal", {})),
    ]),
  ]);
}

function bot({ isBotUp, refusedBlocks }: Story, play: Play): ComponentChild {
  const isRefusing = refusedBlocks.length > 0;
  return h("section", { "aria-labelledby": "story-bot" }, [
    h("h3", { id: "story-bot" }, "Slack and the bot"),
    h(
      "p",
      null,
      isBotUp ? "The bot is up." : "The bot is down.",
      isRefusing ? ` Slack refuses blocks of the types ${refusedBlocks.join(", ")}.` : "",
    ),
    h("p", { class: "actions" }, [
      button(isBotUp ? "Stop the bot" : "Start the bot", () => void play({ act: isBotUp ? "stop_bot" : "start_bot" })),
      button("Let the bot hear nothing", () => void play({ act: "deafen_bot" })),
      button(
        isRefusing ? "Take all blocks again" : "Refuse newer blocks",
        () => void play({ act: "refuse_blocks", types: isRefusing ? [] : REFUSABLE }),
      ),
      button("Let the next form come too late", () => void play({ act: "expire_trigger" })),
      button("Rate-limit Slack", () => void play({ act: "limit_slack" })),
    ]),
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

function button(words: string, onClick: () => void, label?: string): ComponentChild {
  return h("button", { type: "button", class: "button", "aria-label": label, onClick }, words);
}
