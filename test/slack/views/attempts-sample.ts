import { type AttemptsReport, attemptsMessage } from "../../../src/slack/views/attempts.ts";
import type { Attempt } from "../../../src/triage/model.ts";
import { readBlocks } from "./read.ts";
import { attempt, listed, NOW } from "./sample.ts";

/** Histories of attempts, and how a person reads them. */

export const REF = { provider: "zendesk", webhookId: "01WEB", id: "01INV" };

export function message(changes: Partial<AttemptsReport>) {
  return attemptsMessage({
    ref: REF,
    listed: listed(),
    attempts: [attempt()],
    readAt: NOW,
    detail: "bodies",
    ...changes,
  });
}

export function read(changes: Partial<AttemptsReport>): string {
  return readBlocks(message(changes).blocks);
}

/** Three attempts, a minute and two minutes apart, the first answered otherwise. */
export const THREE = [
  attempt({ statusCode: 500, response: { headers: [], body: "stack", truncated: false } }),
  attempt({ index: 1, startedAt: new Date("2026-11-21T05:31:00Z") }),
  attempt({ index: 2, startedAt: new Date("2026-11-21T05:33:00Z"), errorMessage: "connection reset", maskedCount: 2 }),
];

/** So many attempts of ConductorOne, 10 s apart, the last one with the reason. */
export function timeline(count: number): Attempt[] {
  const startMs = Date.parse("2026-11-21T05:00:00Z");
  return Array.from({ length: count }, (_, index) =>
    attempt({
      index,
      status: index === count - 1 ? "WEBHOOK_STATE_FATAL_ERROR" : "WEBHOOK_STATE_ERROR",
      statusCode: undefined,
      response: undefined,
      durationMs: undefined,
      startedAt: new Date(startMs + index * 10_000),
      ...(index === count - 1 ? { errorMessage: "unexpected status code 503" } : {}),
    }),
  );
}

export const OF_CONDUCTORONE = { ref: { ...REF, provider: "conductorone" }, detail: "timeline" } as const;
