import { type ComponentChild, h } from "preact";
import type { Scene } from "../wire.ts";
import { Blocks } from "./blocks.ts";
import { records, word } from "./fields.ts";
import { toldIn } from "./model.ts";
import type { Page } from "./page.ts";
import { Guarded } from "./raw.ts";
import { surfaceOf } from "./surface.ts";
import { toldLines } from "./told.ts";

/** The app's Home tab, or why there is none. */
export function Home({ page, scene, channel }: { page: Page; scene: Scene; channel: string }): ComponentChild {
  const { home, hasHomeTab } = scene;
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
    const why = hasHomeTab
      ? "The bot has published nothing here yet."
      : "This app has no Home tab: manifest.yml leaves it off (home_tab_enabled), so Slack does not show one.";
    return [told, h("p", { class: "home empty", role: "status" }, why)];
  }
  const surface = surfaceOf(scene, "home", (blockId, element, value) => {
    void page.act({ act: "press_in_view", viewId: home.id, blockId, actionId: word(element.action_id), value });
  });
  const blocks = h(Blocks, { blocks: records(home.content.blocks), surface });
  return [told, h("div", { class: "home", tabIndex: 0 }, h(Guarded, { what: "A Home tab", value: home }, blocks))];
}
