import type { Recorded } from "../slack/happenings.ts";
import type { SandboxSlack } from "../slack/server.ts";
import type { Stage } from "../stage.ts";
import { DIGEST_CHANNEL, takesDigest } from "./client/story/digest-place.ts";
import type { DemoClock } from "./demo-clock.ts";
import { channelsOf, shownPerson } from "./sight.ts";

/** The digest that is set up where there is none to wait for. */
const FIRST_DIGEST = "digest daily at 09:00";
/** In the metadata of scheduled digests. */
const DIGEST_EVENT = "hooktriage_digest";
/** It reads all that happened since the one before. Real time. */
const WRITTEN_WITHIN_MS = 30_000;
const ANSWERED_WITHIN_MS = 10_000;

/** Who wants a digest, and the channel that is open before them. */
export interface DigestWish {
  user: string;
  channel: string;
}

type Bot = Pick<Stage["bot"], "nextDigest">;
type Happenings = Pick<SandboxSlack["happenings"], "mark" | "waitFor">;

/** A digest to wait for, set up if there is none. @throws when none could be. */
export async function findDigest(
  slack: SandboxSlack,
  bot: Bot,
  wish: DigestWish,
): Promise<{ at: Date; channel: string }> {
  const waiting = await bot.nextDigest();
  if (waiting !== undefined) return waiting;
  const { user, channel } = placeFor(slack, wish);
  const { mark } = slack.happenings;
  await slack.sendCommand({ user, channel, text: FIRST_DIGEST });
  const isAnswer = (one: Recorded) =>
    one.kind === "notice" ||
    (one.kind === "posted" && one.message.channel === channel && one.message.botId !== undefined);
  await slack.happenings.waitFor(isAnswer, ANSWERED_WITHIN_MS, mark).catch(() => undefined);
  const made = await bot.nextDigest();
  if (made !== undefined) return made;
  throw new Error(`No digest is set up, and none could be: #${slack.workspace.channel(channel).name} has the answer.`);
}

/** Moves the clock there and resolves when the digest is posted. @throws when it is not within half a minute of real time. */
export async function bringDigest(
  happenings: Happenings,
  clock: Pick<DemoClock, "moveTo">,
  { at, channel }: { at: Date; channel: string },
  withinMs = WRITTEN_WITHIN_MS,
): Promise<void> {
  const { mark } = happenings;
  const isIt = (one: Recorded) =>
    one.kind === "posted" && one.message.channel === channel && one.message.metadata?.event_type === DIGEST_EVENT;
  const posted = happenings.waitFor(isIt, withinMs, mark).catch(() => {
    throw new Error(
      "The digest is not there yet: the bot is still writing it, or could not post it. It goes on trying.",
    );
  });
  await Promise.all([posted, clock.moveTo(at)]);
}

/** In the open channel where the person can have one there, otherwise in #ops, by somebody who can. */
export function placeFor(slack: Pick<SandboxSlack, "workspace">, { user, channel }: DigestWish): DigestWish {
  const { workspace } = slack;
  const person = workspace.person(user);
  const open = channelsOf(slack, person).find(({ id }) => id === channel);
  const isIn = workspace.channels.get(channel)?.members.has(person.id) === true;
  if (isIn && takesDigest(shownPerson(person), open)) return { user, channel };
  const { id, members } = workspace.channel(DIGEST_CHANNEL);
  const able = [person.id, ...members].find(
    (one) => members.has(one) && shownPerson(workspace.person(one)).kind === "member",
  );
  if (able === undefined) throw new Error(`Nobody in #${DIGEST_CHANNEL} can set up a digest.`);
  return { user: able, channel: id };
}
