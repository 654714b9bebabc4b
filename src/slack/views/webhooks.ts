import type { WebhookHealth, WebhooksAnswer } from "../../triage/issue.ts";
import { providerName } from "../../triage/provider-name.ts";
import { HEALTHS, healthOf, worstFirst } from "../../triage/webhook-health.ts";
import {
  cell,
  dataTable,
  dateCell,
  dateLeaf,
  header,
  numberedList,
  quoted,
  quotedCell,
  richText,
  words,
} from "../blocks/build.ts";
import { fitMessage } from "../blocks/fit.ts";
import { LIMITS } from "../blocks/limits.ts";
import type { Cell, Leaf } from "../blocks/types.ts";
import { askedLine, commandName, noteBlocks, windowInWords, windowLine } from "./frame.ts";
import { type Late, lateBlocks, lateInWords } from "./late.ts";
import type { Ask, Message, MessageBlock } from "./message.ts";
import { counted, grouped, NAME_LENGTH, webhookName } from "./phrases.ts";
import { type Knowledge, knowledgeOf, unknownBlocks, unknownInWords } from "./unknown.ts";

const NONE_FOUND = "No webhooks found";
const NONE_YET = "Nothing is known yet: the webhooks are being read";
const UNREADABLE = "Unknown: the webhooks could not be read";
const NAME_IN_TABLE = 48;
const CAPTION = "Webhooks, worst first";
/** A phone shows the first two or three; where several providers have webhooks, theirs comes last. */
const COLUMNS = ["Webhook", "Health", "Failed", "Last failure"] as const;

/**
 * Every webhook and how it fares, worst first; with its provider where there are several. `late`: how it stands with the rest, where it is
 * not there in time.
 */
export function webhooksMessage(answer: WebhooksAnswer, ask: Ask, late?: Late): Message {
  const { coverage, window, notes } = answer;
  const sorted = worstFirst(answer.webhooks);
  const title = titleOf(sorted, knowledgeOf(coverage), late !== undefined);
  const first = sorted.slice(0, LIMITS.tableRows - 1);
  const areOfSeveral = new Set(sorted.map(({ webhook }) => webhook.provider)).size > 1;
  const columns = areOfSeveral ? [...COLUMNS, "Provider"] : COLUMNS;
  const rows = first.map((entry) => cellsOf(entry, areOfSeveral));
  const lines = first.map((entry) => lineOf(entry, areOfSeveral));
  const build = (shown: number, list: MessageBlock[]): MessageBlock[] => [
    header(title),
    richText([windowLine(answer)]),
    ...lateBlocks(late),
    ...unknownBlocks(coverage, window),
    ...list,
    ...leftOutBlocks(sorted.length - shown, ask),
    ...noteBlocks(notes),
    askedLine(ask),
  ];
  return fitMessage({
    text: [`${title}, ${windowInWords(answer)}.`, lateInWords(late), unknownInWords(coverage)]
      .filter((part) => part !== "")
      .join(" "),
    most: first.length,
    blocks: (shown) => build(shown, shown > 0 ? [dataTable(CAPTION, columns, rows.slice(0, shown))] : []),
    ...(first.length > 0 && {
      classic: (shown: number) => build(shown, shown > 0 ? [numberedList(lines.slice(0, shown))] : []),
    }),
  });
}

function titleOf(webhooks: readonly WebhookHealth[], known: Knowledge, isLate: boolean): string {
  if (webhooks.length === 0 && known === "unknown") return isLate ? NONE_YET : UNREADABLE;
  if (webhooks.length === 0) return NONE_FOUND;
  const counts = HEALTHS.map((health) => ({
    health,
    count: webhooks.filter((entry) => healthOf(entry) === health).length,
  }));
  const parts = counts.filter(({ count }) => count > 0).map(({ health, count }) => `${count} ${health}`);
  return `${counted(webhooks.length, "webhook", "webhooks")}: ${parts.join(", ")}`;
}

function cellsOf(entry: WebhookHealth, withProvider: boolean): Cell[] {
  return [
    quotedCell(webhookName(entry.webhook), NAME_IN_TABLE),
    cell(healthOf(entry)),
    cell(failedOfTotal(entry)),
    dateCell(entry.lastFailureAt),
    ...(withProvider ? [quotedCell(providerName(entry.webhook.provider), NAME_LENGTH)] : []),
  ];
}

/** `Jira sync · Zendesk: failing, 12 of 340, last <date>` */
function lineOf(entry: WebhookHealth, withProvider: boolean): Leaf[] {
  const line = [
    quoted(webhookName(entry.webhook), NAME_IN_TABLE, { bold: true }),
    ...(withProvider ? [words(" · "), quoted(providerName(entry.webhook.provider), NAME_LENGTH)] : []),
    words(`: ${healthOf(entry)}, ${failedOfTotal(entry)}`),
  ];
  return entry.lastFailureAt ? [...line, words(", last "), dateLeaf(entry.lastFailureAt)] : line;
}

/** `12 of 340`; what was not read is unknown, never zero. */
function failedOfTotal({ coverage, succeeded, failed, pending }: WebhookHealth): string {
  const total = succeeded + failed + pending;
  if (coverage.state === "unknown" && total === 0) return "unknown";
  const counts = `${grouped(failed)} of ${grouped(total)}`;
  return coverage.state === "complete" ? counts : `${counts} known`;
}

function leftOutBlocks(count: number, ask: Ask): MessageBlock[] {
  if (count <= 0) return [];
  const example = `${commandName(ask)} webhooks provider:zendesk webhook:"Jira"`;
  return [
    richText([
      [
        words(`${counted(count, "more webhook", "more webhooks")} not shown. Narrow it, such as `),
        quoted(example, 120, { code: true }),
      ],
    ]),
  ];
}
