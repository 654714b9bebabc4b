import type { AllMiddlewareArgs, BlockAction, ButtonAction, SlackActionMiddlewareArgs } from "@slack/bolt";
import { NotReadInTimeError } from "../../../collect/held-back.ts";
import { requestIdNow } from "../../../ops/request-id.ts";
import { type Aside, createAside } from "../../aside.ts";
import type { Outcome, SlackContext } from "../../context.ts";
import type { Person } from "../../people.ts";
import type { Place } from "../../post.ts";
import { type ReplyResult, replyOnce } from "../../reply-once.ts";
import { inTime } from "../../stopping.ts";
import type { Message } from "../../views/message.ts";
import { notReadYetMessage, pressTooSlowMessage } from "../../views/not-read-yet.ts";
import { busyMessage, failureMessage, refusalMessage } from "../../views/refusal.ts";
import { workingMessage } from "../../views/working.ts";
import { startWorkingNote } from "../../working-note.ts";

export type ButtonArgs = SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs;

/** A press on one of our buttons by somebody who may press it. */
export interface Press {
  context: SlackContext;
  person: Person;
  value: string;
  /** Where it was pressed. */
  channel: string | undefined;
  /** Opens one modal, within three seconds. https://docs.slack.dev/interactivity/handling-user-interaction */
  triggerId: string;
  aside: Aside;
  /** The thread that belongs to the pressed message; absent where only the presser sees it. */
  thread: Required<Place> | undefined;
}

/** Acknowledges at once, lets in who may press, and says what went wrong when something does. */
export function onPress(shared: SlackContext, handle: (press: Press) => Promise<Outcome>) {
  return async ({ ack, action, body, respond }: ButtonArgs): Promise<void> => {
    const { metrics } = shared;
    const endAck = metrics.ackSeconds.startTimer({ kind: "action" });
    await ack();
    endAck();
    const channel = body.channel?.id;
    const user = body.user.id;
    const log = shared.log.child({ action: action.action_id, channel, user });
    const context = { ...shared, log };
    const aside = createAside({ context, respond, user, channel, threadTs: threadInView(body), kind: "press" });
    const outcome = await answer(context, body, aside, (person) =>
      handle({
        context,
        person,
        value: action.value ?? "",
        channel,
        triggerId: body.trigger_id,
        aside,
        thread: threadOf(body),
      }),
    );
    metrics.questions.inc({ subcommand: action.action_id, outcome });
    log.info({ outcome }, "handled a press");
  };
}

/** Never throws: a failure is told to the presser, and to the log. */
async function answer(
  { log, people }: SlackContext,
  body: BlockAction<ButtonAction>,
  aside: Aside,
  handle: (person: Person) => Promise<Outcome>,
): Promise<Outcome> {
  try {
    const person = await people.identify({
      userId: body.user.id,
      teamId: body.user.team_id ?? body.team?.id,
      enterpriseId: body.enterprise?.id,
    });
    if (!person.refusal) return await handle(person);
    log.info({ refusal: person.refusal, reason: person.reason }, "refused a press");
    await aside.say(refusalMessage(person.refusal, requestIdNow()));
    return "refused";
  } catch (error) {
    const notYet = notYetMessage(error);
    if (notYet) {
      log.info({ err: error }, "what a press asked for was not read in time");
      await aside.say(notYet).catch((cause) => log.error({ err: cause }, "could not say so"));
      return "failed";
    }
    log.error({ err: error }, "a press failed");
    await aside
      .say(failureMessage(error, requestIdNow()))
      .catch((cause) => log.error({ err: cause }, "could not say so"));
    return "failed";
  }
}

/** `undefined` for what went wrong. */
function notYetMessage(error: unknown): Message | undefined {
  if (error instanceof NotReadInTimeError) return notReadYetMessage(error);
  return error instanceof Error && error.name === "TimeoutError" ? pressTooSlowMessage() : undefined;
}

/**
 * Answers a press: once in the thread of the message, or to the presser alone where the bot cannot post. `key` names the reply
 * within its thread. Throws what `build` throws.
 */
export async function answerPress(
  press: Press,
  key: string,
  build: (signal: AbortSignal) => Promise<Message>,
): Promise<Outcome> {
  const { context, aside } = press;
  const { pace } = context;
  const note = startWorkingNote(pace.workingAfterMs, () => aside.note(workingMessage()));
  const once = memoised(() => inTime(context, build));
  try {
    const result = await replyInThread(press, key, once);
    await note.end();
    if (result === "refused") await aside.say(await once());
    if (result === "busy") await aside.say(busyMessage());
    return "answered";
  } finally {
    await note.end();
  }
}

/** What fails here is no reason to withhold the answer from the presser. */
async function replyInThread(
  { context, thread }: Press,
  key: string,
  build: () => Promise<Message>,
): Promise<ReplyResult> {
  const { channels, log } = context;
  if (!thread || !(await channels.mayPostIn(thread.channel))) return "refused";
  try {
    return await replyOnce(context, `${thread.channel} ${thread.threadTs} ${key}`, thread, build);
  } catch (error) {
    log.warn({ err: error }, "a reply could not be posted");
    return "refused";
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

/** The thread in which the presser is looking at the message: what is said to them in the channel they would not see. */
function threadInView({ container, message }: BlockAction<ButtonAction>): string | undefined {
  const threadTs = message?.thread_ts ?? container?.thread_ts;
  return typeof threadTs === "string" && threadTs !== message?.ts ? threadTs : undefined;
}

function memoised<Result>(make: () => Promise<Result>): () => Promise<Result> {
  let made: Promise<Result> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
