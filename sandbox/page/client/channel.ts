import { type ComponentChild, h } from "preact";
import type { Scene, ShownChannel } from "../wire.ts";
import { Composer } from "./composer.ts";
import { useFollowing } from "./following.ts";
import { Home } from "./home.ts";
import { Message } from "./message.ts";
import { inChannel, repliesTo, toldIn } from "./model.ts";
import type { Page } from "./page.ts";
import { toldLines } from "./told.ts";

const FIRST_QUESTIONS = ["/hooks", "/hooks webhooks", "/hooks digest", "/hooks status"];

interface ChannelParts {
  page: Page;
  scene: Scene;
  channel: ShownChannel;
  /** Something covers it. */
  inert: boolean;
}

/** The channel that is open: its messages, and the place to type. */
export function Channel({ page, scene, channel, inert }: ChannelParts): ComponentChild {
  const { tab } = page.model;
  const isWithBot = channel.kind === "im";
  const name = nameOf(scene, channel);
  const showTab = (to: "messages" | "home") => {
    page.show({ tab: to });
    if (to === "home" && scene.hasHomeTab) void page.act({ act: "open_home" });
  };
  return h("main", { class: "channel", "aria-label": name, inert }, [
    h(
      "header",
      { class: "channel-header" },
      h("h2", { tabIndex: -1, id: "channel-name" }, name),
      h("span", { class: "hint" }, describe(channel)),
    ),
    isWithBot ? tabs(tab, showTab) : null,
    isWithBot && tab === "home"
      ? h(Home, { page, scene, channel: channel.id })
      : [h(Messages, { page, scene, channel, key: channel.id }), news(page, channel), foot(page, scene, channel, name)],
  ]);
}

export function nameOf(scene: Scene, { kind, name }: ShownChannel): string {
  return kind === "im" ? (scene.people.find((person) => person.kind === "bot")?.realName ?? name) : `#${name}`;
}

function Messages({ page, scene, channel }: { page: Page; scene: Scene; channel: ShownChannel }): ComponentChild {
  const { typed } = page.model;
  const lines: Line[] = [
    ...inChannel(scene, channel.id).map((message) => {
      const replies = repliesTo(scene, channel.id, message.ts).length;
      const onThread = () => page.show({ thread: message.threadTs ?? message.ts, news: undefined });
      return { ts: message.ts, shown: h(Message, { key: message.ts, page, scene, message, replies, onThread }) };
    }),
    ...toldLines(page, toldIn(page.model, channel.id).channel),
  ];
  lines.sort((a, b) => Number(a.ts) - Number(b.ts));
  const { list, handlers } = useFollowing(lines.at(-1)?.ts, typed);
  const empty = h("li", { key: "empty", class: "empty" }, h(Welcome, { page, channel }));
  const shown = lines.length === 0 ? empty : lines.map((line) => line.shown);
  return h("ol", { class: "messages", ref: list, ...handlers, tabIndex: 0, "aria-label": "Messages" }, shown);
}

interface Line {
  ts: string;
  shown: ComponentChild;
}

function Welcome({ page, channel }: { page: Page; channel: ShownChannel }): ComponentChild {
  return [
    h("p", null, h("strong", null, "Some webhooks are failing. "), "Ask which, and why:"),
    h(
      "p",
      { class: "actions" },
      FIRST_QUESTIONS.map((text) =>
        h(
          "button",
          { type: "button", class: "button", onClick: () => void page.act({ act: "type", channel: channel.id, text }) },
          text,
        ),
      ),
    ),
    h("p", { class: "hint" }, "Then press Attempts on a failed invocation. Everything here runs on this machine."),
  ];
}

/** Where the replies to a long message are counted is out of sight. */
function news(page: Page, { id }: ShownChannel): ComponentChild {
  const reply = page.model.news;
  if (reply === undefined || reply.channel !== id) return null;
  return h("p", { class: "news" }, [
    h("span", null, `New in a thread: ${reply.text}`),
    h(
      "button",
      { type: "button", class: "button", onClick: () => page.show({ thread: reply.threadTs, news: undefined }) },
      "Open the thread",
    ),
  ]);
}

function foot(page: Page, { commands }: Scene, { id, isArchived }: ShownChannel, name: string): ComponentChild {
  if (isArchived) return h("p", { class: "archived" }, "This channel is archived: nobody can type here.");
  const send = (text: string) => void page.act({ act: "type", channel: id, text });
  return h(Composer, { key: id, label: `Message ${name}`, commands, onSend: send });
}

function tabs(open: string, show: (tab: "messages" | "home") => void): ComponentChild {
  const both = [
    ["messages", "Messages"],
    ["home", "Home"],
  ] as const;
  return h(
    "nav",
    { class: "tabs", "aria-label": "The app" },
    both.map(([tab, label]) =>
      h(
        "button",
        { type: "button", "aria-current": open === tab ? "page" : undefined, onClick: () => show(tab) },
        label,
      ),
    ),
  );
}

function describe({ kind, isExtShared, isArchived, hasBot }: ShownChannel): string {
  const words = [
    kind === "private" ? "private" : "",
    isExtShared ? "shared with another organisation" : "",
    isArchived ? "archived" : "",
    hasBot ? "" : "the bot is not a member",
  ];
  return words.filter(Boolean).join(" · ");
}
