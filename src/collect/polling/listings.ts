import type { InvocationPage, Provider } from "../../providers/provider.ts";
import type { Store } from "../../store/database.ts";
import { type PageNews, saveInvocationPage } from "../../store/invocations.ts";
import { recordProviderSuccess } from "../../store/provider-states.ts";
import type { Window } from "../../triage/window.ts";
import type { OneAtATime } from "../one-at-a-time.ts";

/** How far a part was read in one turn. */
export interface Turn extends PageNews {
  pages: number;
  /** `goes_on`: the next turn has more. `unproven`: it came to its end, and something of the part is not collected. */
  state: "done" | "goes_on" | "unproven";
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
   * left off at the part's end. Once all of the part is proven, `mostPages` holds no more while the overlap before it has news: that is where late
   * rows are. Throws the provider's errors.
   */
  readOn(webhookId: string, part: Window, mostPages: number, signal: AbortSignal): Promise<Turn>;
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
  controller: AbortController;
}

export function createListings({ store, provider, turns, now }: ListingsParts): Listings {
  const open = new Map<string, Set<Listing>>();

  function listingOf(webhookId: string, part: Window): Listing {
    const listings = open.get(webhookId) ?? new Set();
    open.set(webhookId, listings);
    for (const listing of listings) {
      if (listing.toMs === part.to.getTime()) return listing;
    }
    const controller = new AbortController();
    const pages = provider.listInvocations({ webhookId, window: part }, controller.signal)[Symbol.asyncIterator]();
    const listing = { pages, part, toMs: part.to.getTime(), controller };
    listings.add(listing);
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
    if (covered) listing.toMs = Math.min(listing.toMs, covered.from.getTime());
    return news;
  }

  return {
    async readOn(webhookId, part, mostPages, signal) {
      const listing = listingOf(webhookId, part);
      const turn: Turn = { pages: 0, written: 0, notSucceeded: 0, state: "goes_on" };
      try {
        for (let isNews = true; turn.pages < mostPages || (isNews && isProven(listing)); ) {
          // A page at a time: a person who asks for the same webhook waits no longer than that.
          const page = await turns.run(`${provider.id} ${webhookId}`, signal, () => readPage(webhookId, listing));
          if (page === undefined) {
            turn.state = isProven(listing) ? "done" : "unproven";
            break;
          }
          isNews = page.written > 0;
          turn.pages += 1;
          turn.written += page.written;
          turn.notSucceeded += page.notSucceeded;
        }
      } catch (error) {
        drop(webhookId, listing);
        throw error;
      }
      if (turn.state === "goes_on" && isProven(listing)) turn.state = "done";
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
