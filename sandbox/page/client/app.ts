import { type ComponentChild, h } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Scene } from "../wire.ts";
import { Channel, nameOf } from "./channel.ts";
import { icon } from "./icons.ts";
import { Inspector } from "./inspector.ts";
import { Modal } from "./modal.ts";
import { opening } from "./model.ts";
import type { Page } from "./page.ts";
import { PANELS, type Panel, usePanels, useScreen } from "./panels.ts";
import { StoryPanel } from "./story-panel.ts";
import { keepTheme, savedTheme, THEMES, type Theme } from "./theme.ts";
import { Thread } from "./thread.ts";

/** The whole page. On a narrow screen one thing at a time covers it. */
export function App({ page }: { page: Page }): ComponentChild {
  const { scene, channel: channelId, thread, isConnected, spoken, trouble } = page.model;
  const { isNarrow, isTight } = useScreen();
  const panels = usePanels(isTight ? [] : ["story"], isNarrow ? ["menu", "story", "traffic"] : []);
  const { open } = panels;
  const channel = scene?.channels.find(({ id }) => id === channelId);
  const hasThread = thread !== undefined && channel !== undefined;
  // No room for the story beside it: of the two the one that is opened closes the other.
  const isCrowding = hasThread && isTight && !isNarrow;
  useEffect(() => {
    if (isCrowding && open.has("story")) panels.close("story");
  }, [isCrowding, thread]);
  const toggle = (panel: Panel) => {
    if (isCrowding && panel === "story") page.show({ thread: undefined });
    panels.toggle(panel);
  };
  if (scene === undefined) return h("p", { class: "loading" }, "Opening the sandbox…");
  const top = scene.stack.at(-1);
  const goTo = (id: string) => {
    page.show(opening(page.model, id));
    if (open.has("menu")) panels.close("menu", "channel-name");
  };
  const isUnderMenu = isNarrow && open.has("menu");
  const isCovered = isNarrow && open.size > 0;
  const traffic = open.has("traffic") ? h(Inspector, { page, scene, inert: isUnderMenu }) : null;
  return h(
    "div",
    {
      class: `page${open.has("menu") ? " with-menu" : ""}`,
      onKeyDown: panels.onKeyDown,
    },
    [
      h(Bar, { page, scene, open, toggle }),
      isConnected
        ? null
        : h("p", { class: "trouble", role: "alert" }, "The sandbox does not answer; the page tries again by itself."),
      trouble === undefined
        ? null
        : h(
            "p",
            { class: "trouble", role: "alert" },
            trouble,
            h(
              "button",
              {
                type: "button",
                class: "button icon",
                "aria-label": "Dismiss",
                onClick: () => page.show({ trouble: undefined }),
              },
              "×",
            ),
          ),
      h("div", { class: "columns" }, [
        sidebar(page, scene, goTo),
        channel === undefined
          ? h("main", { class: "channel" }, h("p", { class: "empty" }, "There is no channel that you are in."))
          : h(Channel, { page, scene, channel, inert: isCovered || (isNarrow && hasThread) }),
        hasThread ? h(Thread, { key: thread, page, scene, channel: channel.id, ts: thread, inert: isCovered }) : null,
        open.has("story")
          ? h(StoryPanel, { page, scene, inert: isUnderMenu || (isNarrow && open.has("traffic")) })
          : null,
        isNarrow ? traffic : null,
      ]),
      isNarrow ? null : traffic,
      top === undefined ? null : h(Modal, { key: top.id, page, scene, view: top }),
      h("p", { class: "unseen", "aria-live": "polite" }, spoken),
    ],
  );
}

interface BarParts {
  page: Page;
  scene: Scene;
  open: ReadonlySet<Panel>;
  toggle(panel: Panel): void;
}

function Bar({ page, scene, open, toggle }: BarParts): ComponentChild {
  const [theme, setTheme] = useState<Theme>(savedTheme);
  useEffect(() => keepTheme(theme), [theme]);
  const panel = (name: Panel, label: string) =>
    h(
      "button",
      {
        type: "button",
        class: `button toggle-${name}`,
        "aria-expanded": open.has(name),
        "aria-controls": PANELS[name],
        onClick: () => toggle(name),
      },
      label,
    );
  const people = scene.people.filter(({ kind }) => kind !== "bot");
  const become = ({ target }: Event) => {
    if (target instanceof HTMLSelectElement) page.become(target.value);
  };
  const nextTheme = () => setTheme(THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? "system");
  return h("header", { class: "bar" }, [
    panel("menu", "☰ Channels"),
    h("h1", null, scene.team),
    h(
      "label",
      null,
      h("span", { class: "wide" }, "Act as "),
      h(
        "select",
        { "aria-label": "Act as", onChange: become },
        people.map(({ name, realName, kind }) =>
          h(
            "option",
            { value: name, selected: name === scene.me.name },
            kind === "member" ? realName : `${realName} (${kind})`,
          ),
        ),
      ),
    ),
    h("span", { class: "spacer" }),
    h(
      "button",
      { type: "button", class: "button", onClick: nextTheme, "aria-label": `Colours: ${theme}` },
      { system: "◐", light: "☀", dark: "☾" }[theme],
    ),
    panel("traffic", "Traffic"),
    panel("story", "Story"),
  ]);
}

function sidebar({ model }: Page, scene: Scene, goTo: (id: string) => void): ComponentChild {
  const item = (id: string, label: ComponentChild) => {
    const isUnread = model.unread.includes(id);
    const more = {
      class: isUnread ? "unread" : "",
      "aria-current": id === model.channel ? "page" : undefined,
      onClick: () => goTo(id),
    } as const;
    const mark = isUnread ? h("span", { class: "unseen" }, " unread") : null;
    return h("li", null, h("button", { type: "button", ...more }, label, mark));
  };
  const channels = scene.channels.filter(({ kind }) => kind !== "im" && kind !== "mpim");
  const direct = scene.channels.filter(({ kind }) => kind === "im");
  return h("nav", { class: "sidebar", id: "channels", "aria-label": "Channels", tabIndex: -1 }, [
    h("h2", null, "Channels"),
    h(
      "ul",
      null,
      channels.map((channel) =>
        item(channel.id, [
          channel.kind === "private" ? icon("lock") : "#",
          ` ${channel.name}`,
          channel.isExtShared ? " ⇄" : "",
          channel.isArchived ? " (archived)" : "",
        ]),
      ),
    ),
    direct.length === 0 ? null : h("h2", null, "Apps"),
    h(
      "ul",
      null,
      direct.map((channel) => item(channel.id, nameOf(scene, channel))),
    ),
    h("p", { class: "curl" }, h("a", { href: "/curl", target: "_blank" }, "The same with curl")),
  ]);
}
