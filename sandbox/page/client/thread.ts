import { type ComponentChild, h } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Scene } from "../wire.ts";
import { Composer, focusComposer } from "./composer.ts";
import { useFollowing } from "./following.ts";
import { isEscape } from "./keys.ts";
import { Message } from "./message.ts";
import { repliesTo, toldIn } from "./model.ts";
import type { Page } from "./page.ts";
import { toldLines } from "./told.ts";

/** A thread in the pane at the side. The focus comes here when it opens, and goes back when it closes. */
export function Thread({
  page,
  scene,
  channel,
  ts,
  inert,
}: {
  page: Page;
  scene: Scene;
  channel: string;
  ts: string;
  /** Something covers it. */
  inert: boolean;
}): ComponentChild {
  const heading = useRef<HTMLHeadingElement>(null);
  // An effect of the other kind ends when the pane, and what had the focus in it, is gone.
  useLayoutEffect(() => {
    const before = document.activeElement;
    const pane = heading.current?.closest("aside");
    heading.current?.focus();
    return () => {
      // Not from what was opened in its place.
      const isInside = pane?.contains(document.activeElement) === true;
      if (!isInside) return;
      // What the thread covered cannot have the focus until all is drawn anew.
      queueMicrotask(() => {
        if (before instanceof HTMLElement && before.isConnected) before.focus();
        // The button that opened it may be gone.
        if (document.activeElement === document.body) focusComposer();
      });
    };
  }, []);
  const parent = scene.messages.find((message) => message.channel === channel && message.ts === ts);
  const replies = repliesTo(scene, channel, ts);
  const lines = [
    ...replies.map((message) => ({
      ts: message.ts,
      shown: h(Message, { key: message.ts, page, scene, message, place: "thread" }),
    })),
    ...toldLines(page, toldIn(page.model, channel).thread),
  ].sort((a, b) => Number(a.ts) - Number(b.ts));
  const { list, onScroll } = useFollowing({
    last: lines.at(-1)?.ts ?? ts,
    messages: scene.messages,
    acted: page.model.acted,
  });
  const close = () => page.show({ thread: undefined });
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isEscape(event)) return;
    event.stopPropagation();
    close();
  };
  const send = (text: string) => void page.act({ act: "type", channel, text, threadTs: ts });
  return h("aside", { class: "thread", "aria-label": "Thread", inert, onKeyDown }, [
    h(
      "header",
      { class: "channel-header" },
      h("h2", { ref: heading, tabIndex: -1 }, "Thread"),
      h("button", { type: "button", class: "button icon", "aria-label": "Close the thread", onClick: close }, "×"),
    ),
    h("ol", { class: "messages", ref: list, onScroll, tabIndex: 0, "aria-label": "Messages of the thread" }, [
      parent === undefined
        ? h("li", { class: "hint" }, "The message that began this thread is gone.")
        : h(Message, { page, scene, message: parent, place: "thread" }),
      h("li", { class: "reply-count" }, `${replies.length} ${replies.length === 1 ? "reply" : "replies"}`),
      lines.map(({ shown }) => shown),
    ]),
    h(Composer, { label: "Reply", commands: [], onSend: send }),
  ]);
}
