import { type Coverage, overallState } from "../../triage/coverage.ts";
import { readFailingSince } from "../../triage/failing-since.ts";
import type { AnswerFrame } from "../../triage/issue.ts";
import { providerName } from "../../triage/provider-name.ts";
import { formatWindow } from "../../triage/time-range.ts";
import type { Window } from "../../triage/window.ts";
import { counted, formatInstant, formatMinute, formatSpan, plain, webhookName } from "./text.ts";

const NAMES_SHOWN = 3;
const PARTS_SHOWN = 2;

/** The first line: what was found, never more certain than it is, or what may be concluded from finding nothing. */
export function headline(answer: AnswerFrame & { totals: { failed: number; pending: number } }, found: string): string {
  const { failed, pending } = answer.totals;
  const atLeast = overallState(answer.coverage) === "complete" ? "" : "At least ";
  const head = failed === 0 ? nothingFound(answer.coverage) : `${atLeast}${found}`;
  return pending === 0 ? head : `${head} · ${pending} pending`;
}

/** For which window and as of when the answer is true, and what of it is unknown. */
export function frameLines(frame: AnswerFrame, timeZone: string): string[] {
  return [
    `${formatWindow(frame.window, timeZone)} · as of ${formatInstant(frame.asOf, timeZone)}`,
    ...frame.notes.map((note) => `Note: ${plain(note)}`),
    ...unknownLines(frame.coverage, timeZone),
  ];
}

function nothingFound(coverage: readonly Coverage[]): string {
  if (coverage.length === 0) return "No failed invocations: there is no webhook to look at";
  const state = overallState(coverage);
  if (state === "complete") return "No failed invocations";
  return state === "unknown" ? "Unknown: nothing could be read" : "No failed invocations in the part that was read";
}

/** One line for each reason, with the webhooks that it concerns: unknown is never zero. */
function unknownLines(coverage: readonly Coverage[], timeZone: string): string[] {
  const byReason = new Map<string, [Coverage, ...Coverage[]]>();
  for (const entry of coverage) {
    if (entry.state === "complete") continue;
    const key = JSON.stringify([entry.provider, entry.state, entry.reason, entry.missing]);
    const alike = byReason.get(key);
    if (alike) alike.push(entry);
    else byReason.set(key, [entry]);
  }
  return [...byReason.values()].map((alike) => {
    const [{ provider, state, missing, reason }] = alike;
    const whose = `${plain(providerName(provider))}, ${namesOf(alike)}`;
    const part = state === "unknown" ? "nothing of this window was read" : `Not read: ${partsOf(missing, timeZone)}`;
    return `Unknown: ${whose}${state === "unknown" ? ": " : ". "}${part}. ${reasonOf(reason ?? "", timeZone)}`.trimEnd();
  });
}

/** The time in a reason, in the zone of all the others. */
function reasonOf(reason: string, timeZone: string): string {
  const read = readFailingSince(reason);
  return plain(read ? `${read.before} ${formatMinute(read.since, timeZone)}${read.after}` : reason);
}

function namesOf(entries: readonly Coverage[]): string {
  const names = entries.map(({ webhookName: name = "", webhookId }) =>
    webhookId === null ? "all webhooks" : webhookName({ name, id: webhookId }),
  );
  if (names.length <= NAMES_SHOWN) return names.join(", ");
  return `${names.slice(0, NAMES_SHOWN).join(", ")} and ${counted(names.length - NAMES_SHOWN, "more webhook")}`;
}

function partsOf(missing: readonly Window[], timeZone: string): string {
  const parts = missing.map((part) => formatSpan(part, timeZone));
  if (parts.length <= PARTS_SHOWN) return parts.join(" and ");
  const more = parts.length - PARTS_SHOWN;
  return `${parts.slice(0, PARTS_SHOWN).join(", ")} and ${more === 1 ? "one more stretch" : `${more} more stretches`}`;
}
