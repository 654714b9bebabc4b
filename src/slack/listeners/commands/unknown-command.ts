import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from "@slack/bolt";
import type { SlackContext } from "../../context.ts";

/** A command that the app's manifest names but this version does not know. */
export function unknownCommand({ log, metrics }: SlackContext) {
  return async ({ ack, command }: SlackCommandMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    const endAck = metrics.ackSeconds.startTimer({ kind: "command" });
    await ack({
      response_type: "ephemeral",
      text: "This app answers to `/hooks`. Try `/hooks help`.",
    });
    endAck();
    log.warn({ command: command.command }, "unknown command");
  };
}
