import { expect, it } from "vitest";
import { backfillKillRounds } from "../../bench/kills/backfill-rounds.ts";

/** Real processes take their time. Milliseconds. */
const PATIENCE_MS = 120_000;

// `npm run bench -- kills` does the same with more kills, and on one PostgreSQL: with three processes that are all killed, and with
// two of which the one that lives takes over, for which a heartbeat has to fail.
it("2 kills in the middle of a backfill lose and double nothing", { timeout: PATIENCE_MS }, async () => {
  const told = await backfillKillRounds({ replicas: 1, kills: 2, seed: 5 });
  expect(told).toMatchObject({ inMidBackfill: 2, lost: 0, wrong: 0, incomplete: 0 });
  expect(told.invocations).toBeGreaterThan(2_000);
});
