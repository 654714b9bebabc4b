import { type ComponentChild, h } from "preact";
import { link } from "./mrkdwn.ts";

/** The `markdown` block: standard Markdown, as far as Slack draws it. Nothing in it is ever HTML. */
export function markdown(text: string): ComponentChild {
  const blocks: ComponentChild[] = [];
  const lines = text.split("\n");
  for (let at = 0; at < lines.length; ) {
    const [block, used] = blockAt(lines, at);
    if (block !== undefined) blocks.push(block);
    at += used;
  }
  return h("div", { class: "markdown" }, blocks);
}

/** The block that begins in this line, and how many lines it has. */
function blockAt(lines: readonly string[], at: number): [ComponentChild | undefined, number] {
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
    return [h("blockquote", null, markdown(quoted.join("\n"))), quoted.length];
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

const PIECE = /`([^`]+)`|\*\*(.+?)\*\*|~~(.+?)~~|\*([^*\s][^*]*)\*|\b_([^_]+)_\b|\[([^\]]+)\]\(([^)\s]+)\)/;

function inline(text: string): ComponentChild[] {
  const found = PIECE.exec(text);
  if (!found) return text === "" ? [] : [text];
  const [all, code, bold, strike, starred, underscored, label, url] = found;
  const italic = starred ?? underscored;
  const piece =
    code !== undefined
      ? h("code", null, code)
      : bold !== undefined
        ? h("strong", null, inline(bold))
        : strike !== undefined
          ? h("s", null, inline(strike))
          : italic !== undefined
            ? h("em", null, inline(italic))
            : link(url, label ?? "");
  return [text.slice(0, found.index), piece, ...inline(text.slice(found.index + all.length))];
}

function whileLines(lines: readonly string[], from: number, isIn: (line: string) => boolean): string[] {
  const taken: string[] = [];
  for (const line of lines.slice(from)) {
    if (!isIn(line)) break;
    taken.push(line);
  }
  return taken;
}
