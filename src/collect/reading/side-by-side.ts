import pMap from "p-map";
import { NotFoundError, ProviderError } from "../../providers/errors.ts";
import { countOutcomes } from "../../store/invocations.ts";
import { listWebhooks, type StoredWebhook } from "../../store/webhooks.ts";
import { partsToRead } from "../../triage/coverage.ts";
import { matchesWebhook } from "../../triage/match.ts";
import { type Window, windowOf } from "../../triage/window.ts";
import { isKept } from "../freshness.ts";
import type { OneAtATime } from "../one-at-a-time.ts";
import { createLanes } from "./lanes.ts";
import { inOrderOfNews, LATELY_MS } from "./news-first.ts";
import { faultOf, type ProviderFault, type Reading, readUnsettled, readWebhook, readWebhookList } from "./reading.ts";

/** Readings of one provider side by side, where requests are what costs. */
const READS_AT_ONCE = 6;
/** The same where the budget has room for all that is to be read. */
const MOST_READS_AT_ONCE = 16;

/** For a list that is to be read again even if it was read at this very moment. */
const HOWEVER_FRESH = -1;

/** The reading of one provider's webhooks for one question. */
export interface SideBySide {
  /**
   * Reads those that the question is about and whose log is there still, in the order of their news. `collected`: what was collected
   * of them before.
   */
  read(webhooks: readonly StoredWebhook[], collected: ReadonlyMap<string, Window[]>): Promise<ProviderFault[]>;
  /** Whether anything was asked for. */
  readonly hasRead: boolean;
}

export function sideBySide(reading: Reading, turns: OneAtATime, signal: AbortSignal): SideBySide {
  const { store, provider, request, limits } = reading;
  const progress = { provider: provider.id, read: 0, of: 0 };
  let stillListed: Promise<Set<string>> | undefined;

  function tell(): void {
    request.onProgress?.({ ...progress });
  }

  /** The webhooks of a list that is read anew, once for the question. */
  function listAgain(): Promise<Set<string>> {
    stillListed ??= turns.run(provider.id, signal, async () => {
      await readWebhookList({ ...reading, request: { ...request, maxAgeMs: HOWEVER_FRESH } }, signal);
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

  async function inOrder(missing: Missing[]): Promise<Missing[]> {
    if (missing.length <= READS_AT_ONCE) return missing;
    const nowMs = request.now.getTime();
    const lately = await countOutcomes(store.db, windowOf(nowMs - LATELY_MS, nowMs), request.now);
    const ofProvider = lately.filter((counts) => counts.provider === provider.id);
    const windows = new Map(missing.map(({ webhook, window }) => [webhook.id, window]));
    return inOrderOfNews(
      missing.map(({ webhook }) => webhook),
      ofProvider,
    ).flatMap((webhook) => {
      const window = windows.get(webhook.id);
      return window ? [{ webhook, window }] : [];
    });
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
      const missing = asked.flatMap((webhook): Missing[] => {
        const window = windowOf(from.getTime(), Math.max(to.getTime(), unsettledUntil.get(webhook.id)?.getTime() ?? 0));
        return partsToRead(window, collected.get(webhook.id) ?? [], limits).length > 0 ? [{ webhook, window }] : [];
      });
      if (missing.length === 0) return [];
      progress.of += missing.length;
      tell();
      const hasRoom = provider.spareRequests >= Math.max(missing.length, MOST_READS_AT_ONCE);
      const concurrency = hasRoom ? MOST_READS_AT_ONCE : READS_AT_ONCE;
      const lanes = createLanes(concurrency);
      const faults: ProviderFault[] = [];
      let isOver = false;
      await pMap(
        await inOrder(missing),
        async ({ webhook, window }) => {
          if (isOver) return;
          try {
            await readWebhook(reading, webhook, window, turns, signal, { lanes });
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
        },
        { concurrency },
      );
      return faults;
    },
  };
}

/** A webhook with a window of which something is to be read. */
interface Missing {
  webhook: StoredWebhook;
  window: Window;
}
