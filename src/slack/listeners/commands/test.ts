import { randomUUID } from "node:crypto";
import { findTestTargets, type TestTargets, testingProviders } from "../../../collect/test-delivery.ts";
import { matchesProvider } from "../../../triage/match.ts";
import { parseQuery, parseTerms, type QueryFault } from "../../../triage/parse-query.ts";
import { providerName } from "../../../triage/provider-name.ts";
import type { Query } from "../../../triage/query.ts";
import { ToldError } from "../../../triage/told-error.ts";
import { nothingToTest, unmatchedTerm } from "../../../triage/unmatched.ts";
import type { Outcome } from "../../context.ts";
import { faultMessage } from "../../views/fault.ts";
import { commandName } from "../../views/frame.ts";
import { webhookName } from "../../views/phrases.ts";
import { noTestMessage, severalTargetsMessage, testQuestionMessage } from "../../views/test-question.ts";
import { testTroubleMessage } from "../../views/test-trouble.ts";
import { asCommand, type Outgoing, whileWorking } from "./answering.ts";
import type { Asked } from "./subcommands.ts";

const EXAMPLE = 'test webhook:"Jira sync"';

/** `/hooks test <names of one webhook>`: asks whether to send it a test delivery. Nothing is sent before the button is pressed. */
export async function test(asked: Asked): Promise<Outcome> {
  const { context, aside } = asked;
  const { providers } = context.collector;
  if (testingProviders(context.collector).length === 0) {
    const names = providers.map(({ id }) => providerName(id)).join(", ");
    await aside.say(noTestMessage(`No provider that is set up sends test deliveries: ${names}.`, OWN_EVENT));
    return "answered";
  }
  const read = readNamed(asked);
  if ("fault" in read) {
    await aside.say(faultMessage(asCommand(read.fault)));
    return "not_understood";
  }
  return whileWorking(asked, async (signal) => {
    try {
      return ask(asked, read.query, await findTestTargets(context.collector, read.query, signal));
    } catch (error) {
      if (!(error instanceof ToldError)) throw error;
      context.log.warn({ err: error }, "the webhooks that a test could go to could not be read");
      return { outcome: "failed", toAsker: testTroubleMessage(error, "not_sent") };
    }
  });
}

const OWN_EVENT = "Bring about an event there yourself, and look for it with invocations.";

function ask({ context, command }: Asked, query: Query, targets: TestTargets): Outgoing {
  const { active, inactive, notOffered, all } = targets;
  const [webhook, ...others] = active;
  if (webhook && others.length > 0) {
    const name = commandName({ command: command.command });
    return { outcome: "not_understood", toAsker: severalTargetsMessage(active, name) };
  }
  if (webhook) {
    const question = { nonce: randomUUID(), askedAt: context.now() };
    return { outcome: "answered", toAsker: testQuestionMessage(webhook, question) };
  }
  const [off] = inactive;
  if (off) {
    const told = `${webhookName(off)} is switched off in ${providerName(off.provider)}, so no test is sent to it.`;
    return { outcome: "answered", toAsker: noTestMessage(told, "Switch it on there, then ask again.") };
  }
  const [other] = notOffered;
  if (other) {
    const told = `${providerName(other.provider)} sends no test deliveries, and ${webhookName(other)} is one of its webhooks.`;
    return { outcome: "answered", toAsker: noTestMessage(told, OWN_EVENT) };
  }
  if (all.length === 0) {
    const asked = context.collector.providers.filter(({ id }) => matchesProvider(query, id)).map(({ id }) => id);
    return { outcome: "answered", toAsker: noTestMessage(nothingToTest(asked), "") };
  }
  const there = { webhooks: all, invocations: [], causes: () => [], statuses: [] };
  const fault = unmatchedTerm(query, there) ?? { what: "No webhook matches.", example: "webhooks" };
  // The examples of what matches nothing are whole questions.
  const example = fault.example.replace(/^failures/, "test");
  return { outcome: "not_understood", toAsker: faultMessage(asCommand({ ...fault, example })) };
}

/** The words and terms by which a webhook is named; what is no name has no place here. */
function readNamed({ context, person, rest, name }: Asked): { query: Query } | { fault: QueryFault } {
  if (rest.trim() === "")
    return { fault: { what: "Which webhook? Its name, or a part of it, is missing.", example: EXAMPLE } };
  const providers = context.collector.providers.map(({ id }) => id);
  const reading = { now: context.now(), timeZone: person.timeZone, providers, command: name };
  const parsed = parseQuery(rest, reading);
  if (!parsed.ok) return { fault: { ...parsed.fault, example: EXAMPLE } };
  const { query } = parsed;
  const other = query.terms.find(({ key }) => key !== "webhook" && key !== "provider");
  if (other)
    return {
      fault: { what: `A test goes to one webhook: it is named, not found by ${other.key}:.`, example: EXAMPLE },
    };
  // Whatever it says of time or a zone is left over there.
  if (!parseTerms(rest, reading).ok) {
    return { fault: { what: "A test is sent now: it takes no time range and no zone.", example: EXAMPLE } };
  }
  return { query };
}
