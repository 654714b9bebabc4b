import pMap from "p-map";
import { ProviderError } from "../../src/providers/errors.ts";
import { createZendeskClient, type InvocationParams, LARGEST_PAGE } from "../../src/providers/zendesk/client.ts";
import { decodeInvocation } from "../../src/providers/zendesk/decode.ts";
import { type Account, type Reading, takeNotes } from "./contest.ts";
import { judge } from "./marks.ts";

const WEBHOOKS_AT_ONCE = 6;
const NEVER_ABORTED = new AbortController().signal;
/** The client has given up by then, and the loop has not. */
const LAST_RESORT_MS = 1_000;

/** Reads everything with the bot's client and its retries: six webhooks side by side, of each one page and one invocation after the other. */
export async function readWithClient(account: Account): Promise<Reading> {
  const { time, line, settings, window, truth } = account;
  if (!settings.zendesk) throw new Error("There is no Zendesk to ask.");
  const client = createZendeskClient(settings.zendesk, { clock: time });
  const notes = takeNotes(account);
  const options = { signal: NEVER_ABORTED };

  /** `undefined` where there is no such thing any more. */
  async function insist<Result>(ask: () => Promise<Result>): Promise<Result | undefined> {
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error;
        if (error.kind === "not_found") return undefined;
        const waitMs = (error.retryAt?.getTime() ?? 0) - time.now().getTime();
        await time.wait(Math.max(waitMs, LAST_RESORT_MS), NEVER_ABORTED);
      }
    }
  }

  async function readWebhook(webhookId: string): Promise<void> {
    const seen = new Set<string>();
    const params: InvocationParams = { page: { size: LARGEST_PAGE } };
    for (;;) {
      const page = await insist(() => client.listInvocations(webhookId, params, options));
      for (const row of page?.rows ?? []) {
        const invocation = decodeInvocation(row, webhookId, undefined);
        if (!invocation || seen.has(invocation.id)) continue;
        seen.add(invocation.id);
        if (invocation.outcome === "succeeded") continue;
        const attempts = await insist(() => client.listAttempts(webhookId, invocation.id, options));
        if (attempts) notes.read(invocation.id);
      }
      if (!page?.hasMore) return;
      params.page = { size: LARGEST_PAGE, after: page.afterCursor };
    }
  }

  const webhookIds: string[] = [];
  for await (const { rows } of client.webhookPages({ page: { size: LARGEST_PAGE } }, options)) {
    webhookIds.push(...rows.map(({ id }) => id));
  }
  await pMap(webhookIds, readWebhook, { concurrency: WEBHOOKS_AT_ONCE });
  const completeMs = time.now().getTime() - window.to.getTime();
  return { requests: { ...line.counts }, marks: judge(truth, notes.told()), usefulMs: notes.usefulMs, completeMs };
}
