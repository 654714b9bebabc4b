import type { Scene } from "../wire.ts";
import type { Surface } from "./elements.ts";
import type { Reader } from "./mrkdwn.ts";

export function readerOf({ people, channels, me, story }: Scene): Reader {
  const names = new Map([...people, ...channels].map(({ id, name }) => [id, name]));
  return { now: new Date(story.now), timeZone: me.timeZone, nameOf: (id) => names.get(id) };
}

/** A place for blocks in which nothing is filled in. */
export function surfaceOf(scene: Scene, scope: string, onUse: Surface["onUse"]): Surface {
  const people = scene.people.map(({ id, realName }) => ({ value: id, label: realName }));
  const channels = scene.channels.map(({ id, kind, name }) => ({
    value: id,
    label: kind === "im" ? name : `#${name}`,
  }));
  return { scope, reader: readerOf(scene), choices: { people, channels }, onUse, errors: {}, onFill: () => undefined };
}
