import { findTestTarget, sendTestDelivery, TestDeliveryError, type TestFault } from "../collect/test-delivery.ts";
import { ToldError } from "../triage/told-error.ts";
import { type Answering, type Call, type CommandResult, type ExitCode, UsageError } from "./command.ts";
import { knownProvider } from "./known-provider.ts";
import { jsonText } from "./views/json-text.ts";
import { testDeliveryJson, testDeliveryText, testQuestionText } from "./views/test-delivery.ts";
import { plain } from "./views/text.ts";

/** `test <provider> <webhookId>`: sends one test delivery, once the person at the terminal, or `--yes`, has said so. */
export function test(call: Call): Answering {
  const { config, flags, ask } = call;
  const ref = refOf(call);
  if (!flags.yes && !ask) {
    throw new UsageError(
      "A test delivery is sent to a real receiver, and nobody sits at this terminal to be asked: add --yes to send it.",
    );
  }
  return async (collector, signal) => {
    try {
      if (!flags.yes) {
        const webhook = await findTestTarget(collector, ref, signal);
        const answer = await ask?.(`${testQuestionText(webhook)} [y/N] `, signal);
        if (!/^\s*y(?:es)?\s*$/i.test(answer ?? "")) return NOT_SENT;
      }
      const delivery = await sendTestDelivery(collector, ref, signal);
      const stdout = flags.json ? jsonText(testDeliveryJson(delivery)) : testDeliveryText(delivery, config.timeZone);
      return { stdout, exitCode: 0 };
    } catch (error) {
      if (!(error instanceof ToldError)) throw error;
      return troubleOf(error, flags.json);
    }
  };
}

/** The person has thought better of it, as with Ctrl-C. */
const NOT_SENT: CommandResult = { stdout: "", stderr: "Nothing was sent.", exitCode: 130 };

const EXIT_CODES: Record<TestFault, ExitCode> = {
  no_such_webhook: 2,
  inactive: 2,
  not_offered: 2,
  not_sent: 1,
  maybe_sent: 1,
  unkept: 1,
};

/** Whether anything was sent stands in the error's own words where it may have been. */
function troubleOf(error: ToldError, json: boolean): CommandResult {
  const fault = error instanceof TestDeliveryError ? error.fault : "not_sent";
  const exitCode = EXIT_CODES[fault];
  const isUnsent = fault !== "maybe_sent" && fault !== "unkept";
  const stderr = `${isUnsent ? "Nothing was sent. " : ""}${plain(error.told)}\n${plain(error.nextStep)}`;
  // Where a document was asked for, there is one: of neither is anything known.
  return { stdout: json && exitCode === 1 ? jsonText({}) : "", stderr, exitCode };
}

/** Throws `UsageError`. */
function refOf({ text, providers }: Call): { provider: string; webhookId: string } {
  const [provider, webhookId, ...rest] = text.split(/\s+/);
  if (!provider || !webhookId || rest.length > 0) {
    throw new UsageError("Usage: test <provider> <webhookId>, ids as webhooks --json prints them.");
  }
  return { provider: knownProvider(provider, providers), webhookId };
}
