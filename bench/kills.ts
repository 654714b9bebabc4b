import { startPostgresServer } from "../test/store/postgres-server.ts";
import { table } from "./figures.ts";
import { type KillFigures, killRounds } from "./kills/kill-rounds.ts";

const KILLS = 100;
const SEED = 7;
const REPLICAS = 3;

/** Digests lost or doubled over 100 kills of real processes: one on the embedded database, three on one PostgreSQL. */
export async function benchKills(): Promise<void> {
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
