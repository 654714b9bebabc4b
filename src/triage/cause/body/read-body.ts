import { readHtml } from "./read-html.ts";
import { readJson } from "./read-json.ts";
import { readXml } from "./read-xml.ts";

/** A line of what a person would see. */
export interface BodyLine {
  text: string;
  isHeading: boolean;
}

/** A leaf of a structured body: `errors.message` and its value as text. */
export interface BodyField {
  /** Dotted, without the positions in lists. */
  path: string;
  value: string;
}

/** A response body taken apart. Text from outside. */
export interface BodyReading {
  kind: "html" | "json" | "xml" | "text" | "binary" | "none";
  title?: string;
  /** Of a page or a text, in order, white space collapsed, without empty ones. Empty for JSON and XML. */
  lines: readonly BodyLine[];
  /** Of JSON and XML, in order. Empty for others. */
  fields: readonly BodyField[];
  /** The beginning as it came, for markers that nobody sees: comments, class names, scripts. */
  raw: string;
}

/** No body that tells why it failed needs more; a longer one is read to here. */
const READ_CHARS = 32 * 1024;
const MOST_LINES = 60;
const LONGEST_LINE = 600;

const NOTHING: BodyReading = { kind: "none", lines: [], fields: [], raw: "" };

/**
 * Takes a response body apart, by what it looks like: content types are often missing or wrong. Reads a bounded beginning, takes cut
 * and broken documents as they are, and never throws.
 */
export function readBody(body: string, contentType = ""): BodyReading {
  const raw = body.slice(0, READ_CHARS).replace(/^\uFEFF/, "");
  const start = raw.trimStart();
  if (start === "") return NOTHING;
  if (isBinary(raw)) return { ...NOTHING, kind: "binary" };
  const first = start[0];
  if (first === "{" || first === "[" || first === '"') {
    const json = readJson(body.length > READ_CHARS ? raw : start, body.length > READ_CHARS);
    if (json) return { ...NOTHING, raw, ...json };
  }
  if (first === "<" || /html|xml/i.test(contentType) || /<(?:html|body|h[1-6]|p|pre|title|center)\b/i.test(start)) {
    if (looksLikeXml(start)) return { ...NOTHING, kind: "xml", raw, fields: readXml(start) };
    if (/<[a-z!?/]/i.test(start)) return { ...NOTHING, kind: "html", raw, ...readHtml(start) };
  }
  return { ...NOTHING, kind: "text", raw, lines: linesOf(start) };
}

/** Compressed or encoded bytes that were logged as text: replacement characters and controls all over. */
function isBinary(raw: string): boolean {
  const head = raw.slice(0, 512);
  let odd = 0;
  for (let at = 0; at < head.length; at += 1) {
    const code = head.charCodeAt(at);
    const isControl = code < 32 && code !== 9 && code !== 10 && code !== 13 && code !== 27;
    if (isControl || code === 0xfffd || (code >= 0x7f && code < 0xa0)) odd += 1;
  }
  return odd > 2 && odd * 10 > head.length;
}

/** Pages say so by a tag of HTML near the beginning; what begins as XML and has none is XML. */
function looksLikeXml(start: string): boolean {
  const head = start.slice(0, 1024);
  if (/<!doctype html|<html|<head[\s>]|<body|<h[1-6][\s>]|<title>|<center|<pre|<p>|<div/i.test(head)) return false;
  return /^<(?:\?xml|[A-Za-z_][\w.:-]{0,60}(?:\s|>|\/))/.test(head);
}

function linesOf(text: string): BodyLine[] {
  const lines: BodyLine[] = [];
  for (const line of text.split(/[\r\n]+/, MOST_LINES * 2)) {
    const told = line.slice(0, LONGEST_LINE).replace(/\s+/g, " ").trim();
    if (told !== "" && lines.length < MOST_LINES) lines.push({ text: told, isHeading: false });
  }
  return lines;
}
