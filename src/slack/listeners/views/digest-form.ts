import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewOutput, ViewSubmitAction } from "@slack/bolt";
import { z } from "zod";
import { requestIdNow } from "../../../ops/request-id.ts";
import type { DigestWish } from "../../../triage/digest/parse-digest.ts";
import { DAYS_CHOICES, readWish } from "../../../triage/digest/read-wish.ts";
import { cut } from "../../blocks/text.ts";
import { decodeFormPlace } from "../../button-values.ts";
import { isDirectMessage } from "../../channels.ts";
import type { Outcome, SlackContext } from "../../context.ts";
import { inTime } from "../../stopping.ts";
import { tellPerson } from "../../tell.ts";
import { DIGEST_FORM } from "../../views/digest-form.ts";
import { commandName } from "../../views/frame.ts";
import { failureMessage, refusalMessage } from "../../views/refusal.ts";
import { keepDigest } from "../commands/digest/keep.ts";

type SubmitArgs = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

/**
 * The filled-in form for a digest. What is wrong with it is said in the form itself, at once; what needs a look at Slack or at the
 * providers is told to the person after the form has closed.
 */
export function digestFormSubmission(shared: SlackContext) {
  return async ({ ack, body, view }: SubmitArgs): Promise<void> => {
    const { metrics } = shared;
    const endAck = metrics.ackSeconds.startTimer({ kind: "view" });
    const read = readForm(shared, view);
    if (!read.ok) {
      await ack({ response_action: "errors", errors: read.faults });
      endAck();
      metrics.questions.inc({ subcommand: DIGEST_FORM, outcome: "not_understood" });
      return;
    }
    await ack({ response_action: "clear" });
    endAck();
    const { channel, wish } = read;
    const log = shared.log.child({ view: DIGEST_FORM, channel, user: body.user.id });
    const outcome = await handle({ ...shared, log }, body, channel, wish);
    metrics.questions.inc({ subcommand: DIGEST_FORM, outcome });
    log.info({ outcome }, "handled a form");
  };
}

/** Never throws: a failure is told to the person, and to the log. */
async function handle(
  context: SlackContext,
  { user: { id: user, team_id }, team, enterprise }: ViewSubmitAction,
  channel: string,
  wish: DigestWish,
): Promise<Outcome> {
  const { people, log } = context;
  const where = { channel, user };
  try {
    const person = await people.identify({ userId: user, teamId: team_id ?? team?.id, enterpriseId: enterprise?.id });
    if (person.refusal) {
      log.info({ refusal: person.refusal, reason: person.reason }, "refused a form");
      await tellPerson(context, where, refusalMessage(person.refusal, requestIdNow()));
      return "refused";
    }
    // It is told where they are looking, or in a direct message where the bot cannot reach them there.
    const isElsewhere = !isDirectMessage(channel);
    const wisher = { channel, userId: user, command: commandName({ command: "" }), isElsewhere };
    const { outcome, message } = await inTime(context, (signal) => keepDigest(context, wish, wisher, signal));
    await tellPerson(context, where, message);
    return outcome;
  } catch (error) {
    log.error({ err: error }, "a form failed");
    await tellPerson(context, where, failureMessage(error, requestIdNow())).catch((cause) =>
      log.error({ err: cause }, "could not say so"),
    );
    return "failed";
  }
}

function chosen(choices: readonly string[]) {
  const input = z.object({ selected_option: z.object({ value: z.enum(choices) }) });
  return input.transform(({ selected_option }) => selected_option.value);
}

const typed = z.object({ value: z.string().nullish() }).transform(({ value }) => value ?? "");
const time = z.object({ selected_time: z.string().nullish() }).transform(({ selected_time }) => selected_time ?? "");

/** What Slack sends of the form: the state of each input, by block and action. https://docs.slack.dev/reference/views/modal-views */
const stateSchema = z
  .object({
    days: z.object({ days: chosen(DAYS_CHOICES) }),
    time: z.object({ time }),
    timeZone: z.object({ timeZone: typed }),
    terms: z.object({ terms: typed }),
    allClear: z.object({ allClear: chosen(["line", "silent"]) }),
  })
  .transform(({ days, time, timeZone, terms, allClear }) => ({
    ...days,
    ...time,
    ...timeZone,
    ...terms,
    ...allClear,
  }));

/** The wish and where it is for, or what is wrong by the input that it stands below. */
function readForm({ collector, now }: SlackContext, view: ViewOutput): ReadForm {
  const place = decodeFormPlace(view.private_metadata);
  const filled = stateSchema.safeParse(view.state.values).data;
  if (!place || !filled) {
    return { ok: false, faults: { days: "This form is too old to be used. Close it and open a new one." } };
  }
  const providers = collector.providers.map(({ id }) => id);
  const read = readWish(filled, { now: now(), timeZone: place.timeZone, providers });
  if (read.ok) return { ok: true, channel: place.channel, wish: read.wish };
  const faults = Object.entries(read.faults).map(([input, fault]) => [input, cut(fault, FAULT_LENGTH)]);
  return { ok: false, faults: Object.fromEntries(faults) };
}

type ReadForm = { ok: true; channel: string; wish: DigestWish } | { ok: false; faults: Record<string, string> };

/** Fits below an input of a form on a phone. */
const FAULT_LENGTH = 300;
