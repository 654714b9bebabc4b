import { type Context, Hono } from "hono";
import { html } from "hono/html";
import { streamSSE } from "hono/streaming";
import { z } from "zod";
import { serveFromHere } from "../from-here.ts";
import { invitation } from "../invitation.ts";
import { listenOnLoopback, stopListening } from "../loopback.ts";
import type { Stage } from "../stage.ts";
import { doAct, PERSON_ACT } from "./acts.ts";
import { CONTENT_SECURITY_POLICY, HTML, libraryAt, scriptAt, styles } from "./assets.ts";
import { readManifest } from "./commands.ts";
import type { DemoClock } from "./demo-clock.ts";
import { openScenes } from "./scenes.ts";
import { createStoryteller, STORY_ACT } from "./story.ts";
import { watchTraffic } from "./traffic.ts";

/** The page, being served. */
export interface RunningPage {
  /** Without a slash at the end. */
  url: string;
  close(): Promise<void>;
}

export interface PageOptions {
  stage: Stage;
  clock: DemoClock;
  /** Any free one unless told. */
  port?: number;
}

const JAVASCRIPT = { "content-type": "text/javascript; charset=utf-8" };
/** Whose eyes are taken where nobody is named. */
const FIRST_PERSON = "dana";
/** What is failing is looked at again so often, for whoever has the page open. */
const LOOK_EVERY_MS = 5_000;

/** Serves the sandbox as a web page on loopback. @throws when the port is taken. */
export async function startPage({ stage, clock, port = 0 }: PageOptions): Promise<RunningPage> {
  const { slack } = stage;
  const { commands, hasHomeTab } = readManifest();
  await using opened = new AsyncDisposableStack();
  const traffic = watchTraffic(stage);
  opened.defer(() => traffic.close());
  const storyteller = createStoryteller(stage, clock);
  const scenes = openScenes({ slack, traffic, storyteller, commands, hasHomeTab });
  opened.defer(() => scenes.close());
  const looking = setInterval(() => void scenes.tellStory(), LOOK_EVERY_MS);
  looking.unref();
  opened.defer(() => clearInterval(looking));

  const app = new Hono();
  app.use(async (c, next) => {
    if (!isReadOrJson(c)) return c.json({ error: "This page answers nobody but itself." }, 403);
    await next();
    c.header("content-security-policy", CONTENT_SECURITY_POLICY);
    c.header("x-content-type-options", "nosniff");
    c.header("cache-control", "no-store");
    return undefined;
  });
  app.get("/", (c) => c.html(HTML));
  app.get("/curl", (c) => c.html(curlPage(invitation(stage))));
  app.get("/page/styles.css", (c) => c.body(styles(), 200, { "content-type": "text/css; charset=utf-8" }));
  app.get("/page/lib/:file", (c) => script(c, libraryAt(Number.parseInt(c.req.param("file"), 10))));
  app.get("/page/stream", (c) => {
    const person = slack.workspace.findPerson(c.req.query("as") ?? "") ?? slack.person(FIRST_PERSON);
    return streamSSE(c, (stream) => scenes.play(person, stream));
  });
  app.get("/page/traffic/:id", (c) => {
    const bodies = traffic.bodies(Number(c.req.param("id")));
    return bodies === undefined ? c.json({ error: "That exchange is no longer kept." }, 404) : c.json(bodies);
  });
  app.get("/page/files/:id", (c) => {
    const file = slack.workspace.files.get(c.req.param("id"));
    if (file?.content === undefined || !file.isComplete) return c.text("There is no such file.", 404);
    const type = /\.(png|gif|jpe?g)$/i.exec(file.name)?.[1]?.toLowerCase().replace("jpg", "jpeg");
    const headers = { "content-type": type === undefined ? "text/plain; charset=utf-8" : `image/${type}` };
    return c.body(Uint8Array.from(file.content), 200, headers);
  });
  app.post("/page/acts", async (c) => {
    const { as, ...act } = AS.parse(await c.req.json());
    const names = commands.map(({ command }) => command);
    await doAct(slack, names, slack.person(as), PERSON_ACT.parse(act));
    return c.json({ ok: true });
  });
  app.post("/page/story", async (c) => {
    await storyteller.play(STORY_ACT.parse(await c.req.json()));
    await scenes.tellStory();
    return c.json({ ok: true });
  });
  app.get("/*", (c) => script(c, scriptAt(c.req.path.slice(1))));
  app.onError((error, c) => {
    const told = error instanceof z.ZodError ? z.prettifyError(error) : error.message;
    return c.json({ error: told }, 400);
  });

  const server = serveFromHere(app.fetch, { hasPages: true });
  const url = await listenOnLoopback(server, port);
  opened.defer(() => stopListening(server));
  const all = opened.move();
  return { url, close: () => all.disposeAsync() };
}

const AS = z.looseObject({ as: z.string() });

/** Plain text, as wide as the screen is. */
function curlPage(text: string) {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>The same with curl</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/page/styles.css">
</head>
<body><pre class="curl-page">${text}</pre></body>
</html>
`;
}

/** No form of another page can send JSON. */
function isReadOrJson({ req }: Context): boolean {
  return req.method === "GET" || (req.header("content-type") ?? "").startsWith("application/json");
}

function script(c: Context, text: string | undefined): Response {
  return text === undefined ? c.text("There is nothing here.", 404) : c.body(text, 200, JAVASCRIPT);
}
