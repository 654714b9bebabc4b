import { decoded } from "./fields.ts";

/** Slack's markup as a tree. https://docs.slack.dev/messaging/formatting-message-text */
export type Node =
  | { kind: "text" | "code"; text: string }
  | { kind: "bold" | "italic" | "strike" | "quote"; inside: Node[] }
  | { kind: "block"; text: string }
  | { kind: "emoji"; name: string }
  /** What stood in angle brackets: a link, a mention, a date. */
  | { kind: "special"; target: string; label?: string };

const STYLES: readonly [mark: string, kind: "bold" | "italic" | "strike"][] = [
  ["*", "bold"],
  ["_", "italic"],
  ["~", "strike"],
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

const PIECE = /`([^`\n]+)`|<([^<>\n]+)>|:([a-z+-][a-z0-9_+-]*):/;

function inline(text: string): Node[] {
  const found = nextPiece(text);
  if (found === undefined) return text === "" ? [] : [{ kind: "text", text: decoded(text) }];
  return [...inline(text.slice(0, found.start)), found.node, ...inline(text.slice(found.end))];
}

interface Piece {
  start: number;
  end: number;
  node: Node;
}

/** The first piece that means something. */
function nextPiece(text: string): Piece | undefined {
  const plain = PIECE.exec(text);
  const candidates = STYLES.flatMap(([mark, kind]) => styled(text, mark, kind) ?? []);
  if (plain) candidates.push({ start: plain.index, end: plain.index + plain[0].length, node: pieceOf(plain) });
  return candidates.sort((a, b) => a.start - b.start)[0];
}

/** A style begins and ends at the edge of a word and has no blank just inside. */
function styled(text: string, mark: string, kind: "bold" | "italic" | "strike"): Piece | undefined {
  const escapedMark = mark === "*" ? "\\*" : mark;
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}${escapedMark}])${escapedMark}(?![\\s${escapedMark}])([^\\n]*?[^\\s])${escapedMark}(?![\\p{L}\\p{N}${escapedMark}])`,
    "u",
  );
  const found = pattern.exec(text);
  if (!found) return undefined;
  return { start: found.index, end: found.index + found[0].length, node: { kind, inside: inline(found[1] ?? "") } };
}

function pieceOf([, code, special, emoji]: RegExpExecArray): Node {
  if (code !== undefined) return { kind: "code", text: decoded(code) };
  if (emoji !== undefined) return { kind: "emoji", name: emoji };
  const [target = "", ...label] = (special ?? "").split("|");
  return {
    kind: "special",
    target: decoded(target),
    ...(label.length === 0 ? {} : { label: decoded(label.join("|")) }),
  };
}
