import { h, render } from "preact";
import { App } from "./app.ts";
import { openPage, type Page } from "./page.ts";

const root = document.getElementById("root");
if (root === null) throw new Error("The page has no root.");
root.replaceChildren();

function draw(page: Page): void {
  if (root !== null) render(h(App, { page }), root);
}

openPage(draw);
