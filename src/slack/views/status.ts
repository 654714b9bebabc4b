import { durationOf } from "../../triage/duration-words.ts";
import type { Finding } from "../../triage/finding.ts";
import { providerName } from "../../triage/provider-name.ts";
import type { BudgetStatus, DigestStatus, ProviderStatus, StatusReport } from "../../triage/status.ts";
import type { Window } from "../../triage/window.ts";
import { dateLeaf, header, quoted, richText, words } from "../blocks/build.ts";
import { fitMessage } from "../blocks/fit.ts";
import { ABSOLUTE_FORMAT, DATE_FORMAT_WITH_SECONDS, outsideMrkdwn, outsidePlain } from "../blocks/text.ts";
import type { Leaf } from "../blocks/types.ts";
import type { Message, MessageBlock } from "./message.ts";
import { counted, grouped, NAME_LENGTH, sentence } from "./phrases.ts";
import { unknownBlocks } from "./unknown.ts";

/** Whether the bot itself sees what it should: providers, budgets, coverage, database. */
export function statusMessage(report: StatusReport): Message {
  const { readAt, providers, database, digests, findings } = report;
  const failing = providers.filter((provider) => provider.state === "failing");
  const title = titleOf(providers, failing.length, outsidePlain);
  const inWords = titleOf(providers, failing.length, outsideMrkdwn);
  const names = providers.length === 1 ? [] : failing.map(({ id }) => outsideMrkdwn(providerName(id), NAME_LENGTH));
  return fitMessage({
    text: [inWords, ...names, ...(findings.length > 0 ? [mendTitle(findings)] : [])].join(". "),
    most: providers.length,
    blocks: (shown) => [
      header(title),
      ...providers.slice(0, shown).flatMap((provider) => providerBlocks(provider, report)),
      ...(shown < providers.length
        ? [richText([[words(`${providers.length - shown} more providers not shown.`)]])]
        : []),
      richText([
        [words("Database: ", { bold: true }), words(DATABASES[database])],
        digestsLine(digests),
        [words("As of "), dateLeaf(readAt, DATE_FORMAT_WITH_SECONDS)],
      ]),
      ...findingBlocks(findings),
    ],
  });
}

/** One line for each finding, with its mend. */
function findingBlocks(findings: readonly Finding[]): MessageBlock[] {
  if (findings.length === 0) return [];
  const lines = findings.slice(0, FINDINGS_SHOWN).map(({ state, told, mend = "" }): Leaf[] => {
    return [words(`${STATES[state]}: `, { bold: true }), quoted(`${sentence(told)} ${mend}`, FINDING_LENGTH)];
  });
  const more = findings.length - lines.length;
  if (more > 0) lines.push([words(`${more} more not shown; \`npm run --silent cli -- doctor\` tells all.`)]);
  return [richText([[words(mendTitle(findings), { bold: true })], ...lines])];
}

function mendTitle({ length }: readonly Finding[]): string {
  return `${counted(length, "thing", "things")} to mend`;
}

const FINDINGS_SHOWN = 8;
const FINDING_LENGTH = 600;
const STATES = { fault: "Fault", warning: "Warning", unknown: "Unknown", ok: "In order" } as const;

function digestsLine({ here, elsewhere, last }: DigestStatus): Leaf[] {
  const head = words("Digests: ", { bold: true });
  if (here + elsewhere === 0) return [head, words("none. Set one up with /hooks digest daily at 09:00")];
  const count = `${grouped(here)} in this channel, ${grouped(elsewhere)} in others`;
  if (!last) return [head, words(`${count} · none was due yet`)];
  const whose = last.isHere || here + elsewhere === 1 ? "the last" : "the last anywhere";
  return [head, words(`${count} · ${whose} was due `), dateLeaf(last.dueAt), words(`, ${ENDS[last.state]}`)];
}

const ENDS = {
  posted: "and was posted",
  silent: "and had nothing to say",
  undeliverable: "and could not be posted",
} as const;

const READABLE = {
  reachable: "can be read",
  failing: "cannot be read",
  untried: "was not asked yet",
} as const;

const DATABASES = { embedded: "embedded, in the bot's own files", server: "PostgreSQL server" } as const;

function titleOf(providers: readonly ProviderStatus[], failing: number, shown: typeof outsidePlain): string {
  const [first, ...others] = providers;
  if (!first) return "No provider is set up";
  if (others.length === 0) return `${shown(providerName(first.id), NAME_LENGTH)} ${READABLE[first.state]}`;
  if (failing > 0) return `${failing} of ${providers.length} providers cannot be read`;
  const isSure = providers.every(({ state }) => state === "reachable");
  if (others.length === 1) return isSure ? "Both providers can be read" : "Neither provider is failing";
  const count = NUMBER_WORDS[providers.length] ?? String(providers.length);
  return isSure ? `All ${count} providers can be read` : `None of ${count} providers is failing`;
}

