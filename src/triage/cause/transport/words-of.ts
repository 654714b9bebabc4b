import { exampleOf } from "../mask.ts";
import { isHost } from "../mask-shapes.ts";
import type { MaskedPart } from "../reading.ts";

/** Longer texts hold stack traces and pages; what failed stands at their head. */
const LONGEST_READ = 4_000;

export interface Words {
  words: string[];
  /** What does not count because it varies, each kind once. */
  masked: MaskedPart[];
}

/**
 * A text as the words that phrases are made of: lower case, class names and codes taken apart (`SSLHandshakeException`,
 * `UND_ERR_CONNECT_TIMEOUT`), `n't` as `nt`, numbers kept. What varies and might look like a word becomes `@url`, `@nohost` (an URL without a
 * host), `@path` or `@host`. `^` stands at the start and `$` at the end. Linear and bounded.
 */
export function readWords(text: string): Words {
  const words = ["^"];
  const masked = new Map<string, string>();
  const chunks = withoutFrames(text).match(CHUNKS) ?? [];
  let before = "";
  for (let at = 0; at < chunks.length; at += 1) {
    const chunk = chunks[at] ?? "";
    // Go: `lookup HOST on SERVER: …`
    const name = before === "lookup" && chunks[at + 1] === "on" ? "@host" : nameOf(chunk, before);
    if (name === undefined) add(words, chunk);
    else {
      words.push(name);
      // Squid's port: a webhook is hardly ever served there, so it tells the sender's proxy. https://wiki.squid-cache.org/SquidFaq/ConfiguringSquid
      if (name === "@host" && /:3128\b/.test(chunk)) words.push("port", "3128");
      const kind = name === "@nohost" ? "url" : name.slice(1);
      if (!masked.has(kind)) masked.set(kind, exampleOf(kind, chunk));
    }
    before = chunk;
  }
  words.push("$");
  return { words, masked: [...masked].map(([kind, example]) => ({ kind, example })) };
}

/** The words of a phrase in a rule: as above, and names like `@url`, `@n`, `^` and `$` stay. */
export function wordsOfPhrase(phrase: string): string[] {
  const words: string[] = [];
  for (const word of phrase.trim().split(/\s+/)) {
    if (/^[@^$]/.test(word)) words.push(word);
    else add(words, withoutApostrophes(word));
  }
  return words;
}

/** The frames of a stack name classes (`ReadTimeoutHandler`) that say nothing of what failed. */
function withoutFrames(text: string): string {
  const head = withoutApostrophes(text.slice(0, LONGEST_READ));
  return head.includes("at ") || head.includes("File ")
    ? head.replace(/(?:\n|\\n)\s{0,20}(?:at |File ")[^\n\\]{0,400}/g, "\n")
    : head;
}

function withoutApostrophes(text: string): string {
  return text.replace(/n(?:['’]|&#0?39;)t\b/gi, "nt");
}

const CHUNKS = /[^\s"'`<>()[\]{},;|=“”‘’«»]+/g;

type Name = "@url" | "@nohost" | "@path" | "@host";

function nameOf(chunk: string, before: string): Name | undefined {
  if (HOST_FOLLOWS.has(before)) return "@host";
  const colon = chunk.indexOf(":");
  const dot = chunk.indexOf(".");
  const slash = chunk.indexOf("/");
  if (slash === 0 && chunk.length > 1) return "@path";
  if (colon > 0 && slash === colon + 1 && /^[a-z][a-z0-9+.-]{0,20}:\/\//i.test(chunk))
    return /^.{1,21}:\/\/(?:[:/?#]|$)/.test(chunk) ? "@nohost" : "@url";
  if (dot > 0) {
    if (/^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![\w.])/.test(chunk)) return "@host";
    // Java writes `host/address:port`.
    if (isHost((slash > 0 ? chunk.slice(0, slash) : chunk).replace(/[.:!?]{1,3}$/, ""))) return "@host";
  }
  if (colon < 0) return chunk === "localhost" ? "@host" : undefined;
  if (colon === chunk.length - 1) return undefined;
  if (/^[0-9a-f]{0,4}:[0-9a-f]{0,4}:[0-9a-f:.]{0,40}(?:%\w{1,20})?:?$/i.test(chunk)) return "@host";
  const port = /^([a-z][\w-]{0,62}):\d{2,5}:?$/i.exec(chunk);
  return port && !LABELS.has((port[1] ?? "").toLowerCase()) ? "@host" : undefined;
}

/** After these, a word is a host, however it looks. */
const HOST_FOLLOWS = new Set(["ENOTFOUND", "EAI_AGAIN", "ENODATA", "ESERVFAIL", "host:", "UnknownHostException:"]);

/** What stands before a number and is no host. */
const LABELS = new Set(
  "errno error err code errcode error_code status statuscode status_code reason line alert port exit os wsa winerror timeout range".split(
    " ",
  ),
);

/** `NoRouteToHostException` is four words and more, `-5` is one, `10000ms` and `256KB` two. */
function add(words: string[], chunk: string): void {
  if (/^[a-z]+:?$/.test(chunk)) {
    words.push(chunk.endsWith(":") ? chunk.slice(0, -1) : chunk);
  } else if (/^-\d+$/.test(chunk)) {
    words.push(chunk);
  } else {
    const apart = chunk
      .replace(/([a-z\d])([A-Z])(?=[A-Za-z])|([A-Z])([A-Z](?!s\b)[a-z])/g, "$1$3 $2$4")
      .replace(/^(\d+)(ms|s|[KkMmGg]i?[Bb]|[Bb])$/, "$1 $2")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu);
    if (apart) for (const word of apart) words.push(word);
  }
}
