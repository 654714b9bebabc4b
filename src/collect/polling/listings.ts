import type { InvocationPage, Provider } from "../../providers/provider.ts";
import type { Store } from "../../store/database.ts";
import { type PageNews, saveInvocationPage } from "../../store/invocations.ts";
import { recordProviderSuccess } from "../../store/provider-states.ts";
import { occurredAt } from "../../triage/model.ts";
import { type Window, windowOf } from "../../triage/window.ts";
import type { OneAtATime } from "../one-at-a-time.ts";
import { isExpiry } from "../reading/expiry.ts";

/** How far a part was read in one turn. */
export interface Turn extends PageNews {
  pages: number;
  /** `goes_on`: the next turn has more. `unproven`: it came to its end, and something of the part is not collected. */
  state: "done" | "goes_on" | "unproven";
}

export interface TurnLimits {
  mostPages: number;
  /** Whether no further page is to be asked for, after the first. */
  isOver: () => boolean;
}

export interface ListingsParts {
  store: Store;
  provider: Provider;
  turns: OneAtATime;
  now: () => Date;
}

/**
 * Lists that are read a few pages at a time and stay open between two turns. To begin such a list anew costs the pages of its margin again,
 * and where a margin holds more than a turn does, that would never come to an end.
 */
export interface Listings {
  /**
   * Reads on in a part of a webhook that is not collected, newest first, and keeps each page as it comes. Goes on from the last turn where that
   * left off at the part's end, with a new listing where that one has expired. Once all of the part is proven, no further page is read, unless the
   * overlap before it has news: that is where late rows are. Throws the provider's errors.
   */
  readOn(webhookId: string, part: Window, limits: TurnLimits, signal: AbortSignal): Promise<Turn>;
  /** The end of what is still to be read of the newest that is open; `undefined` where none is. */
  openUntil(webhookId: string): Date | undefined;
  /** Drops those that nothing is missing of at their place any more: somebody else has read on there. */
  keepOnly(missingOf: (webhookId: string) => readonly Window[]): Promise<void>;
  /** Ends all of them, those as well that wait for an answer. */
  close(reason: unknown): Promise<void>;
}

interface Listing {
  pages: AsyncIterator<InvocationPage>;
  part: Window;
  /** What lies before it in the part is not collected yet. */
  toMs: number;
  /** The oldest row so far. */
  reachedMs: number;
  pagesRead: number;
  controller: AbortController;
}

/** Lists are late by seconds: so much before a part is looked at, also where nothing late was found yet. Milliseconds. */
const LATE_MS = 60_000;

export function createListings({ store, provider, turns, now }: ListingsParts): Listings {
  const open = new Map<string, Set<Listing>>();

  function listingOf(webhookId: string, part: Window): Listing {
    for (const listing of open.get(webhookId) ?? []) {
      if (listing.toMs === part.to.getTime()) return listing;
    }
    return begin(webhookId, part, false);
  }

  function begin(webhookId: string, part: Window, isFollowed: boolean): Listing {
    const controller = new AbortController();
    const query = { webhookId, window: part, isFollowed };
    const pages = provider.listInvocations(query, controller.signal)[Symbol.asyncIterator]();
    const toMs = part.to.getTime();
    const listing = { pages, part, toMs, reachedMs: Number.POSITIVE_INFINITY, pagesRead: 0, controller };
    const listings = open.get(webhookId) ?? new Set();
    open.set(webhookId, listings.add(listing));
    return listing;
  }

  function drop(webhookId: string, listing: Listing): void {
    const listings = open.get(webhookId);
    listings?.delete(listing);
    if (listings?.size === 0) open.delete(webhookId);
  }

  async function end(webhookId: string, listing: Listing): Promise<void> {
    drop(webhookId, listing);
    await listing.pages.return?.();
  }

  async function readPage(webhookId: string, listing: Listing): Promise<PageNews | undefined> {
    const { done, value } = await listing.pages.next();
    if (done) return undefined;
    const { invocations, covered } = value;
    const news = await saveInvocationPage(store.db, { provider: provider.id, webhookId, invocations, covered });
    listing.pagesRead += 1;
    if (covered) listing.toMs = Math.min(listing.toMs, covered.from.getTime());
    for (const invocation of invocations)
      listing.reachedMs = Math.min(listing.reachedMs, occurredAt(invocation).getTime());
    return news;
  }

  /** A new one of the rest in place of one that broke off; `undefined` where it would come no further. */
  function beginRest(webhookId: string, broken: Listing): Listing | undefined {
    const { part, toMs, pagesRead } = broken;
    if (pagesRead === 0 || toMs >= part.to.getTime()) return undefined;
    return begin(webhookId, windowOf(part.from.getTime(), toMs), true);
  }

  return {
    async readOn(webhookId, part, { mostPages, isOver }, signal) {
      let listing = listingOf(webhookId, part);
      const turn: Turn = { pages: 0, written: 0, notSucceeded: 0, state: "goes_on" };
      const hasRoom = () => turn.pages === 0 || (turn.pages < mostPages && !isOver());
      while (turn.state === "goes_on" && (isProven(listing) || hasRoom())) {
        try {
          const current = listing;
          // A page at a time: a person who asks for the same webhook waits no longer than that.
          const page = await turns.run(`${provider.id} ${webhookId}`, signal, () => readPage(webhookId, current));
          if (page) add(turn, page);
          if (isProven(listing) && !(page && mayHaveLate(listing, page))) turn.state = "done";
          else if (!page) turn.state = "unproven";
        } catch (error) {
          drop(webhookId, listing);
          if (!isExpiry(error)) throw error;
          const rest = isProven(listing) ? undefined : beginRest(webhookId, listing);
          if (rest) listing = rest;
          else if (isProven(listing)) turn.state = "done";
          else throw error;
        }
      }
      if (turn.state !== "goes_on") await end(webhookId, listing);
      if (turn.pages > 0) await recordProviderSuccess(store.db, provider.id, now(), provider.rateLimit);
      return turn;
    },
    openUntil(webhookId) {
      const ends = [...(open.get(webhookId) ?? [])].map(({ toMs }) => toMs);
      return ends.length > 0 ? new Date(Math.max(...ends)) : undefined;
    },
    async keepOnly(missingOf) {
      for (const [webhookId, listings] of open) {
        const ends = new Set(missingOf(webhookId).map(({ to }) => to.getTime()));
        for (const listing of listings) {
          if (!ends.has(listing.toMs)) await end(webhookId, listing);
        }
      }
    },
    async close(reason) {
      const listings = [...open.values()].flatMap((some) => [...some]);
      open.clear();
      for (const { controller } of listings) controller.abort(reason);
    },
  };
}

function isProven({ part, toMs }: Listing): boolean {
  return toMs <= part.from.getTime();
}

function add(turn: Turn, { written, notSucceeded }: PageNews): void {
  turn.pages += 1;
  turn.written += written;
  turn.notSucceeded += notSucceeded;
}

/** Whether the next page may have rows that were listed late: this one has some, or does not reach far enough to tell. */
function mayHaveLate({ part, reachedMs }: Listing, { oldestAt }: PageNews): boolean {
  if (oldestAt === undefined) return false;
  return oldestAt < part.from || reachedMs > part.from.getTime() - LATE_MS;
}
