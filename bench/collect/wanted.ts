import type { Reading } from "./contest.ts";
import { type Result, requestsOf } from "./report.ts";

const WEBHOOKS_A_PAGE = 100;

/** The figures to reach, each with what was reached and whether that will do. */
export function wantedOf(results: readonly Result[]): string[] {
  return results.flatMap((result) => {
    const collected = result.readings.at(-1)?.reading;
    const read = result.readings[0]?.reading;
    if (!collected || !read) return [];
    switch (result.name) {
      case "triage":
        return [...sampling(read, collected), ...later(result, collected)];
      case "quiet":
        return later(result, collected);
      case "triage-unlimited":
      case "flood-unlimited":
        return speed(result, read, collected);
      default:
        return [];
    }
  });
}

function sampling(read: Reading, { requests, marks }: Reading): string[] {
  const sent = requestsOf(requests);
  const share = sent / requestsOf(read.requests);
  const found = marks.causesFound / marks.causes;
  return [
    told("triage: at most 1/10 of the requests that reading all takes", `1/${(1 / share).toFixed(1)}`, share <= 0.1),
    told("triage: at least 95 % of the causes found", `${(found * 100).toFixed(0)} %`, found >= 0.95),
    told("triage: counts within 10 %", `off by ${(marks.countsOff * 100).toFixed(1)} %`, marks.countsOff <= 0.1),
  ];
}

function later({ name }: Result, { later: poll }: Reading): string[] {
  if (!poll) return [];
  const { due, requests } = poll;
  const reads = requests.lists - Math.ceil(due / WEBHOOKS_A_PAGE);
  return [
    told(`${name}: later, one request for each webhook due and new evidence`, `${reads} for ${due}`, reads <= due),
  ];
}

function speed({ name }: Result, read: Reading, collected: Reading): string[] {
  const faster = read.completeMs / collected.completeMs;
  return [told(`${name}: at least 8 times faster than a loop`, `${faster.toFixed(1)} times`, faster >= 8)];
}

function told(wanted: string, reached: string, isReached: boolean): string {
  return `wanted: ${wanted}: ${reached}: ${isReached ? "yes" : "NO"}`;
}
