import { askInvocation, type Question } from "../../../collect/questions.ts";
import type { Query } from "../../../triage/query.ts";
import { MAX_AGE_MS, type Outcome } from "../../context.ts";
import { faultMessage } from "../../views/fault.ts";
import { invocationMessage } from "../../views/invocation.ts";
import { askOf, whileWorking } from "./answering.ts";
import type { Asked } from "./subcommands.ts";

const EXAMPLE = "/hooks invocation 01JD0ZK3V8Q2M4T6W8Y0A2C4E6";
/** How far back an id is looked for: what the providers keep. */
const LOOK_BACK_MS = 7 * 24 * 60 * 60_000;

/** `/hooks invocation <id>`. */
export async function invocation(asked: Asked): Promise<Outcome> {
  const { context, aside, rest } = asked;
  const [id, ...others] = rest.split(/\s+/).filter(Boolean);
  if (id === undefined || others.length > 0) {
    const what = id === undefined ? "Which invocation? Its id is missing." : "One id at a time.";
    await aside.say(faultMessage({ what, example: EXAMPLE }));
    return "not_understood";
  }
  const now = context.now();
  const window = { from: new Date(now.getTime() - LOOK_BACK_MS), to: now };
  const query: Query = { words: [], terms: [], window };
  const question: Question = { query, now, maxAgeMs: MAX_AGE_MS, evidence: "sample" };
  return whileWorking(asked, async (signal) => {
    const { answer, faults } = await askInvocation(context.collector, id, question, signal);
    if (answer.length > 0) return { outcome: "answered", toChannel: invocationMessage(answer, askOf(asked, "")) };
    const unknown = faults.map((fault) => fault.reason).join(" ");
    const what = unknown
      ? `Invocation ${id} was not found, and not everything could be searched. ${unknown}`
      : `No webhook has an invocation ${id} in the last 7 days.`;
    return { outcome: "answered", toAsker: faultMessage({ what, example: EXAMPLE }) };
  });
}
