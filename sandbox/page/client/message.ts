import { type ComponentChild, h } from "preact";
import { useMemo } from "preact/hooks";
import { clockTime } from "../../slack/render/date.ts";
import type { Scene, ShownFile, ShownMessage } from "../wire.ts";
import { Blocks } from "./blocks.ts";
import type { Surface } from "./elements.ts";
import { emoji } from "./emoji.ts";
import { records, word } from "./fields.ts";
import { icon } from "./icons.ts";
import { mrkdwn, type Reader } from "./mrkdwn.ts";
import type { Page } from "./page.ts";
import { Guarded } from "./raw.ts";
import { surfaceOf } from "./surface.ts";

interface MessageParts {
  page: Page;
  scene: Scene;
  message: ShownMessage;
  /** Where it stands; the parent of an open thread stands in both. */
  place?: "channel" | "thread";
  replies?: number;
  /** Opens its thread; absent where it stands in one. */
  onThread?: () => void;
}

/** Drawn anew only when it looks otherwise: much happens on this page that no message shows. */
export function Message(parts: MessageParts): ComponentChild {
  return h(Guarded, { tag: "li", what: "A message", value: parts.message }, h(Drawn, parts));
}

function Drawn(parts: MessageParts): ComponentChild {
  const { scene, message, replies } = parts;
  const { me, people, channels, story } = scene;
  return useMemo(() => drawn(parts), [message, replies, me, people, channels, toTheMinute(story.now)]);
}

function toTheMinute(iso: string): string {
  return iso.slice(0, 16);
}

function drawn({ page, scene, message, place = "channel", replies = 0, onThread }: MessageParts): ComponentChild {
  const { channel, ts, blocks, isEphemeral, threadTs } = message;
  const fill = page.filledIn(`${channel} ${ts}`);
  const surface = surfaceOf(scene, `${place}-${ts}`, fill, (blockId, element, value) => {
    const actionId = word(element.action_id);
    const threadTs = place === "thread" ? (message.threadTs ?? ts) : undefined;
    void page.act({ act: "press", channel, messageTs: ts, threadTs, blockId, actionId, value, fill });
  });
  const author = scene.people.find(({ id }) => id === message.user);
  const canReply = onThread !== undefined && !isEphemeral && threadTs === undefined;
  return h("li", { class: `message${isEphemeral ? " ephemeral" : ""}`, id: `${place}-${ts}` }, [
    h(
      "span",
      { class: `avatar${message.isBot ? " bot" : ""}`, "aria-hidden": "true" },
      (author?.realName ?? "?").slice(0, 1),
    ),
    h("div", { class: "message-body" }, [
      isEphemeral ? h("p", { class: "only-you" }, icon("eye"), " Only visible to you") : null,
      message.isBroadcast ? h("p", { class: "only-you" }, "Also sent to the channel from a thread") : null,
      headline(message, author?.realName ?? message.user, surface.reader),
      h(
        "div",
        { class: "content" },
        blocks.length > 0 ? h(Blocks, { blocks, surface }) : mrkdwn(message.text, surface.reader),
      ),
      message.attachments.map((attachment) => attached(attachment, surface)),
      message.files.map(file),
      message.reactions.map(({ name, count }) => h("span", { class: "reaction" }, `${emoji(name)} ${count}`)),
      replies > 0 && onThread
        ? h(
            "button",
            { type: "button", class: "replies", onClick: onThread },
            `${replies} ${replies === 1 ? "reply" : "replies"}`,
          )
        : null,
    ]),
    canReply
      ? h(
          "button",
          {
            type: "button",
            class: "reply-tool",
            "aria-label": "Reply in thread",
            title: "Reply in thread",
            onClick: onThread,
          },
          icon("reply"),
        )
      : null,
  ]);
}

function headline({ ts, isBot, isEdited }: ShownMessage, author: string, { timeZone }: Reader): ComponentChild {
  const at = new Date(Number(ts) * 1000);
  const title = at.toLocaleString("en-GB", { timeZone, dateStyle: "full", timeStyle: "long" });
  return h("p", { class: "headline" }, [
    h("strong", null, author),
    isBot ? h("span", { class: "badge" }, "APP") : null,
    h("time", { dateTime: at.toISOString(), title }, clockTime(at, timeZone)),
    isEdited ? h("span", { class: "edited" }, "(edited)") : null,
  ]);
}

function attached(attachment: Readonly<Record<string, unknown>>, surface: Surface): ComponentChild {
  const words = [attachment.pretext, attachment.title, attachment.text].map(word).filter(Boolean);
  return h(
    "div",
    { class: "attachment" },
    words.map((text) => h("p", null, mrkdwn(text, surface.reader))),
    h(Blocks, { blocks: records(attachment.blocks), surface }),
  );
}

function file({ title, length, isImage, url }: ShownFile): ComponentChild {
  const size = length < 1024 ? `${length} B` : `${Math.round(length / 1024)} kB`;
  const picture = isImage ? h("img", { src: url, alt: title, loading: "lazy" }) : null;
  return h(
    "div",
    { class: "file" },
    h("a", { href: url, target: "_blank", rel: "noopener" }, icon("file"), ` ${title}`),
    h("small", null, ` ${size}`),
    picture,
  );
}
