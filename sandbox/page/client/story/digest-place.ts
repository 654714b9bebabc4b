import type { ShownChannel, ShownPerson } from "../../wire.ts";

/** Where a first digest is set up when it cannot be where one is. */
export const DIGEST_CHANNEL = "ops";

/** Whether this person can set up a digest in this channel, which they see. */
export function takesDigest({ kind }: ShownPerson, channel: ShownChannel | undefined): boolean {
  if (channel === undefined || kind !== "member") return false;
  return channel.hasBot && !channel.isArchived && !channel.isExtShared;
}
