import { type ComponentChild, h } from "preact";
import type { Scene, ShownChannel } from "../../wire.ts";
import { DIGEST_CHANNEL, takesDigest } from "./digest-place.ts";
import { button, type SectionParts } from "./parts.ts";

/** What time it is around the bot, and how to let more of it pass. */
export function clockSection(parts: SectionParts, scene: Scene, open: ShownChannel | undefined): ComponentChild {
  const { now } = parts.story;
  const { me } = scene;
  const toDigest = () => parts.play("clock", { act: "next_digest", user: me.id, channel: open?.id ?? "" });
  const wait = (minutes: number) => parts.play("clock", { act: "wait", minutes });
  return h("section", { "aria-labelledby": "story-clock" }, [
    h("h3", { id: "story-clock" }, "Clock"),
    h(
      "p",
      null,
      "It is ",
      h("strong", null, inZone(now, me.timeZone)),
      ` (${me.timeZone}).`,
      h("br", null),
      digestLine(scene, open),
    ),
    h("p", { class: "actions" }, [
      button(parts, "Move to the next digest", toDigest),
      button(parts, "5 minutes on", () => wait(5)),
      button(parts, "1 hour on", () => wait(60)),
    ]),
    parts.said("clock"),
  ]);
}

/** A channel as this person calls it. */
export function placeInWords({ channels }: Scene, id: string): string {
  const found = channels.find((one) => one.id === id);
  if (found === undefined) return "a channel that you do not see";
  return found.kind === "im" ? "your direct messages" : `#${found.name}`;
}

/** Where the next digest comes; `undefined` where the person does not see that channel. */
export function digestChannel(
  { story, me, channels }: Scene,
  open: ShownChannel | undefined,
): ShownChannel | undefined {
  const { nextDigest } = story;
  if (nextDigest !== undefined) return channels.find(({ id }) => id === nextDigest.channel);
  return takesDigest(me, open) ? open : channels.find(({ name }) => name === DIGEST_CHANNEL);
}

function digestLine(scene: Scene, open: ShownChannel | undefined): ComponentChild {
  const { nextDigest } = scene.story;
  if (nextDigest !== undefined) {
    const at = inZone(nextDigest.at, scene.me.timeZone);
    const where = placeInWords(scene, nextDigest.channel);
    return ["The next digest comes on ", h("strong", null, at), " to ", h("strong", null, where), "."];
  }
  if (takesDigest(scene.me, open))
    return `No digest is set up: the button sets one up in ${placeInWords(scene, open?.id ?? "")}.`;
  return `No digest is set up: the button sets one up in #${DIGEST_CHANNEL}, as none can be here.`;
}

function inZone(iso: string, timeZone: string): string {
  return new Date(iso).toLocaleString("en-GB", {
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  });
}
