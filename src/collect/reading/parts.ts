import type { Provider } from "../../providers/provider.ts";
import { saveInvocationPage } from "../../store/invocations.ts";
import { type Invocation, occurredAt } from "../../triage/model.ts";
import { isEmpty, subtract, type Window, windowOf } from "../../triage/window.ts";
import { isExpiry } from "./expiry.ts";
import type { Lanes } from "./lanes.ts";
import type { Reading } from "./reading.ts";
import { cutRest, PAGES_BEFORE_CUT, slicesFor } from "./slices.ts";

/** A part of a webhook's log to be read. */
export interface MissingPart {
  window: Window;
  /** What comes right after it is collected. */
  isFollowed: boolean;
}

export interface PartsReading {
  webhookId: string;
  lanes: Lanes;
  /**
   * After so many pages it is enough where something is left to read, once they tell of so much time that to begin anew at their end costs
   * little by comparison.
   */
  mostPages: number;
  onKept?: ((invocations: readonly Invocation[]) => void) | undefined;
}

export interface PartsRead {
  covered: Window[];
  /** `mostPages` was enough. */
  isCutShort: boolean;
}

/** From where, and where to. */
interface Place extends Pick<Reading, "store"> {
  provider: Pick<Provider, "id" | "requestCount" | "spareRequests" | "listInvocations">;
}

/** What all readers of one webhook share. */
interface Run extends PartsReading, Place {
  signal: AbortSignal;
  pages: number;
  covered: Window[];
  /** The time between the first and the last row of a page, all pages together, in milliseconds. */
  spannedMs: number;
  /** Until the provider is seen not to keep to windows. */
  mayCut: boolean;
}

/** One that goes from page to page, newest first. */
interface Reader {
  /** What is still to be read. */
  left: Window;
  isFollowed: boolean;
  /** What comes before `left` is read by another. */
  isPreceded: boolean;
  /** It has a part together with others. */
  isSlice: boolean;
  pages: number;
  /** Requests that the provider had sent when the latest page came. */
  requestsSent: number;
  /** The ends of those that read what this one has left to them. */
  slices: Promise<Failure | undefined>[];
}

interface Failure {
  error: unknown;
}

/** Listings that break off after a page or two are begun anew so often. */
const MOST_BREAKS = 3;
/** A listing that is begun anew tells once more of a minute or so. */
const SHORTEST_TURN_MS = 5 * 60_000;
/** Beyond the end of a window a provider may list a little; further beyond, it does not keep to windows. */
const BEYOND_MS = 60 * 60_000;

/**
 * Reads these parts of a webhook, the newest first, and keeps each page as it comes with what it proves. A part with many pages is cut
 * into slices that are read side by side, where lanes and the budget have room. Throws the provider's errors once all slices have ended.
 */
export async function readParts(
  { store, provider }: Place,
  parts: readonly MissingPart[],
  how: PartsReading,
  signal: AbortSignal,
): Promise<PartsRead> {
  const run: Run = { store, provider, ...how, signal, pages: 0, covered: [], spannedMs: 0, mayCut: true };
  for (const part of parts) {
    if (isOver(run)) break;
    await readSlice(run, readerOf(part));
    if (run.mayCut) continue;
    for (const window of subtract(part.window, run.covered).reverse()) {
      if (!isOver(run)) await readSlice(run, readerOf({ window, isFollowed: true }));
    }
  }
  return { covered: run.covered, isCutShort: isOver(run) };
}

function readerOf({ window, isFollowed }: MissingPart): Reader {
  return { left: window, isFollowed, isPreceded: false, isSlice: false, pages: 0, requestsSent: 0, slices: [] };
}

/** Ends when all that this reader has left to others has ended too. */
async function readSlice(run: Run, reader: Reader): Promise<void> {
  const own = await failureOf(readDown(run, reader));
  const failures = [own, ...(await Promise.all(reader.slices))];
  const failure = failures.find((found) => found !== undefined);
  if (failure) throw failure.error;
}

