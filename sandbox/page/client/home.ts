import { type ComponentChild, h } from "preact";
import type { Scene } from "../wire.ts";
import { Blocks } from "./blocks.ts";
import { records, word } from "./fields.ts";
import type { Page } from "./page.ts";
import { surfaceOf } from "./surface.ts";

/** The app's Home tab, or why there is none. */
export function Home({ page, scene }: { page: Page; scene: Scene }): ComponentChild {
  const { home, hasHomeTab } = scene;
  if (home === undefined) {
    const why = hasHomeTab
      ? "The bot has published nothing here yet."
      : "This app has no Home tab: manifest.yml leaves it off (home_tab_enabled), so Slack does not show one.";
    return h("p", { class: "home empty", role: "status" }, why);
  }
  const surface = surfaceOf(scene, (blockId, element, value) => {
    void page.act({ act: "press_in_view", viewId: home.id, blockId, actionId: word(element.action_id), value });
  });
  return h("div", { class: "home", tabIndex: 0 }, h(Blocks, { blocks: records(home.content.blocks), surface }));
}
