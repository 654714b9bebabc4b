import { type Coverage, type CoverageState, overallState } from "../../triage/coverage.ts";
import { readFailingSince } from "../../triage/failing-since.ts";
import { providerName } from "../../triage/provider-name.ts";
import { merge, type Window } from "../../triage/window.ts";
import { dateLeaf, quoted, richText, words } from "../blocks/build.ts";
import { outsideMrkdwn } from "../blocks/text.ts";
import type { Leaf, MessageBlock } from "../blocks/types.ts";
import { counted, grouped, NAME_LENGTH, sentence, webhookName } from "./phrases.ts";

/** How much an answer knows. `nothing_to_read`: no webhook belongs to it, so nothing is known and nothing is missing. */
export type Knowledge = CoverageState | "nothing_to_read";

export function knowledgeOf(coverage: readonly Coverage[]): Knowledge {
  return coverage.length === 0 ? "nothing_to_read" : overallState(coverage);
}

/**
 * What is not known, and since when: stands above the findings, for whoever reads only the first lines. Nothing when all is
 * known. `isAsked`: whether somebody asked about these webhooks.
 */
export function unknownBlocks(
  coverage: readonly Coverage[],
  window: Window,
  { isAsked = true }: { isAsked?: boolean } = {},
): MessageBlock[] {
  const gaps = gapsOf(coverage);
  if (gaps.length === 0) return [];
  const known = Map.groupBy(
    coverage.filter(({ webhookId }) => webhookId !== null),
    ({ provider }) => provider,
  );
  const lines: Leaf[][] = [[{ type: "emoji", name: "warning" }, words(" Not everything is known", { bold: true })]];
  for (const gap of gaps.slice(0, GAPS_SHOWN)) {
    const all = known.get(gap.provider)?.length ?? 0;
    lines.push(lineOf(whatOf(gap, all, isAsked ? ASKED_ABOUT : ""), gap, window));
  }
  const more = gaps.length - GAPS_SHOWN;
  if (more > 0) lines.push([words(`${counted(more, "more gap", "more gaps")} not shown.`)]);
  return [richText(lines)];
}

/** For notifications and screen readers: `Unknown: a part of Zendesk.` */
export function unknownInWords(coverage: readonly Coverage[]): string {
  const gaps = gapsOf(coverage);
  if (gaps.length === 0) return "";
  const names = [...new Set(gaps.map((gap) => outsideMrkdwn(providerName(gap.provider), NAME_LENGTH)))];
  return `Not everything is known of ${names.slice(0, 3).join(", ")}.`;
}

const GAPS_SHOWN = 5;
const NAMES_SHOWN = 3;
const REASON_LENGTH = 300;

const ASKED_ABOUT = " asked about";
/** What was not read from about the same time on is told together; webhooks are polled apart. Milliseconds. */
const TOGETHER_MS = 5 * 60_000;

/** Webhooks of one provider that are not known for one reason, from about the same time on. */
interface Gap {
  provider: string;
  state: CoverageState;
  reason: string | undefined;
  /** Their names. Empty where even the list of webhooks is unknown. */
  webhooks: string[];
  missing: Window[];
}

/** Most unknown first. */
function gapsOf(coverage: readonly Coverage[]): Gap[] {
  const incomplete = coverage.filter(({ state }) => state !== "complete");
  const alike = Map.groupBy(incomplete, ({ provider, state, reason, webhookId }) =>
    JSON.stringify([provider, state, reason, webhookId === null]),
  );
  const gaps = [...alike.values()].flatMap(together).map(gapOf);
  const rank = (gap: Gap) => (gap.state === "unknown" ? 0 : 1) + (gap.webhooks.length === 0 ? 0 : 2);
  return gaps.sort((a, b) => rank(a) - rank(b));
}

type Run = [Coverage, ...Coverage[]];

/** Apart where one is known for minutes longer than the other; those that are known least long first. */
function together(entries: readonly Coverage[]): Run[] {
  const runs: Run[] = [];
  for (const entry of entries.toSorted((a, b) => unknownFrom(a) - unknownFrom(b))) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    if (run && before && unknownFrom(entry) - unknownFrom(before) < TOGETHER_MS) run.push(entry);
    else runs.push([entry]);
  }
  return runs;
}

function unknownFrom({ missing, from }: Coverage): number {
  return (missing[0]?.from ?? from).getTime();
}

function gapOf(entries: Run): Gap {
  const [{ provider, state, reason }] = entries;
  const named = entries.flatMap(({ webhookId, webhookName: name = "" }) =>
    webhookId === null ? [] : [webhookName({ name, id: webhookId })],
  );
  const missing = entries.flatMap((entry) => (entry.missing.length > 0 ? entry.missing : [entry]));
  return { provider, state, reason, webhooks: named, missing };
}

function lineOf(line: Leaf[], gap: Gap, window: Window): Leaf[] {
  line.push(words(gap.state === "unknown" ? ": unknown " : ": partly unknown, "), ...rangesOf(gap.missing, window));
  line.push(words("."));
  if (gap.reason) line.push(words(" "), ...reasonOf(sentence(gap.reason)));
  return line;
}

/**
 * `All 12 Zendesk webhooks asked about`, `A, B, C and 9 more webhooks of Zendesk`; `Zendesk` where no webhook is known. `all`: how many
 * of the provider are spoken of, `spokenOf`: by whom.
 */
function whatOf({ provider, webhooks }: Gap, all: number, spokenOf: string): Leaf[] {
  const whose = quoted(providerName(provider), NAME_LENGTH, { bold: true });
  if (webhooks.length === 0) return [whose];
  const more = webhooks.length - NAMES_SHOWN;
  if (more > 0 && webhooks.length === all) {
    return [words(`All ${grouped(all)} `), whose, words(` webhooks${spokenOf}`)];
  }
  const leaves = webhooks.slice(0, NAMES_SHOWN).flatMap((name, index, shown): Leaf[] => {
    const isLast = index === shown.length - 1 && more <= 0;
    const before = index === 0 ? [] : [words(isLast ? " and " : ", ")];
    return [...before, quoted(name, NAME_LENGTH)];
  });
  return [...leaves, words(more > 0 ? ` and ${counted(more, "more webhook", "more webhooks")} of ` : " of "), whose];
}

function moreStretches(count: number): string {
  return count === 1 ? "one more stretch" : `${grouped(count)} more stretches`;
}

/** The time in a reason, in the reader's zone. */
function reasonOf(reason: string): Leaf[] {
  const read = readFailingSince(reason);
  if (!read) return [quoted(reason, REASON_LENGTH)];
  const { before, since, after } = read;
  const rest = after === "" ? [] : [words(after.charAt(0)), words(" "), quoted(after.slice(1), REASON_LENGTH)];
  return [quoted(before, REASON_LENGTH), words(" "), dateLeaf(since), ...rest];
}

/** `since A`, or `A to B and 2 more stretches` */
function rangesOf(missing: readonly Window[], window: Window): Leaf[] {
  const [first, ...others] = merge(missing);
  if (!first) return [words("in this time")];
  const leaves: Leaf[] =
    first.to >= window.to
      ? [words("since "), dateLeaf(first.from)]
      : [dateLeaf(first.from), words(" to "), dateLeaf(first.to)];
  if (others.length > 0) leaves.push(words(` and ${moreStretches(others.length)}`));
  return leaves;
}
