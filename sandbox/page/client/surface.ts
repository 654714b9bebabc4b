import type { Filled, Scene, ShownView } from "../wire.ts";
import type { Surface } from "./elements.ts";
import { fillKey, word } from "./fields.ts";
import type { Reader } from "./mrkdwn.ts";
import type { Page } from "./page.ts";

export function readerOf({ people, channels, me, story }: Scene): Reader {
  const names = new Map([...people, ...channels].map(({ id, name }) => [id, name]));
  return { now: new Date(story.now), timeZone: me.timeZone, nameOf: (id) => names.get(id) };
}

/** A place for blocks. What is filled in there goes into `filled`. */
export function surfaceOf(
  scene: Scene,
  scope: string,
  filled: Record<string, Filled>,
  onUse: Surface["onUse"],
): Surface {
  const people = scene.people.map(({ id, realName }) => ({ value: id, label: realName }));
  const channels = scene.channels.map(({ id, kind, name }) => ({
    value: id,
    label: kind === "im" ? name : `#${name}`,
  }));
  return {
    scope,
    reader: readerOf(scene),
    choices: { people, channels },
    onUse,
    errors: {},
    filled,
    onFill(blockId, element, value) {
      filled[fillKey(blockId, element)] = value;
    },
  };
}

/** A modal or the Home tab. */
export function viewSurface(page: Page, scene: Scene, view: ShownView, act = page.act): Surface {
  const filled = page.filledIn(view.id, view.filled);
  return surfaceOf(scene, view.id, filled, (blockId, element, value) => {
    const actionId = word(element.action_id);
    void act({ act: "press_in_view", viewId: view.id, blockId, actionId, value, fill: filled });
  });
}
