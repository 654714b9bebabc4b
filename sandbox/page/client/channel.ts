import { type ComponentChild, h } from "preact";
import type { Scene, ShownChannel } from "../wire.ts";
import { Composer } from "./composer.ts";
import { useFollowing } from "./following.ts";
import { Home } from "./home.ts";
import { Message } from "./message.ts";
import { inChannel, repliesTo, toldIn } from "./model.ts";
import type { Page } from "./page.ts";
import { toldLines } from "./told.ts";
import { Welcome } from "./welcome.ts";

interface ChannelParts {
  page: Page;
  scene: Scene;
  channel: ShownChannel;
  /** Something covers it. */
  inert: boolean;
}

/** The channel that is open: its messages, and the place to type. */
export function Channel({ page, scene, channel, inert }: ChannelParts): ComponentChild {
  // An app without a Home tab has one tab, which needs no name.
  const hasTabs = channel.kind === "im" && (scene.hasHomeTab || scene.home !== undefined);
  const tab = hasTabs ? page.model.tab : "messages";
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
    hasTabs ? tabs(tab, showTab) : null,
    tab === "home"
      ? h(Home, { page, scene, channel: channel.id })
      : [h(Messages, { page, scene, channel, key: channel.id }), news(page, channel), foot(page, scene, channel, name)],
  ]);
}

export function nameOf(scene: Scene, { kind, name }: ShownChannel): string {
  return kind === "im" ? (scene.people.find((person) => person.kind === "bot")?.realName ?? name) : `#${name}`;
}

function Messages({ page, scene, channel }: { page: Page; scene: Scene; channel: ShownChannel }): ComponentChild {
  const lines: Line[] = [
    ...inChannel(scene, channel.id).map((message) => {
      const replies = repliesTo(scene, channel.id, message.ts).length;
      const onThread = () => page.show({ thread: message.threadTs ?? message.ts, news: undefined });
      return { ts: message.ts, shown: h(Message, { key: message.ts, page, scene, message, replies, onThread }) };
    }),
    ...toldLines(page, toldIn(page.model, channel.id).channel),
  ];
  lines.sort((a, b) => Number(a.ts) - Number(b.ts));
  const { acted } = page.model;
  const { list, onScroll } = useFollowing({ last: lines.at(-1)?.ts, messages: scene.messages, acted });
  const empty = h("li", { key: "empty", class: "empty" }, h(Welcome, { page, scene, channel }));
  const shown = lines.length === 0 ? empty : lines.map((line) => line.shown);
  return h("ol", { class: "messages", ref: list, onScroll, tabIndex: 0, "aria-label": "Messages" }, shown);
}

interface Line {
  ts: string;
  shown: ComponentChild;
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
    h(
      "button",
      {
        type: "button",
        class: "button icon",
        "aria-label": "Dismiss",
        onClick: () => page.show({ news: undefined }),
      },
      "×",
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
    kind === "im" ? "hears commands only, like /hooks" : "",
    kind === "private" ? "private" : "",
    isExtShared ? "shared with another organisation" : "",
    isArchived ? "archived" : "",
    hasBot ? "" : "the bot is not a member",
  ];
  return words.filter(Boolean).join(" · ");
}
