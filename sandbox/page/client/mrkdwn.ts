import { type ComponentChild, h } from "preact";
import { slackDate } from "../../slack/render/date.ts";
import { emoji } from "./emoji.ts";
import { safeUrl } from "./fields.ts";
import { type Node, parseMrkdwn } from "./mrkdwn-parse.ts";

/** Through whose eyes a text is drawn. */
export interface Reader {
  now: Date;
  timeZone: string;
  /** Of a person or channel. */
  nameOf(id: string): string | undefined;
}

export function mrkdwn(text: string, reader: Reader): ComponentChild[] {
  return parseMrkdwn(text).map((node) => drawn(node, reader));
}

/** A link that opens beside this page; text where it is no address that a click may follow. */
export function link(url: unknown, label: ComponentChild): ComponentChild {
  const href = safeUrl(url);
  if (href === undefined) return label;
  return h("a", { href, target: "_blank", rel: "noopener noreferrer" }, label);
}

/** The date as the reader sees it; who points at it sees the whole of it. */
export function date(timestamp: number, format: string, fallback: string, { now, timeZone }: Reader): ComponentChild {
  const shown = slackDate(timestamp, format, { now, timeZone }) ?? fallback;
  const at = new Date(timestamp * 1000);
  if (Number.isNaN(at.getTime())) return shown;
  const title = at.toLocaleString("en-GB", { timeZone, dateStyle: "full", timeStyle: "long" });
  return h("time", { dateTime: at.toISOString(), title }, shown);
}

export function mention(text: string): ComponentChild {
  return h("span", { class: "mention" }, text);
}

function drawn(node: Node, reader: Reader): ComponentChild {
  switch (node.kind) {
    case "text":
      return node.text;
    case "code":
      return h("code", null, node.text);
    case "block":
      return h("pre", { tabIndex: 0 }, node.text);
    case "emoji":
      return emoji(node.name);
    case "bold":
      return h("strong", null, inside(node.inside, reader));
    case "italic":
      return h("em", null, inside(node.inside, reader));
    case "strike":
      return h("s", null, inside(node.inside, reader));
    case "quote":
      return h("blockquote", null, inside(node.inside, reader));
    case "special":
      return special(node.target, node.label, reader);
    default:
      return node satisfies never;
  }
}

function inside(nodes: readonly Node[], reader: Reader): ComponentChild[] {
  return nodes.map((node) => drawn(node, reader));
}

function special(target: string, label: string | undefined, reader: Reader): ComponentChild {
  if (target.startsWith("!date^")) {
    const [, timestamp, format = "", url] = target.split("^");
    const shown = date(Number(timestamp), format, label ?? "", reader);
    return url === undefined ? shown : link(url, shown);
  }
  if (target.startsWith("!subteam^")) return mention(label ?? `@${target.slice("!subteam^".length)}`);
  if (target.startsWith("!")) return mention(`@${target.slice(1)}`);
  if (target.startsWith("@")) return mention(`@${reader.nameOf(target.slice(1)) ?? label ?? target.slice(1)}`);
  if (target.startsWith("#")) return mention(`#${reader.nameOf(target.slice(1)) ?? label ?? target.slice(1)}`);
  return link(target, label ?? target);
}
