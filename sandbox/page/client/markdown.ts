import { type ComponentChild, h } from "preact";
import { link } from "./mrkdwn.ts";

/** Quotes within quotes are text from here on. */
const DEEPEST = 10;

/** The `markdown` block: standard Markdown, as far as Slack draws it. Nothing in it is ever HTML. */
export function markdown(text: string, depth = 0): ComponentChild {
  const blocks: ComponentChild[] = [];
  const lines = text.split("\n");
  for (let at = 0; at < lines.length; ) {
    const [block, used] = blockAt(lines, at, depth);
    if (block !== undefined) blocks.push(block);
    at += used;
  }
  return h("div", { class: "markdown" }, blocks);
}

/** The block that begins in this line, and how many lines it has. */
function blockAt(lines: readonly string[], at: number, depth: number): [ComponentChild | undefined, number] {
  const line = lines[at] ?? "";
  if (line.trim() === "") return [undefined, 1];
  if (line.startsWith("```")) {
    const inner = whileLines(lines, at + 1, (one) => !one.startsWith("```"));
    return [h("pre", { tabIndex: 0 }, inner.join("\n")), inner.length + 2];
  }
  const heading = /^(#{1,6}) +(.*)$/.exec(line);
  if (heading) return [h("p", { class: `heading level-${heading[1]?.length}` }, inline(heading[2] ?? "")), 1];
  if (/^([-*_] *){3,}$/.test(line)) return [h("hr", null), 1];
  if (line.startsWith(">")) {
    const quoted = whileLines(lines, at, (one) => one.startsWith(">")).map((one) => one.replace(/^> ?/, ""));
    const inside = quoted.join("\n");
    return [h("blockquote", null, depth < DEEPEST ? markdown(inside, depth + 1) : inside), quoted.length];
  }
  if (line.includes("|") && /^\|?[\s:|-]+\|?$/.test(lines[at + 1] ?? "")) {
    const rows = whileLines(lines, at, (one) => one.includes("|"));
    return [tableOf(rows), rows.length];
  }
  if (ITEM.test(line)) {
    const items = whileLines(lines, at, (one) => ITEM.test(one));
    return [listOf(items), items.length];
  }
  const words = whileLines(lines, at, (one) => one.trim() !== "" && !/^(#{1,6} |```|>)/.test(one) && !ITEM.test(one));
  return [h("p", null, inline(words.join("\n"))), Math.max(words.length, 1)];
}

const ITEM = /^(\s*)([-*+]|\d+[.)]) +(\[[ xX]\] +)?(.*)$/;

function listOf(items: readonly string[]): ComponentChild {
  const isOrdered = /^\s*\d/.test(items[0] ?? "");
  const drawn = items.map((item) => {
    const [, indent = "", , box, text = ""] = ITEM.exec(item) ?? [];
    const mark = box === undefined ? null : /x/i.test(box) ? "☑ " : "☐ ";
    return h("li", { class: `indent-${Math.min(Math.floor(indent.length / 2), 8)}` }, mark, inline(text));
  });
  return h(isOrdered ? "ol" : "ul", null, drawn);
}

function tableOf(lines: readonly string[]): ComponentChild {
  const [header = [], , ...rows] = lines.map((line) =>
    line
      .replace(/^\||\|$/g, "")
      .split("|")
      .map((cell) => cell.trim()),
  );
  return h("table", { class: "table" }, [
    h(
      "thead",
      null,
      h(
        "tr",
        null,
        header.map((cell) => h("th", { scope: "col" }, inline(cell))),
      ),
    ),
    h(
      "tbody",
      null,
      rows.map((row) =>
        h(
          "tr",
          null,
          row.map((cell) => h("td", null, inline(cell))),
        ),
      ),
    ),
  ]);
}

const PIECE = /`([^`]+)`|\*\*(.+?)\*\*|~~(.+?)~~|\*([^*\s][^*]*)\*|\b_([^_]+)_\b|\[([^\]]+)\]\(([^)\s]+)\)/g;

/** Piece after piece, however many there are. */
function inline(text: string): ComponentChild[] {
  const drawn: ComponentChild[] = [];
  let at = 0;
  for (const found of text.matchAll(PIECE)) {
    if (found.index > at) drawn.push(text.slice(at, found.index));
    drawn.push(pieceOf(found));
    at = found.index + found[0].length;
  }
  if (at < text.length) drawn.push(text.slice(at));
  return drawn;
}

function pieceOf([, code, bold, strike, starred, underscored, label, url]: RegExpExecArray): ComponentChild {
  const italic = starred ?? underscored;
  if (code !== undefined) return h("code", null, code);
  if (bold !== undefined) return h("strong", null, inline(bold));
  if (strike !== undefined) return h("s", null, inline(strike));
  if (italic !== undefined) return h("em", null, inline(italic));
  return link(url, label ?? "");
}

function whileLines(lines: readonly string[], from: number, isIn: (line: string) => boolean): string[] {
  const taken: string[] = [];
  for (const line of lines.slice(from)) {
    if (!isIn(line)) break;
    taken.push(line);
  }
  return taken;
}
