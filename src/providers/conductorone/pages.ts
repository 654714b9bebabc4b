import { type Invocation, occurredAt } from "../../triage/model.ts";
import { intersect, isEmpty, subtract, type Window, windowOf } from "../../triage/window.ts";
import type { InvocationPage, InvocationQuery } from "../provider.ts";

const ROWS_A_PAGE = 25;
/** Asked for before a window as well: an entry of a trail may be seen only after the part it lies in was read. */
const MARGIN_MS = 15 * 60_000;

/** From when on to look for what happened in a window. */
export function readFrom({ from }: Window): Date {
  return new Date(from.getTime() - MARGIN_MS);
}

/**
 * Cuts what is known of one webhook into pages, in order of time. `knownUntil`: what happened later was not asked for;
 * `undefined`: something is missing, and nobody knows when it happened. `unknown`: parts in which something is missing. A page
 * covers one part: those that gaps cut off come with empty pages after it.
 */
export function* pagesOf(
  invocations: readonly Invocation[],
  { webhookId, window, sort = "latest", pageSize = ROWS_A_PAGE }: InvocationQuery,
  knownUntil: Date | undefined,
  unknown: readonly Window[] = [],
): Generator<InvocationPage> {
  const rows = invocations
    .filter((row) => row.webhookId === webhookId && occurredMs(row) >= readFrom(window).getTime())
    .sort((a, b) => (sort === "latest" ? occurredMs(b) - occurredMs(a) : occurredMs(a) - occurredMs(b)));
  const asked = windowOf(
    window.from.getTime(),
    Math.min(window.to.getTime(), knownUntil?.getTime() ?? window.from.getTime()),
  );
  const size = Math.max(1, Math.trunc(pageSize));
  for (let at = 0; at === 0 || at < rows.length; at += size) {
    const page = rows.slice(at, at + size);
    const next = rows[at + size];
    const covered = next ? readPart(asked, occurredMs(next), sort) : asked;
    const [first, ...others] = covered && !isEmpty(covered) ? subtract(covered, unknown) : [];
    yield { invocations: page, covered: first };
    for (const part of others) yield { invocations: [], covered: part };
  }
}

/** What lies on this side of the next row. */
function readPart(asked: Window, nextMs: number, sort: "latest" | "oldest"): Window | undefined {
  const side = sort === "latest" ? windowOf(nextMs + 1, asked.to.getTime()) : windowOf(asked.from.getTime(), nextMs);
  return intersect(asked, side);
}

function occurredMs(row: Invocation): number {
  return occurredAt(row).getTime();
}
