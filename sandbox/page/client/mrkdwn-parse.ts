import { decoded } from "./fields.ts";

/** Slack's markup as a tree. https://docs.slack.dev/messaging/formatting-message-text */
export type Node =
  | { kind: "text" | "code"; text: string }
  | { kind: "bold" | "italic" | "strike" | "quote"; inside: Node[] }
  | { kind: "block"; text: string }
  | { kind: "emoji"; name: string }
  /** What stood in angle brackets: a link, a mention, a date. */
  | { kind: "special"; target: string; label?: string };

interface Style {
  kind: "bold" | "italic" | "strike";
  pattern: RegExp;
}

const STYLES: readonly Style[] = [
  { kind: "bold", pattern: between("\\*") },
  { kind: "italic", pattern: between("_") },
  { kind: "strike", pattern: between("~") },
];

export function parseMrkdwn(text: string): Node[] {
  const nodes: Node[] = [];
  // Preformatted text first: nothing in it means anything.
  for (const [index, part] of text.split("```").entries()) {
    const isLast = index === text.split("```").length - 1;
    if (index % 2 === 1 && !isLast) nodes.push({ kind: "block", text: decoded(part.replace(/^\n|\n$/g, "")) });
    else nodes.push(...paragraphs(index % 2 === 1 ? `\`\`\`${part}` : part));
  }
  return nodes;
}

/** Lines that begin with `>` are quoted. */
function paragraphs(text: string): Node[] {
  const nodes: Node[] = [];
  let quoted: string[] = [];
  let plain: string[] = [];
  const flush = () => {
    if (quoted.length > 0) nodes.push({ kind: "quote", inside: inline(quoted.join("\n")) });
    if (plain.length > 0) nodes.push(...inline(plain.join("\n")));
    quoted = [];
    plain = [];
  };
  for (const line of text.split("\n")) {
    const quote = /^(?:&gt;|>) ?(.*)$/.exec(line)?.[1];
    if (quote === undefined ? quoted.length > 0 : plain.length > 0) flush();
    if (quote === undefined) plain.push(line);
    else quoted.push(quote);
  }
  flush();
  return nodes;
}

/** A bare address becomes a link; what ends the sentence is no part of it. */
const ADDRESS = "(?<![\\p{L}\\p{N}])https?://(?:(?!&[lg]t;)[^\\s<>|`])*(?!&[lg]t;)[^\\s<>|`.,;:!?'\")\\]*_~]";
const PIECE = new RegExp(`\`([^\`\\n]+)\`|<([^<>\\n]+)>|:([a-z+-][a-z0-9_+-]*):|(${ADDRESS})`, "gu");

/** Piece after piece, however many there are. No style stands within itself, so that they are never deep. */
function inline(text: string, styles: readonly Style[] = STYLES): Node[] {
  const nodes: Node[] = [];
  const next = pieceFinder(text, styles);
  let at = 0;
  for (let found = next(at); found !== undefined; found = next(at)) {
    if (found.start > at) nodes.push({ kind: "text", text: decoded(text.slice(at, found.start)) });
    nodes.push(found.node());
    at = found.end;
  }
  if (at < text.length) nodes.push({ kind: "text", text: decoded(text.slice(at)) });
  return nodes;
}

interface Piece {
  start: number;
  end: number;
  node(): Node;
}

/** Finds the first piece that means something from a place on. What was found further on is remembered: places only go up. */
function pieceFinder(text: string, styles: readonly Style[]): (from: number) => Piece | undefined {
  const searches = [
    search(text, PIECE, pieceOf),
    ...styles.map((style) => {
      const others = styles.filter((one) => one !== style);
      return search(text, style.pattern, ([, inner = ""]) => ({ kind: style.kind, inside: inline(inner, others) }));
    }),
  ];
  return (from) => {
    const found = searches.flatMap((find) => find(from) ?? []);
    return found.sort((a, b) => a.start - b.start)[0];
  };
}

function search(
  text: string,
  pattern: RegExp,
  nodeOf: (found: RegExpExecArray) => Node,
): (from: number) => Piece | undefined {
  let last: Piece | undefined = { start: -1, end: 0, node: () => ({ kind: "text", text: "" }) };
  return (from) => {
    if (last === undefined || last.start >= from) return last;
    pattern.lastIndex = from;
    const found = pattern.exec(text);
    last = found ? { start: found.index, end: found.index + found[0].length, node: () => nodeOf(found) } : undefined;
    return last;
  };
}

/** A style begins and ends at the edge of a word and has no blank just inside. */
function between(mark: string): RegExp {
  const edge = `[\\p{L}\\p{N}${mark}]`;
  return new RegExp(`(?<!${edge})${mark}(?![\\s${mark}])([^\\n]*?[^\\s])${mark}(?!${edge})`, "gu");
}

function pieceOf([, code, special, emoji, address]: RegExpExecArray): Node {
  if (address !== undefined) return { kind: "special", target: decoded(address) };
  if (code !== undefined) return { kind: "code", text: decoded(code) };
  if (emoji !== undefined) return { kind: "emoji", name: emoji };
  const [target = "", ...label] = (special ?? "").split("|");
  return {
    kind: "special",
    target: decoded(target),
    ...(label.length === 0 ? {} : { label: decoded(label.join("|")) }),
  };
}
