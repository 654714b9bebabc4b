import { createBudgets } from "../../src/collect/budget/budgets.ts";
import { type Collector, createCollector } from "../../src/collect/collector.ts";
import { type Answered, askFailures } from "../../src/collect/questions.ts";
import { createLog } from "../../src/ops/log.ts";
import { createProviders, DEFINITIONS } from "../../src/providers/registry.ts";
import { openTemporaryStore } from "../../src/store/database.ts";
import type { FailuresAnswer, Issue } from "../../src/triage/issue.ts";
import { type Window, windowOf } from "../../src/triage/window.ts";
import type { Account, LaterPoll, Reading } from "./contest.ts";
import { judge, type Told } from "./marks.ts";

const MAX_AGE_MS = 30_000;
const LATER_MS = 15 * 60_000;
/** The question is asked again while something is unknown; where that does not help, it never will. */
const MOST_QUESTIONS = 50;
const BETWEEN_QUESTIONS_MS = 5_000;
const FIRST_LOOK_MS = 500;
/** Each look comes so much later than the one before: so far off is at most when an answer was first useful. */
const LOOKS_APART = 1.4;
const NEVER_ABORTED = new AbortController().signal;

/** One question with sampled evidence, asked until all is known, then once more after some minutes. */
export async function readWithCollector(account: Account): Promise<Reading> {
  const { time, line, settings, window, truth } = account;
  const log = createLog({ level: "silent", secrets: [] });
  const store = await openTemporaryStore();
  const budgets = createBudgets(Object.keys(DEFINITIONS), { store, clock: time, log });
  const providers = createProviders(settings, { ...time, log, budgets });
  const collector = createCollector({ store, providers, now: time.now, log });
  const looking = watch(account, collector);
  const answer = await askUntilComplete(account, collector);
  const completeMs = time.now().getTime() - window.to.getTime();
  const marks = judge(truth, toldBy(answer));
  const usefulMs = (await looking.end()) ?? (marks.known * 2 >= marks.failures ? completeMs : undefined);
  const requests = { ...line.counts };
  const later = await askLater(account, collector);
  for (const provider of providers) await provider.close?.();
  await store.close();
  return { requests, marks, usefulMs, completeMs, later };
}

async function askUntilComplete({ time, window }: Account, collector: Collector): Promise<FailuresAnswer> {
  for (let asked = 1; ; asked += 1) {
    const { answer } = await ask(collector, window, time.now(), NEVER_ABORTED);
    if (answer.coverage.every(({ state }) => state === "complete")) return answer;
    if (asked >= MOST_QUESTIONS) throw new Error(`Not complete after ${asked} questions: ${whyNot(answer)}`);
    await time.wait(BETWEEN_QUESTIONS_MS, NEVER_ABORTED);
  }
}

async function askLater({ time, line, window }: Account, collector: Collector): Promise<LaterPoll> {
  await time.wait(LATER_MS, NEVER_ABORTED);
  const before = { ...line.counts };
  const now = time.now();
  const lengthMs = window.to.getTime() - window.from.getTime();
  const { answer } = await ask(collector, windowOf(now.getTime() - lengthMs, now.getTime()), now, NEVER_ABORTED);
  const { lists, details, refused } = line.counts;
  return {
    due: answer.coverage.length,
    requests: {
      lists: lists - before.lists,
      details: details - before.details,
      refused: refused - before.refused,
    },
  };
}

/** Looks now and then at the answer that a question would get whose time is over, until it is useful. */
function watch({ time, truth, window }: Account, collector: Collector): { end(): Promise<number | undefined> } {
  const stop = new AbortController();
  const timeOver = AbortSignal.abort(new Error("Time is over."));

  async function look(): Promise<number | undefined> {
    for (let afterMs = FIRST_LOOK_MS; ; afterMs *= LOOKS_APART) {
      const untilMs = window.to.getTime() + afterMs;
      try {
        await time.wait(untilMs - time.now().getTime(), stop.signal);
      } catch (error) {
        if (stop.signal.aborted) return undefined;
        throw error;
      }
      const { answer } = await ask(collector, window, time.now(), timeOver);
      const { known, failures } = judge(truth, toldBy({ issues: answer.issues.filter(isExplained) }));
      if (known * 2 >= failures) return time.now().getTime() - window.to.getTime();
    }
  }

  const looked = look();
  return {
    end() {
      stop.abort(new Error("The answer is complete."));
      return looked;
    },
  };
}

function ask(collector: Collector, window: Window, now: Date, signal: AbortSignal): Promise<Answered<FailuresAnswer>> {
  const query = { words: [], terms: [], window };
  return askFailures(collector, { query, now, maxAgeMs: MAX_AGE_MS, evidence: "sample" }, signal);
}

function toldBy({ issues }: Pick<FailuresAnswer, "issues">): Told[] {
  return issues.map(({ webhook, count, invocations }) => ({
    webhookId: webhook.id,
    count,
    ids: invocations.map(({ id }) => id),
  }));
}

/** A status code alone is no cause. */
function isExplained({ readCount, cause }: Issue): boolean {
  return readCount > 0 || cause.sureness === "certain";
}

function whyNot({ coverage }: FailuresAnswer): string {
  const reasons = coverage.flatMap((part) => ("reason" in part && part.reason !== undefined ? [part.reason] : []));
  return [...new Set(reasons)].join(" ");
}
