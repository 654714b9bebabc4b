import { type ComponentChild, h } from "preact";
import type { Json } from "../wire.ts";
import { anyText, picture } from "./composition.ts";
import { isRecord, records, textOf, word } from "./fields.ts";
import { link, type Reader } from "./mrkdwn.ts";
import { richText } from "./rich-text.ts";

/** Blocks that are put together from others: cards, containers, plans. */

export function card(block: Json, reader: Reader, actions: ComponentChild[]): ComponentChild {
  const { hero_image: hero, icon, title, subtitle, body, subtext } = block;
  return h("article", { class: "card" }, [
    isRecord(hero) ? picture(hero) : null,
    h("p", { class: "card-title" }, isRecord(icon) ? picture(icon) : null, h("strong", null, anyText(title, reader))),
    subtitle === undefined ? null : h("p", { class: "hint" }, anyText(subtitle, reader)),
    body === undefined ? null : h("p", null, anyText(body, reader)),
    subtext === undefined ? null : h("p", { class: "hint" }, anyText(subtext, reader)),
    actions.length === 0 ? null : h("div", { class: "actions" }, actions),
  ]);
}

export function carousel(cards: ComponentChild[]): ComponentChild {
  return h("div", { class: "carousel", role: "group", "aria-label": "Cards", tabIndex: 0 }, cards);
}

export function container(block: Json, reader: Reader, inner: ComponentChild): ComponentChild {
  const title = isRecord(block.rich_text_title) ? richText(block.rich_text_title, reader) : textOf(block.title);
  const heads = [
    h("strong", null, title),
    block.subtitle === undefined ? null : h("span", { class: "hint" }, anyText(block.subtitle, reader)),
  ];
  if (block.is_collapsible === true) {
    return h(
      "details",
      { class: "container", open: block.default_collapsed !== true },
      h("summary", null, heads),
      inner,
    );
  }
  return h(
    "section",
    { class: "container" },
    h("p", null, heads),
    block.has_header_divider === true ? h("hr", null) : null,
    inner,
  );
}

const STATUS: Readonly<Record<string, string>> = { pending: "○", in_progress: "◐", complete: "●", error: "✕" };

export function plan(block: Json, reader: Reader): ComponentChild {
  const tasks = records(block.tasks).map((task) => h("li", null, taskCard(task, reader)));
  return h(
    "section",
    { class: "container" },
    h("p", null, h("strong", null, word(block.title))),
    h("ol", { class: "tasks" }, tasks),
  );
}

export function taskCard(block: Json, reader: Reader): ComponentChild {
  const status = word(block.status);
  const sources = records(block.sources).map(({ url, text }) => h("li", null, link(url, word(text))));
  const mark = h("span", { role: "img", "aria-label": status.replaceAll("_", " ") }, STATUS[status] ?? "");
  return h("div", { class: "task" }, [
    h("p", null, mark, " ", word(block.title)),
    isRecord(block.details) ? richText(block.details, reader) : null,
    isRecord(block.output) ? richText(block.output, reader) : null,
    sources.length === 0 ? null : h("ul", null, sources),
  ]);
}
