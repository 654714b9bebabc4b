import type { Collector } from "../../../src/collect/collector.ts";
import { createCollector } from "../../../src/collect/collector.ts";
import { type Collection, createCollection } from "../../../src/collect/polling/collection.ts";
import { createLog } from "../../../src/ops/log.ts";
import type { Desk } from "../desk.ts";

export const MINUTE_MS = 60_000;

export const SILENT = createLog({ level: "silent", secrets: [] });

/** The collection of the only account. */
export function collectionOf(collector: Collector, keptDays = 30): Collection {
  const [provider] = collector.providers;
  if (!provider) throw new Error("no provider");
  return createCollection({ collector, provider, keptDays, log: SILENT });
}

/** That of another process on the same store. */
export function replicaOf({ collector: { store, providers }, now }: Desk): Collector {
  return createCollector({ store, providers, now, log: SILENT });
}

/** What was asked since. */
export function askedSince({ zendesk }: Desk, mark: number) {
  const paths = zendesk.requests.slice(mark).map(({ path }) => path.replace(/\?.*/s, ""));
  return {
    lists: paths.filter((path) => path.endsWith("/webhooks")).length,
    pages: paths.filter((path) => path.endsWith("/invocations")),
    attempts: paths.filter((path) => path.endsWith("/attempts")).length,
  };
}