const NUMBER_WORDS: Record<number, string> = { 3: "three", 4: "four", 5: "five" };

function providerBlocks(provider: ProviderStatus, { window, readAt }: StatusReport): MessageBlock[] {
  return [
    richText([
      stateLine(provider),
      detailLine(provider),
      budgetLine(provider),
      webhooksLine(provider),
      readLine(provider, window, readAt),
    ]),
    ...unknownBlocks(provider.coverage, window, { isAsked: false }),
  ];
}

function stateLine({ id, state, since, detail }: ProviderStatus): Leaf[] {
  const name = quoted(providerName(id), NAME_LENGTH, { bold: true });
  if (state === "reachable") return [name, words(": reachable")];
  // Whatever is told of it says so.
  if (state === "untried") return detail ? [name] : [name, words(": not asked yet")];
  return since ? [name, words(": failing since "), dateLeaf(since)] : [name, words(": failing")];
}

function detailLine({ detail }: ProviderStatus): Leaf[] {
  return detail ? [quoted(sentence(detail), FINDING_LENGTH)] : [];
}

/** `Budget: 37 requests in the last minute (12 by others), limit 100 a minute, 7 requests waiting, less than a minute` */
function budgetLine({ id, budget }: ProviderStatus): Leaf[] {
  const { limitPerMinute, isTold, pausedUntil, used } = budget;
  const name = quoted(providerName(id), NAME_LENGTH);
  return [
    words("Budget: ", { bold: true }),
    words(`${counted(used, "request", "requests")} in the last minute${othersWords(budget)}, limit `),
    words(`${isTold ? "" : "about "}${grouped(limitPerMinute)} a minute`),
    ...(isTold ? [] : [words(" (an estimate: "), name, words(" tells none)")]),
    words(waitingWords(budget)),
    ...(pausedUntil ? [words(", paused until "), dateLeaf(pausedUntil, DATE_FORMAT_WITH_SECONDS)] : []),
  ];
}

function othersWords({ usedByOthers }: BudgetStatus): string {
  return usedByOthers > 0 ? ` (${grouped(usedByOthers)} by others)` : "";
}

/** `, 7 requests waiting, about 7 minutes`: for so long, at least, the last of them waits. */
function waitingWords({ queued, limitPerMinute }: BudgetStatus): string {
  if (queued <= 0) return "";
  const minutes = Math.ceil(queued / Math.max(1, limitPerMinute));
  const wait = queued < limitPerMinute ? "less than a minute" : `about ${counted(minutes, "minute", "minutes")}`;
  return `, ${counted(queued, "request", "requests")} waiting, ${wait}`;
}

/** Nothing where the line below tells it. */
function webhooksLine({ webhookCount, readUntil }: ProviderStatus): Leaf[] {
  if (webhookCount === readUntil.of) return [];
  return [words(webhookCount === undefined ? "Webhooks: unknown" : `Webhooks: ${webhookCount}`)];
}

/** `Complete for 9 of 9 webhooks: Nov 20 8:00 AM to Nov 21 2:02 PM (8 min ago); ConductorOne cannot be read since today 2:03 PM` */
function readLine(
  { id, state, since, readUntil, webhookCount }: ProviderStatus,
  { from }: Window,
  readAt: Date,
): Leaf[] {
  const { whole, of, until } = readUntil;
  const webhooks = counted(of, "webhook", "webhooks");
  const read: Leaf[] = until
    ? [
        words(`Complete for ${grouped(whole)} of ${webhooks}: `),
        dateLeaf(from, ABSOLUTE_FORMAT),
        words(" to "),
        dateLeaf(until, ABSOLUTE_FORMAT),
        words(` (${agoOf(readAt.getTime() - until.getTime())})`),
      ]
    : [
        words(
          of === 0 ? noneToRead(webhookCount) : `Complete for none of ${webhooks}${state === "failing" ? "" : " yet"}`,
        ),
      ];
  if (state !== "failing") return read;
  const name = quoted(providerName(id), NAME_LENGTH);
  return [...read, words("; "), name, words(" cannot be read"), ...(since ? [words(" since "), dateLeaf(since)] : [])];
}

/** What was never listed is unknown, not none. */
function noneToRead(webhookCount: number | undefined): string {
  return webhookCount === undefined ? "Nothing was read yet" : "No webhook to read";
}

const MINUTE_MS = 60_000;

/** `just now`, `8 min ago`, `2 h 5 min ago` */
function agoOf(ms: number): string {
  return ms < MINUTE_MS ? "just now" : `${durationOf(Math.floor(ms / MINUTE_MS) * MINUTE_MS)} ago`;
}
