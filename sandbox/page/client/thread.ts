import { type ComponentChild, h } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Scene } from "../wire.ts";
import { Composer } from "./composer.ts";
import { useFollowing } from "./following.ts";
import { Message } from "./message.ts";
import { repliesTo } from "./model.ts";
import type { Page } from "./page.ts";

/** A thread in the pane at the side. The focus comes here when it opens, and goes back when it closes. */
export function Thread({
  page,
  scene,
  channel,
  ts,
}: {
  page: Page;
  scene: Scene;
  channel: string;
  ts: string;
}): ComponentChild {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    heading.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [ts]);
  const parent = scene.messages.find((message) => message.channel === channel && message.ts === ts);
  const replies = repliesTo(scene, channel, ts);
  const { list, handlers } = useFollowing(replies.at(-1)?.ts ?? ts, page.model.typed);
  const close = () => page.show({ thread: undefined });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" && !event.defaultPrevented) close();
  };
  const send = (text: string) => void page.act({ act: "type", channel, text, threadTs: ts });
  return h("aside", { class: "thread", "aria-label": "Thread", onKeyDown }, [
    h(
      "header",
      { class: "channel-header" },
      h("h2", { ref: heading, tabIndex: -1 }, "Thread"),
      h("button", { type: "button", class: "button icon", "aria-label": "Close the thread", onClick: close }, "×"),
    ),
    h("ol", { class: "messages", ref: list, ...handlers, tabIndex: 0, "aria-label": "Messages of the thread" }, [
      parent === undefined
        ? h("li", { class: "hint" }, "The message that began this thread is gone.")
        : h(Message, { page, scene, message: parent }),
      h("li", { class: "reply-count" }, `${replies.length} ${replies.length === 1 ? "reply" : "replies"}`),
      replies.map((message) => h(Message, { key: message.ts, page, scene, message })),
    ]),
    h(Composer, { label: "Reply", commands: [], onSend: send }),
  ]);
}
