import type { Coverage } from "../../triage/coverage.ts";
import type { Finding } from "../../triage/finding.ts";
import { providerName } from "../../triage/provider-name.ts";
import type { DigestStatus, ProviderStatus, StatusReport } from "../../triage/status.ts";
import type { Window } from "../../triage/window.ts";
import { dateLeaf, header, quoted, richText, words } from "../blocks/build.ts";
import { fitMessage } from "../blocks/fit.ts";
import { DATE_FORMAT_WITH_SECONDS, outsideMrkdwn, outsidePlain } from "../blocks/text.ts";
import type { Leaf } from "../blocks/types.ts";
import type { Message, MessageBlock } from "./message.ts";
import { counted, grouped, NAME_LENGTH, sentence } from "./phrases.ts";
import { unknownBlocks } from "./unknown.ts";

/** Whether the bot itself sees what it should: providers, rate limits, coverage, database. */
export function statusMessage(report: StatusReport): Message {
  const { readAt, window, providers, database, digests, findings } = report;
  const failing = providers.filter((provider) => provider.state === "failing");
  const title = titleOf(providers, failing.length, outsidePlain);
  const inWords = titleOf(providers, failing.length, outsideMrkdwn);
  const names = providers.length === 1 ? [] : failing.map(({ id }) => outsideMrkdwn(providerName(id), NAME_LENGTH));
  return fitMessage({
    text: [inWords, ...names, ...(findings.length > 0 ? [mendTitle(findings)] : [])].join(". "),
    most: providers.length,
    blocks: (shown) => [
      header(title),
      ...providers.slice(0, shown).flatMap((provider) => providerBlocks(provider, window)),
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
  return isSure ? `All ${providers.length} providers can be read` : `None of ${providers.length} providers is failing`;
}

function providerBlocks(provider: ProviderStatus, window: Window): MessageBlock[] {
  const { coverage } = provider;
  return [
    richText([
      stateLine(provider),
      detailLine(provider),
      rateLine(provider),
      webhooksLine(provider),
      coverageLine(coverage, window),
    ]),
    ...unknownBlocks(coverage, window),
  ];
}

function stateLine({ id, state, since }: ProviderStatus): Leaf[] {
  const name = quoted(providerName(id), NAME_LENGTH, { bold: true });
  if (state === "reachable") return [name, words(": reachable")];
  if (state === "untried") return [name, words(": not asked yet")];
  return since ? [name, words(": failing since "), dateLeaf(since)] : [name, words(": failing")];
}

function detailLine({ detail }: ProviderStatus): Leaf[] {
  return detail ? [quoted(sentence(detail), 400)] : [];
}

function rateLine({ rateLimit }: ProviderStatus): Leaf[] {
  if (!rateLimit) return [words("Rate limit: not told yet")];
  const { limitPerMinute, remaining, seenAt } = rateLimit;
  const left = remaining === undefined ? "" : `, ${remaining} left`;
  return [words(`Rate limit: ${limitPerMinute} a minute${left} · seen `), dateLeaf(seenAt, DATE_FORMAT_WITH_SECONDS)];
}

function webhooksLine({ webhookCount }: ProviderStatus): Leaf[] {
  return [words(webhookCount === undefined ? "Webhooks: unknown" : `Webhooks: ${webhookCount}`)];
}

function coverageLine(coverage: readonly Coverage[], { from, to }: Window): Leaf[] {
  const webhooks = coverage.filter((entry) => entry.webhookId !== null);
  const complete = webhooks.filter((entry) => entry.state === "complete").length;
  const read =
    webhooks.length === 0 ? "no webhook" : `${complete} of ${counted(webhooks.length, "webhook", "webhooks")}`;
  return [words(`Read whole: ${read} · `), dateLeaf(from), words(" to "), dateLeaf(to)];
}
