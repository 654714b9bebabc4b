import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs, SlashCommand } from "@slack/bolt";
import { requestIdNow } from "../../../ops/request-id.ts";
import { parseSubcommand } from "../../../triage/subcommand.ts";
import { type Aside, createAside } from "../../aside.ts";
import type { Outcome, SlackContext } from "../../context.ts";
import { createReadings, type Readings } from "../../late/reading.ts";
import { typedText } from "../../typed-text.ts";
import { faultMessage } from "../../views/fault.ts";
import { failureMessage, refusalMessage } from "../../views/refusal.ts";
import { asCommand } from "./answering.ts";
import { SUBCOMMANDS } from "./subcommands.ts";

export const HOOKS_COMMAND = "/hooks";

/** `/hooks …`: acknowledged at once, answered when the answer is there. */
export function hooksCommand(shared: SlackContext) {
  const readings = createReadings();
  return async ({ ack, command, respond }: SlackCommandMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    const { metrics } = shared;
    const endAck = metrics.ackSeconds.startTimer({ kind: "command" });
    await ack();
    endAck();
    const { user_id: user, channel_id: channel } = command;
    const log = shared.log.child({ channel, user });
    const context = { ...shared, log };
    const aside = createAside({ context, respond, user, channel, kind: "command" });
    const parsed = parseSubcommand(typedText(command.text), Object.keys(SUBCOMMANDS));
    const subcommand = parsed.ok ? parsed.name : "unknown";
    const endAnswer = metrics.answerSeconds.startTimer({ subcommand });
    const outcome = await answer(context, command, aside, parsed, readings);
    if (outcome === "answered") endAnswer();
    metrics.questions.inc({ subcommand, outcome });
    log.info({ subcommand, outcome }, "handled a command");
  };
}

/** Never throws: a failure is told to the asker, and to the log. */
async function answer(
  context: SlackContext,
  command: SlashCommand,
  aside: Aside,
  parsed: ReturnType<typeof parseSubcommand>,
  readings: Readings,
): Promise<Outcome> {
  const { log, people } = context;
  try {
    const person = await people.identify({
      userId: command.user_id,
      teamId: command.team_id,
      enterpriseId: command.enterprise_id,
    });
    if (person.refusal) {
      log.info({ refusal: person.refusal, reason: person.reason }, "refused a command");
      await aside.say(refusalMessage(person.refusal, requestIdNow()));
      return "refused";
    }
    const subcommand = parsed.ok ? SUBCOMMANDS[parsed.name] : undefined;
    if (parsed.ok && subcommand) {
      return await subcommand({ context, command, aside, person, name: parsed.name, rest: parsed.rest, readings });
    }
    if (!parsed.ok) await aside.say(faultMessage(asCommand(parsed.fault)));
    return "not_understood";
  } catch (error) {
    log.error({ err: error }, "a command failed");
    await aside
      .say(failureMessage(error, requestIdNow()))
      .catch((cause) => log.error({ err: cause }, "could not say so"));
    return "failed";
  }
}
