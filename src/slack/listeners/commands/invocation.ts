import { askInvocation } from "../../../collect/one-invocation.ts";
import { MAX_AGE_MS, type Outcome } from "../../context.ts";
import { faultMessage } from "../../views/fault.ts";
import { invocationMessage, notFoundYetMessage } from "../../views/invocation.ts";
import { askOf, whileWorking } from "./answering.ts";
import type { Asked } from "./subcommands.ts";

const EXAMPLE = "/hooks invocations last 7 days";

/** `/hooks invocation <id>`. */
export async function invocation(asked: Asked): Promise<Outcome> {
  const { context, aside, rest } = asked;
  const [id, ...others] = rest.split(/\s+/).filter(Boolean);
  if (id === undefined || others.length > 0) {
    const what = id === undefined ? "Which invocation? Its id is missing." : "One id at a time.";
    await aside.say(faultMessage({ what, example: EXAMPLE }));
    return "not_understood";
  }
  const question = { now: context.now(), maxAgeMs: MAX_AGE_MS };
  return whileWorking(asked, async (signal) => {
    const { answer, faults, unread } = await askInvocation(context.collector, id, question, signal);
    if (answer.length > 0) return { outcome: "answered", toChannel: invocationMessage(answer, askOf(asked, "")) };
    if (unread) {
      const reasons = faults.map((fault) => fault.reason);
      return { outcome: "answered", toAsker: notFoundYetMessage({ unread, reasons }) };
    }
    const what = `No webhook has an invocation ${id}, as far back as the provider's log and our own reach.`;
    return { outcome: "answered", toAsker: faultMessage({ what, example: EXAMPLE }) };
  });
}
