import type { Told } from "./kit/index.ts";

/** Leaves a channel without digests, as it was found. */
export async function endAll(story: Told, channel: string): Promise<void> {
  const dana = story.person("dana");
  await dana.types(channel, "/hooks digest list");
  const list = await dana.expectEphemeral(channel, /No digest in this channel|digests? in this channel/);
  for (const [, number] of list.text.matchAll(/^(\d+)\. Every/gm)) {
    await dana.types(channel, `/hooks digest off ${number}`);
    await dana.expectEphemeral(channel, "Ended: ");
  }
}
