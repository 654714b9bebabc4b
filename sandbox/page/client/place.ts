import type { Scene } from "../wire.ts";

/** Who one is, and where one stands. */
export interface Place {
  /** Name of who one acts as. */
  as: string;
  /** Id, or its name while nobody has told its id. */
  channel: string;
  /** By its parent's ts. */
  thread: string | undefined;
}

const FIRST_PLACE = { as: "dana", channel: "ops" };

/** `#as=omar&channel=ops` is somebody, somewhere; with `&thread=` and the ts of its parent, in a thread. */
export function readPlace(hash: string): Place {
  const wish = new URLSearchParams(hash.replace(/^#/, ""));
  return {
    as: wish.get("as") || FIRST_PLACE.as,
    channel: wish.get("channel") || FIRST_PLACE.channel,
    thread: wish.get("thread") || undefined,
  };
}

/** The hash that leads back here; `undefined` while it is not known yet what this person sees. */
export function hashOf(scene: Scene | undefined, { as, channel, thread }: Partial<Place>): string | undefined {
  const open = scene?.channels.find(({ id }) => id === channel);
  if (open === undefined || scene?.me.name !== as || as === undefined) return undefined;
  const place = new URLSearchParams({ as, channel: open.kind === "im" ? open.id : open.name });
  if (thread !== undefined) place.set("thread", thread);
  return `#${place}`;
}
