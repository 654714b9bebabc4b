import type { ContextBlock } from "@slack/types";
import { ToldError } from "../../triage/told-error.ts";
import { context, quoted, richText, words } from "../blocks/build.ts";
import { fitMessage } from "../blocks/fit.ts";
import { escapeMrkdwn, outsideMrkdwn } from "../blocks/text.ts";
import type { Message } from "./message.ts";
import { sentence } from "./phrases.ts";

/** Why somebody gets no answer, or not where they asked. */
export type Refusal = "guest" | "other_organisation" | "unverified" | "missing_scope" | "shared_channel";

const REFUSALS: Record<Refusal, string> = {
  guest:
    "Sorry, guests cannot ask this bot: invocations may hold what only members should read. Ask a member to look it up.",
  other_organisation:
    "Sorry, this bot answers only people of the organisation that it belongs to. Ask one of them to look it up.",
  unverified: "Sorry, Slack did not tell who you are just now, so nothing is shown. Try again in a minute.",
  missing_scope:
    "Nobody gets an answer at the moment: this bot may not look up who is asking, because its Slack app lacks the scope users:read. Ask an administrator of the app to add it in the app's page under OAuth & Permissions, and to install the app again.",
  shared_channel:
    "This channel is shared with another organisation, so nothing is posted here unless the bot's operator lists the channel. Ask in one of your own channels or in a direct message.",
};

/** Those that are nobody's fault who asked: the operator finds more in the log. */
const FAILURES: readonly Refusal[] = ["unverified", "missing_scope"];

/** A polite no; with the request's id where it is a failure. */
export function refusalMessage(refusal: Refusal, requestId?: string): Message {
  const { text, blocks } = plainMessage(REFUSALS[refusal]);
  return { text, blocks: [...blocks, ...(FAILURES.includes(refusal) ? requestLine(requestId) : [])] };
}

/** For a button that this version does not know, or whose content makes no sense any more. */
export function staleButtonMessage(): Message {
  return plainMessage(
    "This button is too old to be used. Ask again with /hooks failures, the new answer has buttons that work.",
  );
}

/** For a second press while the first is at work. */
export function busyMessage(): Message {
  return plainMessage("This is being fetched already. It appears in the thread in a moment.");
}

/**
 * What went wrong, to whom, and what to do next. Only a provider's own errors are quoted: they are written for people. By the
 * request's id the operator finds the lines in the log.
 */
export function failureMessage(error: unknown, requestId?: string): Message {
  const told = toldBy(error);
  const lines = [[words("No answer this time. ", { bold: true }), quoted(told, 500)]];
  return fitMessage({
    text: `No answer this time. ${outsideMrkdwn(told, 300)}`,
    most: 0,
    blocks: () => [richText(lines), ...requestLine(requestId)],
  });
}

function requestLine(requestId: string | undefined): ContextBlock[] {
  return requestId === undefined ? [] : [context([{ plain: `Request ${requestId}` }])];
}

function toldBy(error: unknown): string {
  if (!(error instanceof Error)) return OWN_FAULT;
  if (error instanceof ToldError) return `${sentence(error.told)} ${sentence(error.nextStep)}`;
  if (error.name === "TimeoutError" || error.name === "AbortError") {
    return "It took too long to read. Try again: what was read so far is kept. A shorter time range such as last 2h is quicker.";
  }
  return OWN_FAULT;
}

const OWN_FAULT =
  "The bot itself failed, so this says nothing about your webhooks. Try again; /hooks status tells what can be read, and the bot's operator finds the reason in its log.";

function plainMessage(text: string): Message {
  return { text: escapeMrkdwn(text), blocks: [richText([[words(text)]])] };
}
