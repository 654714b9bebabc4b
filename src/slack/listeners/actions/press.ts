import { randomUUID } from "node:crypto";
import type { AllMiddlewareArgs, BlockAction, ButtonAction, RespondFn, SlackActionMiddlewareArgs } from "@slack/bolt";
import type { SlackContext } from "../../context.ts";
import type { Person } from "../../people.ts";
import { type Place, respondWith } from "../../post.ts";
import { replyOnce } from "../../reply-once.ts";
import type { Message } from "../../views/message.ts";
import { busyMessage, failureMessage, refusalMessage } from "../../views/refusal.ts";
import { workingMessage } from "../../views/working.ts";
import { startWorkingNote } from "../../working-note.ts";

export type ButtonArgs = SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs;

/** A press on one of our buttons by somebody who may press it. */
export interface Press {
  context: SlackContext;
  person: Person;
  value: string;
  respond: RespondFn;
  /** The thread that belongs to the pressed message; absent where only the presser sees it. */
  thread: Required<Place> | undefined;
}

/** Acknowledges at once, lets in who may press, and says what went wrong when something does. */
export function onPress(context: SlackContext, handle: (press: Press) => Promise<void>) {
  return async ({ ack, action, body, respond }: ButtonArgs): Promise<void> => {
    const endAck = context.metrics.ackSeconds.startTimer({ kind: "action" });
    await ack();
    endAck();
    const channel = body.channel?.id;
    const log = context.log.child({ requestId: randomUUID(), action: action.action_id, channel, user: body.user.id });
    try {
      const person = await context.people.identify({
        userId: body.user.id,
        teamId: body.user.team_id ?? body.team?.id,
        enterpriseId: body.enterprise?.id,
      });
      if (person.refusal) {
        await respondWith(respond, refusalMessage(person.refusal));
        return;
      }
      const thread = threadOf(body);
      await handle({ context: { ...context, log }, person, value: action.value ?? "", respond, thread });
    } catch (error) {
      log.error({ err: error }, "a press failed");
      await respondWith(respond, failureMessage(error)).catch((cause) => log.error({ err: cause }, "could not say so"));
    }
  };
}

/**
 * Answers a press: once in the thread of the message, or to the presser alone where the bot cannot post. `key` names the reply
 * within its thread.
 */
export async function answerPress(
  { context, respond, thread }: Press,
  key: string,
  build: (signal: AbortSignal) => Promise<Message>,
): Promise<void> {
  const { pace, channels } = context;
  const note = startWorkingNote(pace.workingAfterMs, () => respondWith(respond, workingMessage()));
  const once = memoised(() => build(AbortSignal.timeout(pace.deadlineMs)));
  try {
    if (thread && (await channels.mayPostIn(thread.channel))) {
      const fullKey = `${thread.channel} ${thread.threadTs} ${key}`;
      const result = await replyOnce(context, fullKey, thread, once);
      const wasShown = await note.end();
      if (result !== "refused") {
        if (result === "busy") await respondWith(respond, busyMessage(), { replaceOriginal: false });
        if (wasShown) await respond({ delete_original: true });
        return;
      }
    }
    await note.end();
    await respondWith(respond, await once());
  } finally {
    await note.end();
  }
}

/** Ephemeral messages have no thread, and Slack sends no `message` for them. */
function threadOf(body: BlockAction<ButtonAction>): Required<Place> | undefined {
  const isEphemeral = body.container?.is_ephemeral === true;
  const ts = body.message?.thread_ts ?? body.message?.ts ?? body.container?.message_ts;
  const channel = body.channel?.id ?? body.container?.channel_id;
  if (isEphemeral || typeof ts !== "string" || typeof channel !== "string") return undefined;
  return { channel, threadTs: ts };
}

function memoised<Result>(make: () => Promise<Result>): () => Promise<Result> {
  let made: Promise<Result> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
