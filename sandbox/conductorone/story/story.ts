import { fractionOf, mix, seedOf } from "../../provider/random.ts";
import { castOf } from "./cast.ts";
import { storyCause } from "./cause.ts";
import { type Execution, executionOf } from "./execution.ts";
import { type Run, runOf } from "./run.ts";
import { LONGEST_LEAD_MS, type NumberedTask, type Task, taskOf } from "./task.ts";
import type { Incident, StoryWebhook, Traffic } from "./webhook.ts";

/** What happens at a tenant. All of it follows from the seed, the instant it was made for, and the mishaps since. */
export interface Story {
  readonly seed: number;
  readonly webhooks: readonly Readonly<StoryWebhook>[];
  /** @throws RangeError when there is none of this id. */
  webhook(id: string): Readonly<StoryWebhook>;
  /** Those that there are at `nowMs`, oldest first. */
  tasks(nowMs: number): NumberedTask[];
  executions(nowMs: number): Execution[];
  /** All instances that there are at `nowMs`, of tasks, executions and tests, oldest first. */
  runs(nowMs: number): Run[];
  addIncident(webhookId: string, incident: Incident): void;
  addTraffic(webhookId: string, traffic: Omit<Traffic, "key">): void;
  /** Ends what goes wrong at `atMs`. */
  endTrouble(webhookId: string, atMs: number): void;
  addTest(webhookId: string, atMs: number): Run;
}

interface Happenings {
  untilMs: number;
  tasks: NumberedTask[];
  executions: Execution[];
}

/** @param busierBy how many times as many requests there are as usual. */
export function createStory(seed: number, madeAtMs: number, busierBy = 1): Story {
  const webhooks = castOf(seed, madeAtMs, busierBy);
  const provisioner = webhooks.findLast(({ use }) => use === "provisionStep");
  const tests: Run[] = [];
  let mishaps = 0;
  let known: Happenings | undefined;

  function webhookOf(id: string): StoryWebhook {
    const webhook = webhooks.find((candidate) => candidate.id === id);
    if (!webhook) throw new RangeError(`there is no webhook ${id}`);
    return webhook;
  }

  function happeningsUntil(nowMs: number): Happenings {
    if (known && known.untilMs >= nowMs) return known;
    const untilMs = nowMs + AHEAD_MS;
    const told = { untilMs, tasks: Array.of<Task>(), executions: Array.of<Execution>() };
    for (const webhook of webhooks) {
      for (const traffic of webhook.traffic) tell(webhook, traffic, told);
    }
    // What a mishap adds lies ahead, so that those who have a number keep it.
    const numbered = told.tasks
      .sort(byCreation)
      .map((task, position) => ({ ...task, numericId: String(FIRST_NUMBER + position) }));
    known = { untilMs, tasks: numbered, executions: told.executions.sort(byCreation) };
    return known;
  }

  function tell(webhook: StoryWebhook, traffic: Traffic, into: Omit<Happenings, "tasks"> & { tasks: Task[] }): void {
    const seriesSeed = seedOf(seed, webhook.id, traffic.key);
    for (const [arrivalMs, ownSeed] of arrivals(traffic, seriesSeed, into.untilMs + LONGEST_LEAD_MS)) {
      const fire = (fired: StoryWebhook, source: Run["source"], atMs: number, runSeed: number): Run => {
        const cause =
          fired === webhook && traffic.cause !== undefined ? traffic.cause : troubleAt(fired, atMs, runSeed);
        const parts = { webhook: fired, seed: runSeed, source, createdAtMs: atMs };
        return runOf(cause === undefined ? parts : { ...parts, cause: storyCause(cause) });
      };
      const begin = traffic.instants === "made" ? { madeAtMs: arrivalMs } : { firesAtMs: arrivalMs };
      if (webhook.use === "workflowStep") {
        into.executions.push(
          executionOf(webhook, ownSeed, begin, (source, atMs) => fire(webhook, source, atMs, mix(ownSeed, 4))),
        );
      } else {
        into.tasks.push(taskOf({ webhook, seed: ownSeed, begin, fire, ...(provisioner && { provisioner }) }));
      }
    }
  }

  function changed(): void {
    known = undefined;
    mishaps += 1;
  }

  const isSeen = (nowMs: number) => (one: { createdAtMs: number }) => one.createdAtMs <= nowMs;
  const tasks = (nowMs: number) => happeningsUntil(nowMs).tasks.filter(isSeen(nowMs));
  const executions = (nowMs: number) => happeningsUntil(nowMs).executions.filter(isSeen(nowMs));

  return {
    seed,
    webhooks,
    webhook: webhookOf,
    tasks,
    executions,
    runs(nowMs) {
      const runs = [...tasks(nowMs).flatMap(runsOf), ...executions(nowMs).map(({ run }) => run), ...tests];
      return runs.filter(isSeen(nowMs)).sort(byCreation);
    },
    addIncident(webhookId, incident) {
      webhookOf(webhookId).incidents.push({ ...incident });
      changed();
    },
    addTraffic(webhookId, traffic) {
      webhookOf(webhookId).traffic.push({ ...traffic, key: `live ${mishaps}` });
      changed();
    },
    endTrouble(webhookId, atMs) {
      const { incidents, traffic } = webhookOf(webhookId);
      for (const one of [...incidents, ...traffic.filter(({ cause }) => cause !== undefined)]) {
        if (one.fromMs <= atMs && (one.toMs === undefined || one.toMs > atMs)) one.toMs = atMs;
      }
      changed();
    },
    addTest(webhookId, atMs) {
      const webhook = webhookOf(webhookId);
      const testSeed = seedOf(seed, webhookId, "test", tests.length);
      const cause = troubleAt(webhook, atMs, testSeed);
      const parts = { webhook, seed: testSeed, source: { kind: "test" } as const, createdAtMs: atMs };
      const run = runOf(cause === undefined ? parts : { ...parts, cause: storyCause(cause) });
      tests.push(run);
      return run;
    },
  };
}

/** The instances of a task, in the order in which they were fired. */
export function runsOf(task: Task): Run[] {
  const runs = task.steps.flatMap(({ run }) => (run ? [run] : []));
  return task.postAction ? [...runs, task.postAction] : runs;
}

const FIRST_NUMBER = 1_001;
/** So far ahead everything is told at once, so that a clock that moves on does not have it told anew each time. */
const AHEAD_MS = 6 * 3_600_000;

function byCreation(a: { createdAtMs: number; id: string }, b: { createdAtMs: number; id: string }): number {
  return a.createdAtMs - b.createdAtMs || (a.id < b.id ? -1 : 1);
}

function* arrivals(traffic: Traffic, seed: number, untilMs: number): Generator<[atMs: number, seed: number]> {
  const { fromMs, everyMs, toMs = Number.POSITIVE_INFINITY, count = Number.POSITIVE_INFINITY } = traffic;
  for (let i = 0; i < count; i++) {
    const own = mix(seed, i);
    const atMs = Math.floor(fromMs + (i + 0.9 * fractionOf(mix(own, 0))) * everyMs);
    if (atMs >= toMs || atMs >= untilMs) return;
    yield [atMs, own];
  }
}

/** The trouble added last wins. */
function troubleAt({ incidents }: StoryWebhook, atMs: number, seed: number): string | undefined {
  const going = incidents.findLast(
    ({ fromMs, toMs, share }) =>
      fromMs <= atMs && (toMs === undefined || atMs < toMs) && fractionOf(mix(seed, 12)) < share,
  );
  return going?.cause;
}
