import { randomUUID } from "node:crypto";
import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from "@slack/bolt";
import { parseSubcommand } from "../../../triage/subcommand.ts";
import type { SlackContext } from "../../context.ts";
import { respondWith } from "../../post.ts";
import { typedText } from "../../typed-text.ts";
import { faultMessage } from "../../views/fault.ts";
import { failureMessage, refusalMessage } from "../../views/refusal.ts";
import { asCommand } from "./answering.ts";
import { type Asked, SUBCOMMANDS } from "./subcommands.ts";

export const HOOKS_COMMAND = "/hooks";

/** `/hooks …`: acknowledged at once, answered when the answer is there. */
export function hooksCommand(context: SlackContext) {
  return async ({ ack, command, respond }: SlackCommandMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    const endAck = context.metrics.ackSeconds.startTimer({ kind: "command" });
    await ack();
    endAck();
    const log = context.log.child({ requestId: randomUUID(), channel: command.channel_id, user: command.user_id });
    try {
      const person = await context.people.identify({
        userId: command.user_id,
        teamId: command.team_id,
        enterpriseId: command.enterprise_id,
      });
      if (person.refusal) {
        log.info({ refusal: person.refusal }, "refused a command");
        await respondWith(respond, refusalMessage(person.refusal));
        return;
      }
      const parsed = parseSubcommand(typedText(command.text), Object.keys(SUBCOMMANDS));
      if (!parsed.ok) {
        await respondWith(respond, faultMessage(asCommand(parsed.fault)));
        return;
      }
      const { name, rest } = parsed;
      const asked: Asked = { context: { ...context, log }, command, respond, person, name, rest };
      const endAnswer = context.metrics.answerSeconds.startTimer({ subcommand: name });
      await SUBCOMMANDS[name]?.(asked);
      endAnswer();
    } catch (error) {
      log.error({ err: error }, "a command failed");
      await respondWith(respond, failureMessage(error)).catch((cause) => log.error({ err: cause }, "could not say so"));
    }
  };
}
