/** A quoted value: where its content begins and ends, the quotes themselves left out. */
export interface Quote {
  /** The opening quote as it stands there, with its backslashes: `"`, `\"`, `&quot;`. */
  mark: string;
  from: number;
  to: number;
  /** Behind the closing quote, or the end where there is none. */
  end: number;
}

const OPENING = /\\{0,15}["'`]|&(?:quot|apos|#34|#39|#x22|#x27);|%2[27]|\\u002[27]/iy;
const LONGEST_SINGLE_QUOTED = 4096;

/**
 * Reads the quoted value at `at`, JSON inside JSON included, where quotes carry backslashes. A cut-off value ends with its
 * line. `undefined` where no quote opens.
 */
export function readQuote(text: string, at: number): Quote | undefined {
  OPENING.lastIndex = at;
  const mark = OPENING.exec(text)?.[0];
  if (mark === undefined) return undefined;
  const from = at + mark.length;
  if (mark.endsWith('"')) return readDoubleQuoted(text, mark, from);
  const to = text.indexOf(mark, from);
  const isClosed = to >= 0 && to - from <= LONGEST_SINGLE_QUOTED;
  const isSingle = mark.endsWith("'") || mark.endsWith("`");
  if (isClosed && !(isSingle && text.slice(from, to).includes("\n"))) return { mark, from, to, end: to + mark.length };
  const stop = /[\s"'`<>&;,\\]|$/g;
  stop.lastIndex = from;
  const end = stop.exec(text)?.index ?? text.length;
  return { mark, from, to: end, end };
}

function readDoubleQuoted(text: string, mark: string, from: number): Quote {
  const depth = mark.length - 1;
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 1)) {
    let slash = at;
    while (slash > from && text[slash - 1] === "\\") slash -= 1;
    const run = at - slash;
    if (!closes(run, depth)) continue;
    const own = Math.min(depth, run);
    return { mark, from, to: at - own, end: at + 1 };
  }
  const newline = text.indexOf("\n", from);
  const end = newline < 0 ? text.length : newline;
  return { mark, from, to: end, end };
}

/** Whether a quote behind `run` backslashes ends a string that was opened behind `depth` of them. */
function closes(run: number, depth: number): boolean {
  let slashes = run;
  for (let level = depth; level > 0; level = (level - 1) >> 1) {
    if (slashes % 2 === 0) return true;
    slashes = (slashes - 1) / 2;
  }
  return slashes % 2 === 0;
}
