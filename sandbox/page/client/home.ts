import { type ComponentChild, h } from "preact";
import type { Scene } from "../wire.ts";
import { Blocks } from "./blocks.ts";
import { records } from "./fields.ts";
import { toldIn } from "./model.ts";
import type { Page } from "./page.ts";
import { Guarded } from "./raw.ts";
import { viewSurface } from "./surface.ts";
import { toldLines } from "./told.ts";

/** The app's Home tab. */
export function Home({ page, scene, channel }: { page: Page; scene: Scene; channel: string }): ComponentChild {
  const { home } = scene;
  const lines = toldLines(page, toldIn(page.model, channel).channel);
  const told =
    lines.length === 0
      ? null
      : h(
          "ul",
          null,
          lines.map(({ shown }) => shown),
        );
  if (home === undefined) {
    return [told, h("p", { class: "home empty", role: "status" }, "The bot has published nothing here yet.")];
  }
  const surface = viewSurface(page, scene, home);
  const blocks = h(Blocks, { blocks: records(home.content.blocks), surface });
  return [told, h("div", { class: "home", tabIndex: 0 }, h(Guarded, { what: "A Home tab", value: home }, blocks))];
}
