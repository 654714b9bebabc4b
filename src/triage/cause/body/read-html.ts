import { Parser } from "htmlparser2";
import { feed } from "./feed.ts";
import type { BodyLine, BodyReading } from "./read-body.ts";

const MOST_LINES = 60;
const LONGEST_LINE = 600;
const MOST_ELEMENTS = 2_000;
const DEEPEST = 300;

/** What nobody reads. */
const UNSEEN = new Set(["script", "style", "svg", "template", "object", "head"]);
const HEADINGS = new Set(["h1", "h2", "h3"]);
/** Elements that do not end a line. */
const INLINE = new Set(
  ["a", "abbr", "b", "bdi", "cite", "code", "em", "font", "i", "kbd", "label", "mark", "q", "s", "samp"].concat([
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "tt",
    "u",
    "var",
    "wbr",
    "time",
    "input",
    "img",
  ]),
);

/** The title and the visible lines of a page, cut and broken ones too. */
export function readHtml(text: string): Pick<BodyReading, "title" | "lines"> {
  const lines: BodyLine[] = [];
  let title = "";
  let line = "";
  let isHeading = false;
  let inTitle = false;
  let unseen = 0;
  let count = 0;
  let depth = 0;
  let seenAgain = 0;

  function endLine(): void {
    const told = line.slice(0, LONGEST_LINE).replace(/\s+/g, " ").trim();
    if (told !== "" && lines.length < MOST_LINES) lines.push({ text: told, isHeading });
    line = "";
  }

  const parser = new Parser(
    {
      onopentagname(name) {
        count += 1;
        depth += 1;
        if (name === "title") inTitle = true;
        // A page may forget to end its head.
        else if (name === "body") unseen = 0;
        // What a script would show stands here for those without.
        else if (name === "noscript") seenAgain = unseen;
        else if (UNSEEN.has(name)) unseen += 1;
        if (!INLINE.has(name)) endLine();
        if (HEADINGS.has(name)) isHeading = true;
      },
      onclosetag(name) {
        depth -= 1;
        if (name === "title") inTitle = false;
        else if (name === "noscript") seenAgain = 0;
        else if (UNSEEN.has(name)) unseen = Math.max(0, unseen - 1);
        if (!INLINE.has(name)) endLine();
        if (HEADINGS.has(name)) isHeading = false;
      },
      ontext(part) {
        if (inTitle) {
          if (title.length < LONGEST_LINE) title += part;
        } else if (unseen <= seenAgain && line.length < LONGEST_LINE) line += part;
      },
    },
    { decodeEntities: true, lowerCaseTags: true, recognizeSelfClosing: false },
  );
  feed(parser, text, () => count > MOST_ELEMENTS || depth > DEEPEST || lines.length >= MOST_LINES);
  endLine();
  const told = title.slice(0, LONGEST_LINE).replace(/\s+/g, " ").trim();
  return told === "" ? { lines } : { title: told, lines };
}
