import { sourceInWords } from "../../triage/consequence.ts";
import type { Doubt } from "../../triage/issue-words.ts";
import type { Invocation, Webhook } from "../../triage/model.ts";
import { occurredAt } from "../../triage/model.ts";
import { providerName } from "../../triage/provider-name.ts";
import { statusInWords } from "../../triage/status-words.ts";
import { words } from "../blocks/build.ts";
import { dateToken, isVisible, linkTarget, linkToken, outsideMrkdwn } from "../blocks/text.ts";
import type { Leaf } from "../blocks/types.ts";

/** Phrases that several views share. */

/** Characters of a name that are worth their place on a phone. */
export const NAME_LENGTH = 80;

/** The webhook's name, or its id where nobody could read the name. Text from outside. */
export function webhookName(webhook: Pick<Webhook, "name" | "id">): string {
  return isVisible(webhook.name) ? webhook.name : `webhook ${webhook.id}`;
}

/** `1,234` */
export function grouped(count: number): string {
  return numbers.format(count);
}

const numbers = new Intl.NumberFormat("en-US");

/** `1 issue`, `2 issues`, `1,234 invocations` */
export function counted(count: number, one: string, many: string): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

export function invocations(count: number): string {
  return counted(count, "invocation", "invocations");
}

/** `Sentence.` with exactly one full stop, for reasons that come with and without. Text from outside. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?…]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

/** `Not sure why: the attempts that were read do not say.`, its beginning in bold. */
export function doubtLeaves({ head, told }: Doubt): Leaf[] {
  return [words(`${head}: `, { bold: true }), words(told)];
}

/** `code 503`, or that there was none. */
export function codeOf(statusCode: number | undefined): string {
  return statusCode === undefined ? "no code" : `code ${statusCode}`;
}

/**
 * mrkdwn: `<date> · terminated · code 503`; where there is no code, what made the provider send it, with a link to the page of that.
 */
export function invocationLine(invocation: Invocation, sourceUrl?: string): string {
  const { status, statusCode, source } = invocation;
  const linked = linkTarget(sourceUrl) !== undefined;
  const parts = [
    dateToken(occurredAt(invocation)),
    isVisible(status) ? outsideMrkdwn(statusInWords(status), 60) : "no status",
    ...(statusCode === undefined && source ? [] : [codeOf(statusCode)]),
    ...(source ? [outsideMrkdwn(sourceInWords(linked ? named(source) : source), SOURCE_LENGTH)] : []),
    linkToken(sourceUrl, openWords(invocation.provider)),
  ];
  return parts.filter((part) => part !== "").join(" · ");
}

/** Without the id, where the name is enough for people and the link leads there. */
function named({ kind, ref, name }: NonNullable<Invocation["source"]>): NonNullable<Invocation["source"]> {
  return { kind, ref: name ?? ref };
}

/** What a link to the provider's own administration is called: no text from outside is ever in it. */
export function openWords(provider: string): string {
  const name = providerName(provider);
  return /^[\w -]{1,40}$/.test(name) ? `open in ${name}` : "open there";
}

const SOURCE_LENGTH = 100;
