import pMap from "p-map";
import type { Provider } from "../../providers/provider.ts";
import { savePolls } from "../../store/polls.ts";
import { intersect, type Window, windowOf } from "../../triage/window.ts";
import type { Collector } from "../collector.ts";
import type { Caught } from "./caught.ts";
import type { Listings, Turn } from "./listings.ts";
import { sharedPart } from "./next-step.ts";
import type { Outlook } from "./outlook.ts";
import type { PollCost } from "./poll-cost.ts";

/** A missing part of a webhook. */
export interface MissingPart {
  webhook: Outlook;
  part: Window;
}

/** What came of a step. */
export interface Read {
  /** Webhooks that were asked for. */
  webhooks: number;
  /** Something that did not succeed was not known before; false also where nobody can tell. */
  hasNews: boolean;
  /** Parts that were read to their end and are not proven all the same. */
  unproven: MissingPart[];
  /** Set where the account failed as a whole: asking for more is no use now. */
  fault?: Caught;
}

/** How the webhooks of an account are read while nobody waits. None of these throws what is the provider's. */
export interface BackgroundReads {
  /** What is newer than the watermarks, up to `at`. */
  poll(webhooks: readonly Outlook[], at: Date, signal: AbortSignal): Promise<Read>;
  backfill(parts: readonly MissingPart[], at: Date, signal: AbortSignal): Promise<Read>;
}

export interface ReadsParts {
  collector: Collector;
  provider: Provider;
  listings: Listings;
  retainedFrom: (at: Date) => Date;
  /** Turns what was thrown into a fault, and remembers it. Throws what is not the provider's. */
  caughtBy: (webhookId: string | null, error: unknown, signal: AbortSignal) => Promise<Caught>;
  /** Whether this step has had its time. */
  isOver: () => boolean;
  cost: PollCost;
}

/** Of one webhook in one turn: others wait. Each has a hundred rows at Zendesk. */
const PAGES_A_TURN = 5;
/** In the background nobody is in a hurry. */
const READS_AT_ONCE = 4;

/** Webhook by webhook, each a few pages at a time. */
export function separateReads(parts: ReadsParts): BackgroundReads {
  const { collector, provider, listings, retainedFrom, caughtBy, isOver, cost } = parts;
  const limits = { mostPages: PAGES_A_TURN, isOver };

  async function readAll(
    wanted: readonly MissingPart[],
    at: Date,
    signal: AbortSignal,
    onTurn?: (webhook: Outlook, turn: Turn) => void,
  ): Promise<Read> {
    const read: Read = { webhooks: 0, hasNews: false, unproven: [] };
    await pMap(
      wanted,
      async ({ webhook, part }) => {
        if (read.fault || signal.aborted || isOver()) return;
        read.webhooks += 1;
        const { db } = collector.store;
        const tried = { webhookIds: [webhook.id], polledAt: at };
        try {
          const turn = await listings.readOn(webhook.id, part, limits, signal);
          onTurn?.(webhook, turn);
          if (turn.notSucceeded > 0) read.hasNews = true;
          if (turn.state === "unproven") read.unproven.push({ webhook, part });
          await savePolls(db, provider.id, { ...tried, failed: false });
        } catch (error) {
          // What we ended ourselves is no fault of the provider's.
          if (signal.aborted) return;
          const caught = await caughtBy(webhook.id, error, signal);
          if (caught.isOfAll) read.fault ??= caught;
          else await savePolls(db, provider.id, { ...tried, failed: true });
        }
      },
      { concurrency: READS_AT_ONCE },
    );
    return read;
  }

  return {
    poll(webhooks, at, signal) {
      const newer = webhooks.map((webhook) => ({
        webhook,
        part: { from: webhook.watermark ?? retainedFrom(at), to: at },
      }));
      return readAll(newer, at, signal, ({ watermark }, { pages }) => {
        // The first reading of a webhook is no measure of the next ones.
        if (watermark) cost.note(pages);
      });
    },
    backfill: (wanted, at, signal) => readAll(wanted, at, signal),
  };
}

/** No more than this in one turn, and this much where nothing was read before. Milliseconds. */
const SHARED_PART_MS = 24 * 60 * 60_000;
/** What is older than this is in no hurry: it is read in parts as long as this. Milliseconds. */
const SHARED_OLD_MS = 7 * SHARED_PART_MS;
/** A list of webhooks, or an end of coverage, of a moment ago will do. Milliseconds. */
const SHARED_MAX_AGE_MS = 30_000;

/** All webhooks of the account over one window, as a question reads them. */
export function sharedReads({ collector, provider, caughtBy }: ReadsParts): BackgroundReads {
  const { db } = collector.store;

  /** `failing`: the webhooks that failed by themselves. */
  async function readAll(
    window: Window,
    at: Date,
    signal: AbortSignal,
  ): Promise<{ failing: string[]; fault?: Caught }> {
    const query = { words: [], terms: [{ key: "provider" as const, value: provider.id, negated: false }], window };
    try {
      const { faults } = await collector.freshen({ query, now: at, maxAgeMs: SHARED_MAX_AGE_MS }, signal);
      const fault = faults.find(({ isFinal, webhookId }) => isFinal || webhookId === null);
      const failing = faults.flatMap(({ webhookId }) => webhookId ?? []);
      return { failing, ...(fault && { fault: { isOfAll: true, reason: fault.reason } }) };
    } catch (error) {
      return { failing: [], fault: await caughtBy(null, error, signal) };
    }
  }

  async function note(webhooks: readonly Outlook[], polledAt: Date, failing: readonly string[]): Promise<void> {
    const [failed, well] = [true, false].map((isFailing) =>
      webhooks.map(({ id }) => id).filter((id) => failing.includes(id) === isFailing),
    );
    await savePolls(db, provider.id, { webhookIds: failed ?? [], polledAt, failed: true });
    await savePolls(db, provider.id, { webhookIds: well ?? [], polledAt, failed: false });
  }

  return {
    async poll(webhooks, at, signal) {
      const oldestMs = Math.min(
        ...webhooks.map(({ watermark }) => watermark?.getTime() ?? at.getTime() - SHARED_PART_MS),
      );
      const { failing, fault } = await readAll(windowOf(oldestMs, at.getTime()), at, signal);
      if (!fault && !signal.aborted) await note(webhooks, at, failing);
      return { webhooks: webhooks.length, hasNews: false, unproven: [], ...(fault && { fault }) };
    },
    async backfill(parts, at, signal) {
      const isOld = parts.every(({ part }) => at.getTime() - part.to.getTime() >= SHARED_OLD_MS);
      const window = sharedPart(parts, isOld ? SHARED_OLD_MS : SHARED_PART_MS);
      if (!window) return { webhooks: 0, hasNews: false, unproven: [] };
      const { failing, fault } = await readAll(window, at, signal);
      const read = { webhooks: parts.length, hasNews: false };
      // What was not read is asked for again when the account answers.
      if (fault || signal.aborted) return { ...read, unproven: [], ...(fault && { fault }) };
      const webhooks = parts.map(({ webhook }) => webhook);
      await note(
        webhooks.filter(({ id }) => failing.includes(id)),
        at,
        failing,
      );
      // One that was read is another part by now: it ends earlier.
      const unproven = parts.filter(
        ({ webhook, part }) => !failing.includes(webhook.id) && intersect(part, window) !== undefined,
      );
      return { ...read, unproven };
    },
  };
}
