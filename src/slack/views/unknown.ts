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
 * known.
 */
export function unknownBlocks(coverage: readonly Coverage[], window: Window): MessageBlock[] {
  const gaps = gapsOf(coverage);
  if (gaps.length === 0) return [];
  const known = Map.groupBy(
    coverage.filter(({ webhookId }) => webhookId !== null),
    ({ provider }) => provider,
  );
  const lines: Leaf[][] = [[{ type: "emoji", name: "warning" }, words(" Not everything is known", { bold: true })]];
  for (const gap of gaps.slice(0, GAPS_SHOWN)) lines.push(lineOf(gap, known.get(gap.provider)?.length ?? 0, window));
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

/** Webhooks of one provider that are not known for one reason. */
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
  const gaps = new Map<string, Gap>();
  for (const entry of coverage) {
    if (entry.state === "complete") continue;
    const { provider, state, reason, webhookId } = entry;
    const missing = entry.missing.length > 0 ? entry.missing : [{ from: entry.from, to: entry.to }];
    const key = JSON.stringify([provider, state, reason, webhookId === null]);
    const gap = gaps.get(key) ?? { provider, state, reason, webhooks: [], missing: [] };
    if (webhookId !== null) gap.webhooks.push(webhookName({ name: entry.webhookName ?? "", id: webhookId }));
    gap.missing.push(...missing);
    gaps.set(key, gap);
  }
  const rank = (gap: Gap) => (gap.state === "unknown" ? 0 : 1) + (gap.webhooks.length === 0 ? 0 : 2);
  return [...gaps.values()].sort((a, b) => rank(a) - rank(b));
}

/** `asked`: how many webhooks of the provider the answer is about. */
function lineOf(gap: Gap, asked: number, window: Window): Leaf[] {
  const line = whatOf(gap, asked);
  line.push(words(gap.state === "unknown" ? ": unknown " : ": partly unknown, "), ...rangesOf(gap.missing, window));
  line.push(words("."));
  if (gap.reason) line.push(words(" "), ...reasonOf(sentence(gap.reason)));
  return line;
}

/** `All 12 Zendesk webhooks asked about`, `A, B, C and 9 more webhooks of Zendesk`; `Zendesk` where no webhook is known. */
function whatOf({ provider, webhooks }: Gap, asked: number): Leaf[] {
  const whose = quoted(providerName(provider), NAME_LENGTH, { bold: true });
  if (webhooks.length === 0) return [whose];
  const more = webhooks.length - NAMES_SHOWN;
  if (more > 0 && webhooks.length === asked) {
    return [words(`All ${grouped(asked)} `), whose, words(" webhooks asked about")];
  }
  const leaves = webhooks.slice(0, NAMES_SHOWN).flatMap((name, index, shown): Leaf[] => {
    const isLast = index === shown.length - 1 && more <= 0;
    const before = index === 0 ? [] : [words(isLast ? " and " : ", ")];
    return [...before, quoted(name, NAME_LENGTH)];
  });
  return [...leaves, words(more > 0 ? ` and ${counted(more, "more webhook", "more webhooks")} of ` : " of "), whose];
}

/** The time in a reason, in the reader's zone. */
function reasonOf(reason: string): Leaf[] {
  const read = readFailingSince(reason);
  if (!read) return [quoted(reason, REASON_LENGTH)];
  const { before, since, after } = read;
  const rest = after === "" ? [] : [words(after.charAt(0)), words(" "), quoted(after.slice(1), REASON_LENGTH)];
  return [quoted(before, REASON_LENGTH), words(" "), dateLeaf(since), ...rest];
}

/** `since A`, or `A to B and in 2 more parts` */
function rangesOf(missing: readonly Window[], window: Window): Leaf[] {
  const [first, ...others] = merge(missing);
  if (!first) return [words("in this time")];
  const leaves: Leaf[] =
    first.to >= window.to
      ? [words("since "), dateLeaf(first.from)]
      : [dateLeaf(first.from), words(" to "), dateLeaf(first.to)];
  if (others.length > 0) leaves.push(words(` and ${counted(others.length, "more part", "more parts")} of the time`));
  return leaves;
}
