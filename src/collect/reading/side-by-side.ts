import { NotFoundError, ProviderError } from "../../providers/errors.ts";
import { countOutcomes } from "../../store/invocations.ts";
import { listWebhooks, type StoredWebhook } from "../../store/webhooks.ts";
import { partsToRead } from "../../triage/coverage.ts";
import { matchesWebhook } from "../../triage/match.ts";
import { intersect, type Window, windowOf } from "../../triage/window.ts";
import { isKept } from "../freshness.ts";
import type { OneAtATime } from "../one-at-a-time.ts";
import { createLanes } from "./lanes.ts";
import { inOrderOfNews, LATELY_MS, type Ordered } from "./news-first.ts";
import { faultOf, type ProviderFault, type Reading, readUnsettled, readWebhook, readWebhookList } from "./reading.ts";
import { PAGES_BEFORE_CUT } from "./slices.ts";

/** Readings of one provider side by side, where requests are what costs. */
const READS_AT_ONCE = 6;
/** The same where the budget has room for all that is to be read. */
const MOST_READS_AT_ONCE = 16;
/** Under a budget without room for all, of one webhook at first: its newest. Each further turn has twice as many. */
const PAGES_OF_FIRST_TURN = 1;

/** For a list that is to be read again even if it was read at this very moment. */
const HOWEVER_FRESH = -1;

/** The reading of one provider's webhooks for one question. */
export interface SideBySide {
  /**
   * Reads those that the question is about and whose log is there still, in the order of their news. Where the budget has no room for all, the
   * newest of each comes before what is older of any. `collected`: what was collected of them before.
   */
  read(webhooks: readonly StoredWebhook[], collected: ReadonlyMap<string, Window[]>): Promise<ProviderFault[]>;
  /** Whether anything was asked for. */
  readonly hasRead: boolean;
}

export function sideBySide(reading: Reading, turns: OneAtATime, signal: AbortSignal): SideBySide {
  const { store, provider, request, limits, now } = reading;
  const progress = { provider: provider.id, read: 0, of: 0 };
  let stillListed: Promise<Set<string>> | undefined;

  function tell(): void {
    request.onProgress?.({ ...progress });
  }

  /** The webhooks of a list that is read anew, once for the question. */
  function listAgain(): Promise<Set<string>> {
    stillListed ??= turns.run(provider.id, signal, async () => {
      await readWebhookList({ ...reading, request: { now: now(), maxAgeMs: HOWEVER_FRESH } }, signal);
      const listed = await listWebhooks(store.db, { providers: [provider.id] });
      return new Set(listed.filter(({ deletedAt }) => !deletedAt).map(({ id }) => id));
    });
    return stillListed;
  }

  /** What was deleted after it was listed has failed nobody: what was collected of it stays. */
  async function isGone(webhook: StoredWebhook, error: unknown): Promise<boolean> {
    if (!(error instanceof NotFoundError) || webhook.deletedAt) return false;
    try {
      return !(await listAgain()).has(webhook.id);
    } catch (failed) {
      if (signal.aborted || failed instanceof ProviderError) return false;
      throw failed;
    }
  }

  /** For so many that wait, as far as can be told before they are read. */
  function hasRoomFor(webhooks: number): boolean {
    return provider.capabilities.isSharedRead === true || provider.spareRequests >= webhooks * PAGES_BEFORE_CUT;
  }

  async function inOrder(missing: Missing[]): Promise<Missing[]> {
    if (missing.length <= READS_AT_ONCE && hasRoomFor(missing.length)) return missing;
    const nowMs = request.now.getTime();
    const lately = await countOutcomes(store.db, windowOf(nowMs - LATELY_MS, nowMs), request.now);
    return inOrderOfNews(
      missing,
      lately.filter((counts) => counts.provider === provider.id),
    );
  }

  function missingOf(webhook: StoredWebhook, window: Window, collected: readonly Window[]): Missing[] {
    if (partsToRead(window, collected, limits).length === 0) return [];
    const isUnread = collected.every((part) => intersect(part, window) === undefined);
    return [{ id: webhook.id, active: webhook.active, isUnread, webhook, window, mostPages: PAGES_OF_FIRST_TURN }];
  }

  /** Who has had a turn, and has more, goes to the end of the line. */
  async function readInTurns(line: Missing[]): Promise<ProviderFault[]> {
    const hasRoom = provider.spareRequests >= Math.max(line.length, MOST_READS_AT_ONCE);
    const concurrency = hasRoom ? MOST_READS_AT_ONCE : READS_AT_ONCE;
    const lanes = createLanes(concurrency);
    const faults: ProviderFault[] = [];
    let isOver = false;

    async function readTurn(next: Missing): Promise<void> {
      const { webhook, window } = next;
      const mostPages = hasRoomFor(line.length) ? Number.POSITIVE_INFINITY : next.mostPages;
      try {
        const hasMore = await readWebhook(reading, webhook, window, turns, signal, { lanes, mostPages });
        if (hasMore) {
          line.push({ ...next, mostPages: 2 * next.mostPages });
          return;
        }
      } catch (error) {
        if (!(await isGone(webhook, error))) {
          const fault = await faultOf(reading, webhook.id, error, signal);
          isOver ||= fault.isFinal;
          faults.push(fault);
          return;
        }
      }
      progress.read += 1;
      tell();
    }

    async function work(): Promise<void> {
      try {
        for (let next = line.shift(); next && !isOver; next = line.shift()) await readTurn(next);
      } catch (error) {
        isOver = true;
        throw error;
      }
    }

    await Promise.all(Array.from({ length: Math.min(concurrency, line.length) }, work));
    return faults;
  }

  return {
    get hasRead() {
      return progress.of > 0;
    },
    async read(webhooks, collected) {
      const asked = webhooks.filter(
        (webhook) => isKept(provider, webhook, limits) && matchesWebhook(request.query, webhook),
      );
      if (asked.length === 0) return [];
      const { from, to } = request.query.window;
      const unsettledUntil = await readUnsettled(reading);
      const missing = asked.flatMap((webhook) => {
        const window = windowOf(from.getTime(), Math.max(to.getTime(), unsettledUntil.get(webhook.id)?.getTime() ?? 0));
        return missingOf(webhook, window, collected.get(webhook.id) ?? []);
      });
      if (missing.length === 0) return [];
      progress.of += missing.length;
      tell();
      return readInTurns(await inOrder(missing));
    },
  };
}

/** A webhook with a window of which something is to be read. */
interface Missing extends Ordered {
  webhook: StoredWebhook;
  window: Window;
  /** In its next turn. */
  mostPages: number;
}
