import { h, render } from "preact";
import { App } from "./app.ts";
import { openPage, type Page } from "./page.ts";

/** `#as=omar&channel=ops` opens the page as somebody, somewhere; with `&thread=` and the ts of its parent, in a thread. */
const wish = new URLSearchParams(location.hash.slice(1));
const root = document.getElementById("root");
if (root === null) throw new Error("The page has no root.");
root.replaceChildren();

function draw(page: Page): void {
  if (root !== null) render(h(App, { page }), root);
}

const thread = wish.get("thread") ?? undefined;
openPage({ as: wish.get("as") ?? "dana", channel: wish.get("channel") ?? "ops", thread }, draw);