/** Goes on with a new listing where one breaks off half-way: cursors expire, and webhooks with them. */
async function readDown(run: Run, reader: Reader): Promise<void> {
  for (let breaks = 0; ; ) {
    const { pages, left } = reader;
    try {
      await readListing(run, reader);
      return;
    } catch (error) {
      if (!isExpiry(error) || reader.left.to >= left.to) throw error;
      // What a provider says at the end of pages that it had already is not about a cursor.
      if (run.provider.requestCount === reader.requestsSent) throw error;
      if (isEmpty(reader.left)) return;
      if (reader.pages - pages <= PAGES_BEFORE_CUT) breaks += 1;
      if (breaks > MOST_BREAKS) throw error;
      reader.isFollowed = true;
    }
  }
}

async function readListing(run: Run, reader: Reader): Promise<void> {
  const { store, provider, webhookId, signal } = run;
  const { left: window, isFollowed } = reader;
  const before = reader.pages;
  let last = { pages: before, toMs: window.to.getTime(), requestsSent: 0 };
  for await (const page of provider.listInvocations({ webhookId, window, isFollowed }, signal)) {
    const isFirst = reader.pages === before;
    if (isFirst && isFollowed && isBeyond(page.invocations, window)) run.mayCut = false;
    const { written } = await saveInvocationPage(store.db, { provider: provider.id, webhookId, ...page });
    run.pages += 1;
    reader.pages += 1;
    reader.requestsSent = provider.requestCount;
    note(run, reader, page.covered);
    run.spannedMs += spanOf(page.invocations);
    if (written > 0) run.onKept?.(page.invocations);
    if (isOver(run) && !isEmpty(reader.left)) return;
    // Beyond what was asked for lies the overlap, which is looked through for late rows while it has any.
    const isDone = isEmpty(reader.left) && (reader.isPreceded || written === 0);
    if (isDone || (reader.isSlice && !run.mayCut)) return;
    if (isFirst) last.requestsSent = reader.requestsSent - 1;
    const pages = reader.pages - last.pages;
    if (pages < PAGES_BEFORE_CUT) continue;
    const toMs = reader.left.to.getTime();
    // Pages that cost no request are cut out of something that was read as a whole.
    const areRequests = reader.requestsSent - last.requestsSent >= pages;
    if (areRequests) leaveToOthers(run, reader, { pages, coveredMs: last.toMs - toMs });
    last = { pages: reader.pages, toMs, requestsSent: reader.requestsSent };
  }
}

function note(run: Run, reader: Reader, covered: Window | undefined): void {
  if (!covered) return;
  run.covered.push(covered);
  const { from, to } = reader.left;
  reader.left = windowOf(from.getTime(), Math.min(to.getTime(), Math.max(from.getTime(), covered.from.getTime())));
}

/** Keeps the newest slice of what is left, with the listing that is open, and has the others read side by side. */
function leaveToOthers(run: Run, reader: Reader, pace: { pages: number; coveredMs: number }): void {
  if (!run.mayCut) return;
  const slices = Math.min(slicesFor(run.provider.spareRequests), run.lanes.free + 1);
  const [own, ...others] = cutRest(reader.left, pace, { slices, pages: run.mostPages - run.pages });
  if (!own) return;
  const oldest = others.at(-1);
  for (const window of others) {
    const isPreceded = window !== oldest || reader.isPreceded || window.from > reader.left.from;
    const slice = { ...readerOf({ window, isFollowed: true }), isPreceded, isSlice: true };
    reader.slices.push(failureOf(run.lanes.run(() => readSlice(run, slice))));
  }
  reader.left = own;
  reader.isPreceded = true;
  reader.isSlice = true;
}

/** Nothing of a page lies in the window, or near its end: it was made for another one. */
function isBeyond(invocations: readonly Invocation[], { to }: Window): boolean {
  const beyondMs = to.getTime() + BEYOND_MS;
  return invocations.length > 0 && invocations.every((row) => occurredAt(row).getTime() > beyondMs);
}

function isOver({ pages, mostPages, covered, spannedMs }: Run): boolean {
  return pages >= mostPages && covered.length > 0 && spannedMs >= SHORTEST_TURN_MS;
}

/** How long the time is that the rows of a page fill, in milliseconds: how dense they are, whatever is empty around them. */
function spanOf(invocations: readonly Invocation[]): number {
  const times = invocations.map((row) => occurredAt(row).getTime());
  return times.length === 0 ? 0 : Math.max(...times) - Math.min(...times);
}

function failureOf(work: Promise<void>): Promise<Failure | undefined> {
  return work.then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
}
