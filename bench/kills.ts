import { startPostgresServer } from "../test/store/postgres-server.ts";
import { table } from "./figures.ts";
import { type BackfillKillFigures, type BackfillKillOptions, backfillKillRounds } from "./kills/backfill-rounds.ts";
import { type KillFigures, killRounds } from "./kills/kill-rounds.ts";

const KILLS = 100;
const SEED = 7;
const REPLICAS = 3;
const BACKFILL_KILLS = 5;

/** What kills of real processes lose and double: one process on the embedded database, three on one PostgreSQL. */
export async function benchKills(): Promise<void> {
  await benchDigestKills();
  await benchBackfillKills();
}

/** Of a week of an account that is read in the background. */
async function benchBackfillKills(): Promise<void> {
  console.log(`kills in a backfill: SIGKILL ${BACKFILL_KILLS} times while pages are read\n`);
  const embedded = await backfillKillRounds({ replicas: 1, kills: BACKFILL_KILLS, seed: SEED });
  const served = await backfillKillsOnPostgres({ replicas: REPLICAS, kills: 2, seed: SEED });
  const takenOver = await backfillKillsOnPostgres({ replicas: 2, kills: 1, strikes: "reader", seed: SEED });
  const rowOf = ({ tookMs, ...figures }: BackfillKillFigures): string[] => [
    ...Object.values(figures).map(String),
    `${Math.round(tookMs / 1000)} s`,
  ];
  console.log(
    table(
      ["", "kills", "in mid-backfill", "pages", "invocations", "lost", "wrong", "incomplete", "took"],
      [
        ["embedded, 1 process", ...rowOf(embedded)],
        [`PostgreSQL, ${REPLICAS} processes`, ...rowOf(served)],
        ["PostgreSQL, the one of 2 that reads", ...rowOf(takenOver)],
      ],
    ),
  );
  const all = [embedded, served, takenOver];
  const faults = all.reduce((sum, { lost, wrong, incomplete }) => sum + lost + wrong + incomplete, 0);
  console.log(`\nwanted: nothing lost, wrong or incomplete: ${faults === 0 ? "yes" : `NO, ${faults}`}\n`);
}

async function backfillKillsOnPostgres(options: BackfillKillOptions): Promise<BackfillKillFigures> {
  const postgres = await startPostgresServer();
  try {
    return await backfillKillRounds({ ...options, databaseUrl: postgres.url });
  } finally {
    await postgres.stop();
  }
}

async function benchDigestKills(): Promise<void> {
  console.log(`kills: SIGKILL at ${KILLS} random moments, every other one while a post is on its way\n`);
  const embedded = await killRounds({ replicas: 1, kills: KILLS, seed: SEED });
  const postgres = await startPostgresServer();
  let served: KillFigures;
  try {
    served = await killRounds({ databaseUrl: postgres.url, replicas: REPLICAS, kills: KILLS, seed: SEED });
  } finally {
    await postgres.stop();
  }
  console.log(
    table(
      ["", "kills", "in mid-post", "digests", "lost", "doubled", "took"],
      [
        ["embedded, 1 process", ...cellsOf(embedded)],
        [`PostgreSQL, ${REPLICAS} processes`, ...cellsOf(served)],
      ],
    ),
  );
  const faults = [embedded, served].reduce((sum, { lost, doubled }) => sum + lost + doubled, 0);
  const digests = embedded.digests + served.digests;
  console.log(`\nwanted: 0 of ${digests} digests lost or doubled: ${faults === 0 ? "yes" : `NO, ${faults}`}\n`);
}

function cellsOf({ kills, inMidPost, digests, lost, doubled, tookMs }: KillFigures): string[] {
  return [...[kills, inMidPost, digests, lost, doubled].map(String), `${Math.round(tookMs / 1000)} s`];
}
