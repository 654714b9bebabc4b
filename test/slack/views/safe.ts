import { expect } from "vitest";
import { validateMessage } from "../../../sandbox/slack/validate/index.ts";
import { visibleLength } from "../../../src/slack/blocks/fit.ts";
import { LIMITS } from "../../../src/slack/blocks/limits.ts";
import { decodeAttempts, decodeWhyGrouped } from "../../../src/slack/button-values.ts";
import type { Message, MessageBlock } from "../../../src/slack/views/message.ts";
import type { FailuresAnswer } from "../../../src/triage/issue.ts";
import type { InvocationRef } from "../../../src/triage/model.ts";
import { buttonsOf, formsOf } from "./read.ts";

const OWN_EMOJI = new Set(["warning", "hourglass_flowing_sand"]);
/** Tokens that are ours: dates, whoever asked, and pages of the account. */
const OWN_TOKENS =
  /<!date\^\d+\^[{}\w ]+\|[\d\-: ]+ UTC>|<@U024BE7LH>|<@W1>|<https:\/\/acme\.conductor\.one\/[^<>|\s]*\|open (?:in [\w ]+|there)>/g;
const OWN_PAGE = /^https:\/\/acme\.conductor\.one\/[!-~]*$/;
const OWN_PEOPLE = /^(U024BE7LH|W1)$/;
const OWN_TYPES =
  /^(rich_text.*|text|link|date|emoji|user|mrkdwn|plain_text|raw_text|button|header|section|context|actions|divider|data_table)$/;

/** Slack takes it in every form, and nothing from outside mentions, links, formats or reorders. */
export function expectSafe(message: Message): void {
  expect([
    ...(message.text.trim() === "" ? ["no fallback text"] : []),
    ...(message.text.length > LIMITS.messageText ? ["fallback text too long"] : []),
    ...livelyMrkdwn(message.text),
    ...uncleanText(message.text),
    ...formsOf(message).flatMap((blocks) => faultsOf(message, blocks)),
    ...(message.classic ?? []).filter((block) => block.type === "data_table").map(() => "a table in the classic form"),
  ]).toEqual([]);
}

/** Every Attempts button leads to one of these invocations. */
export function expectAttemptsButtons(message: Message, refs: readonly InvocationRef[]): void {
  const keyOf = ({ provider, webhookId, id }: InvocationRef) => JSON.stringify([provider, webhookId, id]);
  const known = new Set(refs.map(keyOf));
  const strays = formsOf(message)
    .flatMap((blocks) => buttonsOf(blocks, "attempts"))
    .filter((button) => {
      const ref = decodeAttempts(button.value);
      return ref === undefined || !known.has(keyOf(ref));
    });
  expect(strays).toEqual([]);
}

/** Every Why grouped? button leads to one of these issues, in their window. */
export function expectWhyGroupedButtons(message: Message, { issues, window }: FailuresAnswer): void {
  const known = new Set(issues.map(({ provider, webhook, id }) => JSON.stringify([provider, webhook.id, id, window])));
  const strays = formsOf(message)
    .flatMap((blocks) => buttonsOf(blocks, "why-grouped"))
    .map(({ value }) => decodeWhyGrouped(value))
    .filter((asked) => {
      if (asked === undefined) return true;
      return !known.has(JSON.stringify([asked.provider, asked.webhookId, asked.issueId, asked.window]));
    });
  expect(strays).toEqual([]);
}

function faultsOf(message: Message, blocks: readonly MessageBlock[]): unknown[] {
  const faults: unknown[] = validateMessage({ text: message.text, blocks });
  if (blocks.length === 0) faults.push("no blocks");
  if (visibleLength(blocks) >= 9_000) faults.push(`${visibleLength(blocks)} visible characters`);
  const tokens = JSON.stringify(blocks)
    .replaceAll(OWN_TOKENS, "")
    .match(/<[!@#].*|<https?.*|<mailto.*/gi);
  if (tokens) faults.push(["token", ...tokens]);
  walk(blocks, (record) => {
    const text = typeof record.text === "string" ? record.text : "";
    if (record.type !== undefined && !OWN_TYPES.test(String(record.type))) faults.push(record);
    if (record.type === "user" && !OWN_PEOPLE.test(String(record.user_id))) faults.push(record);
    if (record.type === "link" && !(OWN_PAGE.test(String(record.url)) && /^open (in [\w ]+|there)$/.test(text))) {
      faults.push(record);
    }
    if (record.type === "emoji" && !OWN_EMOJI.has(String(record.name))) faults.push(record);
    if (record.type === "mrkdwn") faults.push(...livelyMrkdwn(text), ...(record.verbatim === true ? [] : [record]));
    if (record.type === "plain_text") faults.push(...livelyPlain(text));
    faults.push(...uncleanText(text));
  });
  return faults;
}

function livelyMrkdwn(mrkdwn: string): string[] {
  const rest = mrkdwn.replaceAll(OWN_TOKENS, "");
  return [
    ...matches("markup", rest, /[<>*~`]/),
    ...matches("entity", rest, /&(?!amp;|lt;|gt;)/),
    ...matches("italics", rest, /(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/u),
    ...livelyPlain(rest),
  ];
}

function livelyPlain(text: string): string[] {
  return [
    ...matches("emoji", text, /:[a-z_+'-][a-z0-9_+'-]*:/i),
    ...matches("mention", text, /[@#]\w/),
    ...matches("address", text, /:\/\/|[a-z0-9]\.[a-z]{2,}/i),
  ];
}

function uncleanText(text: string): string[] {
  return [
    ...(text.isWellFormed() ? [] : [`lone surrogate: ${text}`]),
    ...matches("override", text, /[\u202A-\u202E\u2066\u2067\u2028\u2029]/),
    ...matches("control character", text, /(?![\t\n])\p{Cc}/u),
    ...(text.split("\u2068").length === text.split("\u2069").length ? [] : [`isolate left open: ${text}`]),
  ];
}

function matches(what: string, text: string, pattern: RegExp): string[] {
  return pattern.test(text) ? [`${what}: ${text}`] : [];
}

function walk(value: unknown, visit: (record: Record<string, unknown>) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, visit);
  } else if (isRecord(value)) {
    visit(value);
    for (const item of Object.values(value)) walk(item, visit);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
