import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The page's own files, as the browser takes them. Nothing is built: types are taken out as the files are asked for. */

const SANDBOX = join(import.meta.dirname, "..");
/** What the page shares with the rest of the sandbox. */
const SHARED: ReadonlySet<string> = new Set(["slack/render/date.ts"]);
const LIBRARIES = ["preact", "preact/hooks"] as const;

const stripped = new Map<string, { changedMs: number; script: string }>();

/** JavaScript of a TypeScript file below `sandbox/`; `undefined` for all that is no part of the page. */
export function scriptAt(path: string): string | undefined {
  if (!SHARED.has(path) && !/^page\/client\/([a-z-]+\/)*[a-z-]+\.ts$/.test(path)) return undefined;
  const file = join(SANDBOX, path);
  const changedMs = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  if (changedMs === undefined) return undefined;
  const known = stripped.get(path);
  if (known?.changedMs === changedMs) return known.script;
  const script = stripTypeScriptTypes(readFileSync(file, "utf8"));
  stripped.set(path, { changedMs, script });
  return script;
}

/** A library's ES module, by the number that the import map gives it. */
export function libraryAt(index: number): string | undefined {
  const name = LIBRARIES[index];
  return name === undefined ? undefined : readFileSync(fileURLToPath(import.meta.resolve(name)), "utf8");
}

/** In this order: narrow screens have the last word. */
const STYLES = ["base", "layout", "messages", "text", "data", "forms", "traffic", "story", "narrow"];

export function styles(): string {
  return STYLES.map((name) => readFileSync(join(import.meta.dirname, "styles", `${name}.css`), "utf8")).join("\n");
}

const IMPORT_MAP = JSON.stringify({
  imports: Object.fromEntries(LIBRARIES.map((name, index) => [name, `/page/lib/${index}.js`])),
});

/** Scripts are the page's own and nothing else, whatever a message says. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `script-src 'self' 'sha256-${createHash("sha256").update(IMPORT_MAP).digest("base64")}'`,
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' http: https: data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

export const HTML = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Hooktriage sandbox</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/page/styles.css">
<script type="importmap">${IMPORT_MAP}</script>
<script type="module" src="/page/client/main.ts"></script>
</head>
<body><div id="root"><p class="loading">Opening the sandbox…</p></div></body>
</html>
`;
